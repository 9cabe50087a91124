package dev.quire.bench;

import static dev.quire.Quire.adamW;
import static dev.quire.Quire.batch;
import static dev.quire.Quire.conv;
import static dev.quire.Quire.cosine;
import static dev.quire.Quire.dense;
import static dev.quire.Quire.dropout;
import static dev.quire.Quire.epochs;
import static dev.quire.Quire.flatten;
import static dev.quire.Quire.maxPool;
import static dev.quire.Quire.oneCycle;
import static dev.quire.Quire.relu;
import static dev.quire.Quire.seed;
import static dev.quire.Quire.sequential;
import static dev.quire.Quire.train;

import dev.quire.QuireException;
import dev.quire.data.Dataset;
import dev.quire.data.Progress;
import dev.quire.data.Split;
import dev.quire.data.known.Known;
import dev.quire.metric.History;
import dev.quire.model.Layer;
import dev.quire.run.Run;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** What is checked beside speed: how well networks learn, and that a run repeats itself. */
final class Checks {
    private final Settings settings;
    private final Table table;

    Checks(Settings settings, Table table) {
        this.settings = settings;
        this.table = table;
    }

    void run() {
        if (settings.wants("digits")) {
            settings.progress("digits");
            long began = System.nanoTime();
            Run run = digits(30);
            learned("digits, 30 epochs", run, began, "97 %, 10 s");
        }
        if (settings.wants("mnist")) {
            settings.progress("mnist");
            mnist();
        }
        if (settings.wants("reruns")) {
            settings.progress("50 runs of one cell");
            table.row(
                    "50 runs of one cell",
                    "memory after 5, after 50",
                    Child.ask("reruns", settings.threads()),
                    "",
                    "+5 %");
        }
        if (settings.wants("repeat")) {
            settings.progress("the same seed again");
            repeat();
        }
        if (settings.wants("onnx")) {
            new OnnxFiles(settings, table).run();
        }
    }

    private void mnist() {
        Dataset data;
        try {
            data = Known.standard(Progress.silent()).load("mnist");
        } catch (QuireException e) {
            table.row("MNIST, 3 epochs", "not measured", String.valueOf(e.getMessage()), "", "");
            return;
        }
        long began = System.nanoTime();
        Run run = train(Networks.cnn(), data, epochs(3), batch(128), oneCycle(3e-3), seed(1));
        learned("MNIST, two conv layers, 3 epochs", run, began, "99.0 %");
    }

    private void learned(String title, Run run, long began, String goal) {
        double seconds = (System.nanoTime() - began) * 1e-9;
        double accuracy = run.evaluate(Split.TEST).get("accuracy");
        table.row(title, "test accuracy", "%.2f %% in %.1f s".formatted(100 * accuracy, seconds), "", goal);
    }

    private void repeat() {
        String first = Child.fingerprint();
        String again = Child.fingerprint();
        String apart = Child.ask("repeat", settings.threads());
        boolean same = first.equals(again) && first.equals(apart);
        table.row(
                "the same seed again",
                "metrics and weights: here, here, elsewhere",
                same ? "identical: " + first.substring(0, 16) : first + " " + again + " " + apart,
                "",
                "identical");
    }

    /** The run of the quickstart, on so many epochs. */
    static Run digits(int epochs) {
        Layer net = sequential(conv(16, 3), relu(), maxPool(2), flatten(), dense(64), relu(), dropout(0.2), dense(10));
        Dataset data = Known.standard(Progress.silent()).load("digits");
        return train(net, data, epochs(epochs), batch(64), adamW(2e-3), cosine(), seed(1));
    }

    /** SHA-256 of all weights, and of all metrics that are not times. */
    static String hash(Run run) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            run.weights().forEach((name, values) -> {
                ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES);
                bytes.asFloatBuffer().put(values);
                digest.update(bytes.array());
            });
            History history = run.history();
            for (String column : history.columns()) {
                if (column.equals(History.SECONDS) || column.equals(History.EXAMPLES_PER_SECOND)) {
                    continue;
                }
                for (double value : history.column(column)) {
                    digest.update(
                            ByteBuffer.allocate(Double.BYTES).putDouble(value).array());
                }
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
