package dev.quire.view;

import dev.quire.metric.History;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;

/** Training in a notebook: one display with a bar, curves and the last epochs; when it is over, small and still. */
final class NotebookTraining implements TrainingView {
    private static final int ROWS = 8;
    private static final int TRACE = 400;

    private final Screen screen;
    private final Stopwatch stopwatch;
    private final Pace pace;
    private final Screen.Live live;
    private final List<Sparks.Point> trace = new ArrayList<>();

    NotebookTraining(Screen screen, TrainingState start, LongSupplier nanos) {
        this.screen = screen;
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
            live.update(running(state));
        }
    }

    @Override
    public void end(TrainingState state, String ending) {
        live.update(ended(state.history(), ending + " (" + Numbers.clock(stopwatch.elapsed()) + ")"));
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
        String html = card(bar
                + "<div style=\"margin:.3em 0\">" + Html.escape(words) + "</div>"
                + beside(Sparks.html(state.history(), state.epochs(), trace), last(state.history(), ROWS)));
        return Display.text(words).with(Display.HTML, html);
    }

    private String words(TrainingState state) {
        List<String> parts = new ArrayList<>();
        parts.add("epoch " + state.epoch() + " of " + state.epochs());
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
        parts.add(state.device() + (state.bytes() > 0 ? " " + Numbers.bytes(state.bytes()) : ""));
        return String.join(" · ", parts);
    }

    private Display ended(History history, String ending) {
        if (history.isEmpty()) {
            return Display.text(ending).with(Display.HTML, card(Html.escape(ending)));
        }
        double epochs = history.last(History.EPOCH);
        String html = card("<div style=\"margin-bottom:.3em\">" + Html.escape(ending) + "</div>"
                + beside(Sparks.html(history, epochs, List.of()), last(history, 1))
                + (history.epochs() > 1
                        ? "<details><summary>all " + history.epochs() + " epochs</summary>"
                                + last(history, history.epochs()) + "</details>"
                        : ""));
        Grid all = grid(history, history.epochs());
        return Display.text(all.text() + "\n" + ending).with(Display.HTML, html);
    }

    private static String last(History history, int rows) {
        return history.isEmpty() ? "" : grid(history, rows).html();
    }

    private static Grid grid(History history, int rows) {
        int from = Math.max(0, history.epochs() - rows);
        return new Grid(
                EpochTable.columns(history),
                IntStream.range(from, history.epochs())
                        .mapToObj(i -> EpochTable.row(history, i))
                        .toList(),
                List.of(),
                "");
    }

    private static String beside(String left, String right) {
        return "<div style=\"display:flex;flex-wrap:wrap;gap:1em;align-items:flex-start\"><div>" + left + "</div><div>"
                + right + "</div></div>";
    }

    private static String card(String content) {
        return "<div style=\"max-width:960px\">" + content + "</div>";
    }
}
