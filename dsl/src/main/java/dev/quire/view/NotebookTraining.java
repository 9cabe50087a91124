package dev.quire.view;

import dev.quire.metric.History;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Training in a notebook: one display with a bar, curves and the last epochs; when it is over, small and still. */
final class NotebookTraining implements TrainingView {
    private static final int ROWS = 8;
    private static final int TRACE = 200;

    private final Screen screen;
    private final String title;
    private final Stopwatch stopwatch;
    private final Pace pace;
    private final Screen.Live live;
    private final List<Sparks.Point> trace = new ArrayList<>();
    private @Nullable History drawn;
    private String table = "";

    /**
     * @param title the name of the run; empty where the cell waits for it
     */
    NotebookTraining(Screen screen, TrainingState start, String title, LongSupplier nanos) {
        this.screen = screen;
        this.title = title;
        this.stopwatch = new Stopwatch(nanos, start.done());
        this.pace = new Pace(nanos);
        this.live = screen.show(running(start));
    }

    @Override
    public void update(TrainingState state) {
        if (screen.isInteractive() && pace.isDue()) {
            if (Double.isFinite(state.loss()) && state.steps() > 0) {
                trace.add(new Sparks.Point(state.epoch() - 1 + (double) state.step() / state.steps(), state.loss()));
            }
            if (trace.size() > TRACE) {
                thin();
            }
            pace.draw(() -> live.update(running(state)));
        }
    }

    @Override
    public void end(TrainingState state, String ending) {
        String line = (title.isEmpty() ? "" : title + ": ") + ending + " (" + Numbers.clock(stopwatch.elapsed()) + ")";
        live.update(EpochCard.of(state.history(), List.of(line)));
        live.close();
    }

    /** Keeps every second point: a long run is drawn coarser, not slower. */
    private void thin() {
        List<Sparks.Point> kept = IntStream.range(0, trace.size())
                .filter(i -> i % 2 == 0)
                .mapToObj(trace::get)
                .toList();
        trace.clear();
        trace.addAll(kept);
    }

    private Display running(TrainingState state) {
        double done = state.done();
        String bar = ("<div style=\"height:6px;border-radius:3px;background:rgba(128,128,128,.25)\">"
                        + "<div style=\"height:6px;border-radius:3px;background:#3a8fd0;width:%s%%\"></div></div>")
                .formatted(Numbers.fixed(100 * done, 1));
        String words = words(state);
        String html = EpochCard.card(bar
                + "<div style=\"margin:.3em 0\">" + Html.escape(words) + "</div>"
                + EpochCard.beside(Sparks.html(state.history(), state.epochs(), trace), table(state.history())));
        return Display.text(words).with(Display.HTML, html);
    }

    /** Drawn once an epoch: a frame within one only moves the bar and the trace. */
    private String table(History history) {
        if (history != drawn) {
            drawn = history;
            table = history.isEmpty() ? "" : EpochCard.grid(history, ROWS).html();
        }
        return table;
    }

    private String words(TrainingState state) {
        List<String> parts = new ArrayList<>();
        if (!title.isEmpty()) {
            parts.add(title);
        }
        parts.add("epoch " + Numbers.count(state.epoch()) + " of " + Numbers.count(state.epochs()));
        if (state.step() > 0) {
            parts.add("step " + Numbers.count(state.step()) + " of " + Numbers.count(state.steps()));
        }
        if (!Double.isNaN(state.loss())) {
            parts.add("loss " + EpochTable.word(History.LOSS, state.loss()));
        }
        if (!Double.isNaN(state.examplesPerSecond())) {
            parts.add(Numbers.count(Math.round(state.examplesPerSecond())) + " examples/s");
        }
        stopwatch.left(state.done()).ifPresent(left -> parts.add(Numbers.clock(left) + " left"));
        if (!Double.isNaN(state.learningRate())) {
            parts.add("lr " + Numbers.brief(state.learningRate(), 3));
        }
        parts.add(
                state.device().isEmpty()
                        ? "it is starting"
                        : state.device() + (state.bytes() > 0 ? " " + Numbers.bytes(state.bytes()) : ""));
        return String.join(" · ", parts);
    }
}
