package dev.quire.server.bundle;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.quire.metric.Goal;
import dev.quire.metric.History;
import dev.quire.run.Checkpoint;
import dev.quire.run.Run;
import dev.quire.run.StoredRun;
import dev.quire.run.export.Exported;
import dev.quire.run.export.Formats;
import dev.quire.server.http.Json;
import dev.quire.server.job.Job;
import dev.quire.server.run.Records;
import dev.quire.store.WholeFile;
import dev.quire.train.Best;
import dev.quire.train.Plan;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a run left, in folders by dataset and name: {@code runs/DATASET/RUN} has the file that TensorBoard reads and the
 * metrics, {@code checkpoints/DATASET/RUN} has {@code best.pt}, {@code _best_meta.json}, and {@code epoch_001.pt} where
 * every epoch was kept. Models are TorchScript.
 */
public final class DatasetFolders {
    private static final Pattern EPOCH = Pattern.compile("epoch-(\\d+)\\.safetensors");

    private final Path root;
    private final Records records;
    private final UnaryOperator<String> named;

    /**
     * @param root the folder that {@code runs} and {@code checkpoints} are in
     * @param named what the column of a history is called in {@code _best_meta.json}
     */
    public DatasetFolders(Path root, Records records, UnaryOperator<String> named) {
        this.root = root;
        this.records = records;
        this.named = named;
    }

    /** Writes those of a job that has weights. */
    public void write(Job job) {
        String name = job.run();
        if (name == null) {
            return;
        }
        StoredRun stored = records.find(name);
        try {
            Path told = Files.createDirectories(
                    root.resolve("runs").resolve(stored.data()).resolve(name));
            for (Records.Part part : records.parts(stored)) {
                if (part.name().startsWith("events.out.tfevents.")
                        || part.name().equals("metrics.csv")) {
                    Files.copy(
                            records.part(stored, part.name()),
                            told.resolve(part.name()),
                            StandardCopyOption.REPLACE_EXISTING);
                }
            }
            checkpoints(
                    stored,
                    Files.createDirectories(
                            root.resolve("checkpoints").resolve(stored.data()).resolve(name)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void checkpoints(StoredRun stored, Path folder) throws IOException {
        Run run = records.load(stored);
        run.export(folder.resolve("best.pt").toString());
        Plan plan = run.plan();
        for (Path each : kept(stored)) {
            Matcher epoch = EPOCH.matcher(String.valueOf(each.getFileName()));
            if (epoch.matches()) {
                Formats.write(
                        folder.resolve("epoch_" + epoch.group(1) + ".pt").toString(),
                        () -> new Exported(
                                run.name(), plan, Checkpoint.read(each).weights(plan), Optional.empty()));
            }
        }
        Optional<Best> best = plan.spec().monitor().best();
        if (best.isPresent()) {
            WholeFile.write(folder.resolve("_best_meta.json"), Json.text(meta(best.get(), stored.history())));
        }
    }

    private static List<Path> kept(StoredRun stored) throws IOException {
        try (Stream<Path> all = Files.list(stored.folder().checkpoints())) {
            return all.sorted().toList();
        }
    }

    private ObjectNode meta(Best best, History history) {
        ObjectNode out = Json.MAPPER.createObjectNode();
        Goal goal = best.goal();
        OptionalInt epoch = history.has(best.metric()) ? history.best(best.metric(), goal) : OptionalInt.empty();
        if (epoch.isPresent()) {
            out.put("value", history.value(epoch.getAsInt(), best.metric())).put("epoch", epoch.getAsInt());
        }
        out.put("monitor", named.apply(best.metric()));
        return out.put("mode", goal.name().toLowerCase(Locale.ROOT));
    }
}
