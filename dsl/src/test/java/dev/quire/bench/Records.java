package dev.quire.bench;

import static dev.quire.Quire.adamW;
import static dev.quire.Quire.batch;
import static dev.quire.Quire.callback;
import static dev.quire.Quire.dense;
import static dev.quire.Quire.epochs;
import static dev.quire.Quire.flatten;
import static dev.quire.Quire.mse;
import static dev.quire.Quire.name;
import static dev.quire.Quire.noBias;
import static dev.quire.Quire.resume;
import static dev.quire.Quire.seed;
import static dev.quire.Quire.sequential;
import static dev.quire.Quire.sgd;
import static dev.quire.Quire.tensors;
import static dev.quire.Quire.train;
import static dev.quire.Quire.unrecorded;

import com.sun.management.OperatingSystemMXBean;
import dev.quire.data.Dataset;
import dev.quire.engine.Torch;
import dev.quire.graph.Shape;
import dev.quire.metric.History;
import dev.quire.model.Layer;
import dev.quire.run.Checkpoint;
import dev.quire.run.Run;
import dev.quire.run.Runs;
import dev.quire.train.Option;
import dev.quire.train.Plan;
import dev.quire.train.RunEvent;
import dev.quire.train.Snapshot;
import dev.quire.train.TrainingSpec;
import dev.quire.train.Weights;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/** Prints what records cost, and how fast they are read; see {@code dsl/bench/records}. */
public final class Records {
    private static final int WIDTH = 10_000;
    private static final int RUNS = 10_000;
    private static final int PIXELS = 784;

    private final Path folder;
    private final int rounds;
    private final int examples;
    private final Table table;

    private Records(Path folder, int rounds, int examples) {
        this.folder = folder;
        this.rounds = rounds;
        this.examples = examples;
        System.out.printf(
                "Records on %s, libtorch %s, Java %s; %d rounds; load %.1f%n%n",
                Torch.device(),
                Torch.version(),
                System.getProperty("java.version"),
                rounds,
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
        this.table = new Table(System.out);
    }

    public static void main(String[] arguments) throws Exception {
        Locale.setDefault(Locale.ROOT);
        int rounds = 5;
        int examples = 20_000;
        List<String> wanted = new ArrayList<>();
        for (String argument : arguments) {
            String value = argument.substring(argument.indexOf('=') + 1);
            if (argument.startsWith("--rounds=")) {
                rounds = Integer.parseInt(value);
            } else if (argument.startsWith("--examples=")) {
                examples = Integer.parseInt(value);
            } else if (List.of("record", "checkpoint", "resume", "index").contains(argument)) {
                wanted.add(argument);
            } else {
                System.err.println(argument
                        + "?\narguments: [--rounds=5] [--examples=20000] [record] [checkpoint] [resume] [index]");
                System.exit(2);
            }
        }
        Path folder = Files.createTempDirectory(Path.of(System.getProperty("quire.bench.folder", "target")), "records");
        try {
            System.setProperty("quire.runs", folder.resolve("runs").toString());
            Records records = new Records(folder, rounds, examples);
            if (wanted.isEmpty() || wanted.contains("record")) {
                records.recording();
            }
            if (wanted.isEmpty() || wanted.contains("checkpoint")) {
                records.checkpoint();
            }
            if (wanted.isEmpty() || wanted.contains("resume")) {
                records.resumed();
            }
            if (wanted.isEmpty() || wanted.contains("index")) {
                records.index();
            }
        } finally {
            try (Stream<Path> all = Files.walk(folder)) {
                for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(each);
                }
            }
        }
    }

    /** Work that is timed. */
    @FunctionalInterface
    private interface Work {
        void run() throws Exception;
    }

    private static double seconds(Work work) throws Exception {
        long began = System.nanoTime();
        work.run();
        return (System.nanoTime() - began) * 1e-9;
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }

    private Dataset pictures() {
        float[] values = new float[examples * PIXELS];
        int[] classes = new int[examples];
        Random random = new Random(1);
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextFloat();
        }
        for (int i = 0; i < classes.length; i++) {
            classes[i] = random.nextInt(Networks.CLASSES);
        }
        return tensors("pictures", values, Shape.of(1, 28, 28), classes).split(0.1, 0.1);
    }

    /** Each round trains twice, in turns; the order changes, as the machine does. */
    private void recording() throws Exception {
        Dataset data = pictures();
        Layer net = Networks.cnn();
        List<Spent> on = new ArrayList<>();
        List<Spent> off = new ArrayList<>();
        for (int round = 0; round <= rounds; round++) {
            int number = round;
            Work recorded = () -> train(net, data, epochs(3), batch(128), seed(number));
            Work bare = () -> train(net, data, epochs(3), batch(128), seed(number), unrecorded());
            Spent first = Spent.on(round % 2 == 0 ? recorded : bare);
            Spent second = Spent.on(round % 2 == 0 ? bare : recorded);
            if (round > 0) {
                on.add(round % 2 == 0 ? first : second);
                off.add(round % 2 == 0 ? second : first);
            }
        }
        compared("CNN, 3 epochs of " + examples, "recorded, not recorded", Spent::seconds, on, off);
        compared("", "processor time of both", Spent::processor, on, off);
    }

    private void compared(String what, String who, ToDoubleFunction<Spent> figure, List<Spent> on, List<Spent> off) {
        List<Double> ratios = new ArrayList<>();
        for (int i = 0; i < on.size(); i++) {
            ratios.add(figure.applyAsDouble(on.get(i)) / figure.applyAsDouble(off.get(i)));
        }
        double ours = median(on.stream().map(figure::applyAsDouble).toList());
        double theirs = median(off.stream().map(figure::applyAsDouble).toList());
        table.row(
                what,
                who,
                "%.2f s, %.2f s".formatted(ours, theirs),
                "%+.1f %%".formatted(100 * (median(ratios) - 1)),
                "2 %");
    }

    /**
     * What work took.
     *
     * @param seconds on the clock
     * @param processor seconds of all threads of this process
     */
    private record Spent(double seconds, double processor) {
        private static final OperatingSystemMXBean SYSTEM =
                (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

        static Spent on(Work work) throws Exception {
            long before = SYSTEM.getProcessCpuTime();
            double seconds = Records.seconds(work);
            return new Spent(seconds, (SYSTEM.getProcessCpuTime() - before) * 1e-9);
        }
    }

    private void checkpoint() throws Exception {
        Plan plan = Plan.of(
                sequential(flatten(), dense(WIDTH, noBias())),
                tensors("wide", new float[2 * WIDTH], Shape.of(WIDTH), new float[2][WIDTH]),
                TrainingSpec.of(List.of(mse(), sgd(0.1), batch(2))));
        ByteBuffer state =
                ByteBuffer.allocateDirect(Float.BYTES * WIDTH * WIDTH).order(ByteOrder.nativeOrder());
        Snapshot snapshot = new Snapshot(
                1,
                1,
                Snapshot.Sums.NONE,
                History.empty(),
                0,
                List.of(state),
                new Weights(new float[WIDTH * WIDTH], List.of()),
                List.of());
        Path file = folder.resolve("last.safetensors");
        Path raw = folder.resolve("raw");
        List<Double> ours = new ArrayList<>();
        List<Double> theirs = new ArrayList<>();
        for (int round = 0; round <= rounds; round++) {
            double own = seconds(() -> Checkpoint.write(file, plan, snapshot));
            double dd = seconds(() -> dd(raw, state.capacity()));
            if (round > 0) {
                ours.add(state.capacity() * 1e-6 / own);
                theirs.add(state.capacity() * 1e-6 / dd);
            }
        }
        table.row(
                "a checkpoint of 100 M parameters",
                "Quire, dd conv=fsync",
                "%.0f MB/s, %.0f MB/s".formatted(median(ours), median(theirs)),
                "%.0f %%".formatted(100 * median(ours) / median(theirs)),
                "70 %");
    }

    private static void dd(Path file, long bytes) throws Exception {
        Process process = new ProcessBuilder(
                        "dd", "if=/dev/zero", "of=" + file, "bs=1000000", "count=" + bytes / 1_000_000, "conv=fsync")
                .redirectErrorStream(true)
                .start();
        try (InputStream said = process.getInputStream()) {
            String text = new String(said.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IOException(text);
            }
        }
    }

    private void resumed() throws Exception {
        Dataset data = pictures();
        Layer net = Networks.cnn();
        List<Double> took = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            List<Option> options = List.of(epochs(3), batch(128), adamW(1e-3), seed(1000 + round), name("stopped"));
            train(net, data, with(options, callback((event, control) -> {
                if (event instanceof RunEvent.Steps steps && steps.last() > 20) {
                    control.stop("enough");
                }
            })));
            long began = System.nanoTime();
            Run run = train(net, data, with(options, resume("last"), callback((event, control) -> {
                if (event instanceof RunEvent.Steps) {
                    control.stop(Long.toString(System.nanoTime()));
                }
            })));
            took.add((Long.parseLong(run.sentence().split(";", 2)[0]) - began) * 1e-9);
        }
        table.row("resume to first step", "data loaded", "%.2f s".formatted(median(took)), "", "2 s");
    }

    private static Option[] with(List<Option> options, Option... more) {
        return Stream.concat(options.stream(), Stream.of(more)).toArray(Option[]::new);
    }

    private void index() throws Exception {
        Path runs = Files.createDirectories(folder.resolve("many"));
        for (int i = 0; i < RUNS; i++) {
            Path run = Files.createDirectory(runs.resolve("run-" + i));
            Files.writeString(
                    run.resolve("run.json"),
                    "{\"version\": 1, \"state\": \"completed\", \"key\": \"%d\", \"data\": \"d\", \"started\": \"%s\"}"
                            .formatted(i, Instant.EPOCH.plusSeconds(i)));
            Files.writeString(
                    run.resolve("metrics.csv"),
                    "epoch,loss,val_accuracy,seconds\n1,0.5,%s,1\n".formatted((i % 1000) / 1000.0));
        }
        System.setProperty("quire.runs", runs.toString());
        double built = seconds(Runs::list);
        table.row("an index of 10,000 runs", "made", "%.1f s".formatted(built), "", "");
        Map<String, Work> questions = Map.of(
                "listed", () -> Runs.list().names(),
                "where(\"accuracy > 0.98\")",
                        () -> Runs.list().where("accuracy > 0.98").names(),
                "sortBy(\"-accuracy\")", () -> Runs.list().sortBy("-accuracy").names(),
                "get(\"run-5000\")", () -> Runs.list().get("run-5000"));
        for (Map.Entry<String, Work> question : questions.entrySet()) {
            List<Double> took = new ArrayList<>();
            for (int round = 0; round < 2 * rounds + 5; round++) {
                double each = seconds(question.getValue());
                if (round >= 5) {
                    took.add(1000 * each);
                }
            }
            table.row("10,000 runs", question.getKey(), "%.0f ms".formatted(median(took)), "", "50 ms");
        }
    }
}
