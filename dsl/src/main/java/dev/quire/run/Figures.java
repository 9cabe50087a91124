package dev.quire.run;

import dev.quire.QuireException;
import dev.quire.metric.Classification;
import dev.quire.metric.History;
import dev.quire.store.EventFile;
import dev.quire.view.Chart;
import dev.quire.view.Charts;
import dev.quire.view.MetricCharts;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.DoubleStream;

/**
 * The pictures of a record: the curves always; what needs another pass over the validation split only where that is
 * cheap beside the run itself, and a run of a few seconds is not made longer by it. {@code run.roc()} and {@code
 * run.confusion()} draw them at any time.
 */
final class Figures {
    /** What they may cost, as a share of the time the run has taken. */
    private static final double SHARE = 0.02;

    /** About what it takes to draw them, in seconds. */
    private static final double DRAWING = 0.3;

    /** A forward pass beside a whole step. */
    private static final double FORWARD = 0.4;

    private Figures() {}

    /** The curves of a run, as a file and for TensorBoard; nothing where Java finds no fonts to draw with. */
    static void curves(History history, Path folder, Optional<EventFile> events) throws IOException {
        Chart chart = Charts.curves(history);
        byte[] png;
        try {
            chart.save(folder.resolve("curves.svg"));
            png = chart.png();
        } catch (QuireException noFonts) {
            return;
        }
        if (events.isPresent()) {
            events.get().picture(history.epochs(), "curves", chart.width(), chart.height(), png);
        }
    }

    /**
     * Whether pictures of what was said of a split cost little beside the run, as far as can be told beforehand.
     *
     * @param trained the examples of the training split
     * @param validated the examples of the split
     */
    static boolean areCheap(History history, long trained, long validated) {
        double[] seconds = history.isEmpty() ? new double[0] : history.column(History.SECONDS);
        double whole = DoubleStream.of(seconds).filter(Double::isFinite).sum();
        double epoch = seconds.length == 0 ? 0 : whole / seconds.length;
        return DRAWING + FORWARD * epoch * validated / Math.max(1, trained) <= SHARE * whole;
    }

    /** Which class was taken for which, and the ROC curves; nothing where Java finds no fonts to draw with. */
    static void classes(Classification said, Path folder) {
        try {
            Charts.confusion(said.confusion()).save(folder.resolve("confusion.svg"));
            MetricCharts.roc(said).save(folder.resolve("roc.svg"));
        } catch (QuireException noFonts) {
            return;
        }
    }
}
