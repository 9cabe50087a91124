package dev.quire.bench;

import dev.quire.data.Dataset;
import dev.quire.engine.Torch;
import dev.quire.graph.Rewrite;
import dev.quire.graph.Rewrites;
import dev.quire.model.Layer;
import dev.quire.train.Plan;
import dev.quire.train.TrainingSpec;
import dev.quire.train.TrainingSpec.Precision;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Every contest of speed, by name. */
final class Workloads {
    static final List<String> RACES = List.of("mlp32", "mlp128", "mlp512", "cnn", "bf16", "precision", "gpt");

    private static final String EAGER = "eager";
    private static final String FUSED = "eager, fused AdamW";
    private static final String COMPILED = "torch.compile, fused AdamW";
    private static final String DJL = "DJL Trainer";
    private static final String WRITTEN = "eager, attention written out";
    private static final int IMAGES = 128;

    private final Optional<Peer> peer;

    Workloads(Optional<Peer> peer) {
        this.peer = peer;
    }

    /** The contests that are wanted. */
    List<Contest> of(Settings settings) {
        Lazy<Dataset> rows = new Lazy<>(Networks::rows);
        Lazy<Dataset> images = new Lazy<>(Networks::images);
        Map<String, Supplier<List<Contest>>> all = new LinkedHashMap<>();
        all.put("mlp32", () -> List.of(mlp(32, 32, rows, 2.0, 3.0)));
        all.put("mlp128", () -> List.of(mlp(128, 32, rows, 2.0, 2.8)));
        all.put("mlp512", () -> List.of(mlp(512, 64, rows, 1.6, 2.0)));
        all.put("cnn", () -> cnn(images));
        all.put("bf16", () -> List.of(bf16(images)));
        all.put(
                "precision",
                () -> List.of(
                        precision("CNN, batch 128: bf16 against fp32", "images/s", Networks.cnn(), images, 1.25),
                        precision(
                                "MLP 784-2048-2048-10, batch 128: bf16 against fp32",
                                "rows/s",
                                Networks.mlp(2048),
                                rows,
                                2)));
        all.put("gpt", this::gpt);
        return all.entrySet().stream()
                .filter(each -> settings.wants(each.getKey()))
                .flatMap(each -> each.getValue().get().stream())
                .toList();
    }

    private Contest mlp(int width, int batch, Lazy<Dataset> rows, double eager, double djl) {
        TrainingSpec spec = Networks.ENDLESS.batch(batch);
        List<Contestant.Entry> entries = new ArrayList<>();
        entries.add(quire("Quire", () -> Plan.of(Networks.mlp(width), rows.value(), spec), 1));
        entries.addAll(pytorch("mlp" + width, EAGER, FUSED, COMPILED));
        entries.add(() -> DjlContestant.mlp(width, batch));
        return new Contest(
                "MLP 784-%d-%d-10, batch %d".formatted(width, width, batch),
                "steps/s",
                entries,
                Map.of(EAGER, eager, DJL, djl));
    }

    private List<Contest> cnn(Lazy<Dataset> images) {
        Lazy<Plan> plan = new Lazy<>(() -> Plan.of(Networks.cnn(), images.value(), Networks.ENDLESS.batch(IMAGES)));
        List<Contestant.Entry> entries = new ArrayList<>();
        entries.add(quire("Quire", plan::value, IMAGES));
        entries.addAll(pytorch("cnn", EAGER, FUSED, COMPILED));
        entries.add(() -> DjlContestant.cnn(IMAGES));
        return List.of(
                new Contest("CNN, batch 128", "images/s", entries, Map.of(EAGER, 1.4)),
                shares("CNN, each rewrite's share", "images/s", plan.value(), IMAGES));
    }

    private Contest bf16(Lazy<Dataset> images) {
        TrainingSpec spec = Networks.ENDLESS.batch(IMAGES).precision(Precision.BFLOAT16);
        List<Contestant.Entry> entries = new ArrayList<>();
        entries.add(quire("Quire, bf16", () -> Plan.of(Networks.cnn(), images.value(), spec), IMAGES));
        entries.addAll(pytorch("cnn", EAGER, "eager, bf16 autocast"));
        return new Contest("CNN, batch 128, bf16", "images/s", entries, Map.of(EAGER, 1.8));
    }

    /** Quire against itself; the goals are those for a processor with AMX. */
    private static Contest precision(String title, String unit, Layer net, Lazy<Dataset> data, double goal) {
        TrainingSpec full = Networks.ENDLESS.batch(IMAGES);
        String other = "Quire, fp32";
        return new Contest(
                title,
                unit,
                List.of(
                        quire(
                                "Quire, bf16",
                                () -> Plan.of(net, data.value(), full.precision(Precision.BFLOAT16)),
                                IMAGES),
                        quire(other, () -> Plan.of(net, data.value(), full), IMAGES)),
                Map.of(other, goal));
    }

    private List<Contest> gpt() {
        double tokens = 12.0 * Networks.CONTEXT;
        Lazy<Plan> plan = new Lazy<>(() -> Plan.of(Networks.gpt(), Networks.text(), Networks.ENDLESS.batch(12)));
        List<Contestant.Entry> entries = new ArrayList<>();
        entries.add(quire("Quire", plan::value, tokens));
        boolean fused = peer.map(python -> python.can("attention")).orElse(false);
        if (fused) {
            entries.addAll(pytorch("gpt", EAGER, FUSED, COMPILED));
        }
        entries.addAll(pytorch("gpt", WRITTEN));
        return List.of(
                new Contest("GPT, 4 layers, 128 wide, batch 12", "tokens/s", entries, Map.of(EAGER, 1.3, WRITTEN, 1.8)),
                shares("GPT, each rewrite's share", "tokens/s", plan.value(), tokens));
    }

    /** Quire against itself with each rewrite switched off that would change this program. */
    private static Contest shares(String title, String unit, Plan plan, double unitsPerStep) {
        boolean gpu = Torch.device().isGpu();
        List<Contestant.Entry> entries = new ArrayList<>();
        entries.add(quire("Quire", () -> plan, unitsPerStep));
        String whole = statements(plan, gpu);
        for (Rewrite rewrite : Rewrites.enabled(gpu, false)) {
            String name = rewrite.name();
            if (!Switch.without(name, () -> statements(plan, gpu)).equals(whole)) {
                entries.add(() -> new QuireContestant("Quire without " + name, plan, unitsPerStep, name));
            }
        }
        return new Contest(title, unit, entries, Map.of());
    }

    /** The program without the numbers in the names of its values. */
    private static String statements(Plan plan, boolean gpu) {
        return plan.script(gpu).text().replaceAll("\\bv[0-9_]+", "v");
    }

    private static Contestant.Entry quire(String name, Supplier<Plan> plan, double unitsPerStep) {
        return () -> new QuireContestant(name, plan.get(), unitsPerStep, "");
    }

    /** PyTorch in the variants that it knows. */
    private List<Contestant.Entry> pytorch(String workload, String... names) {
        List<Contestant.Entry> out = new ArrayList<>();
        peer.ifPresent(python -> {
            for (String name : names) {
                List<String> words = words(name);
                if (words.stream()
                        .allMatch(word -> List.of("eager", "bf16", "written").contains(word) || python.can(word))) {
                    out.add(() -> python.contestant(name, workload, String.join("+", words)));
                }
            }
        });
        return out;
    }

    private static List<String> words(String name) {
        List<String> out = new ArrayList<>(List.of("eager"));
        if (name.contains("fused AdamW")) {
            out.add("fused");
        }
        if (name.contains("compile")) {
            out.add("compile");
        }
        if (name.contains("bf16")) {
            out.add("bf16");
        }
        if (name.contains("written")) {
            out.add("written");
        }
        return out;
    }
}
