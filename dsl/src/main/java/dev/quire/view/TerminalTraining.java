package dev.quire.view;

import dev.quire.metric.History;
import java.util.List;
import java.util.function.LongSupplier;

/** Training in a terminal: finished epochs scroll up, the bar stays below. Without a terminal there is no bar. */
final class TerminalTraining implements TrainingView {
    private static final int BAR = 20;

    private final Screen screen;
    private final Stopwatch stopwatch;
    private final Screen.Live bar;
    private List<Grid.Column> columns = List.of();
    private int printed;

    TerminalTraining(Screen screen, TrainingState start, LongSupplier nanos) {
        this.screen = screen;
        this.stopwatch = new Stopwatch(nanos, start.done());
        this.printed = start.history().epochs();
        this.bar = screen.show(Display.text(line(start)));
    }

    @Override
    public void update(TrainingState state) {
        printEpochs(state.history());
        bar.update(Display.text(line(state)));
    }

    @Override
    public void end(TrainingState state, String ending) {
        printEpochs(state.history());
        bar.update(Display.text(ending + " (" + Numbers.clock(stopwatch.elapsed()) + ")"));
        bar.close();
    }

    private void printEpochs(History history) {
        if (printed >= history.epochs()) {
            return;
        }
        StringBuilder lines = new StringBuilder();
        List<Grid.Column> now = EpochTable.columns(history);
        List<Integer> widths = EpochTable.widths(now);
        if (!now.equals(columns)) {
            columns = now;
            lines.append(Grid.line(now.stream().map(Grid.Column::name).toList(), now, widths));
        }
        for (; printed < history.epochs(); printed++) {
            lines.append(lines.isEmpty() ? "" : "\n");
            lines.append(Grid.line(EpochTable.row(history, printed), now, widths));
        }
        screen.print(Display.text(lines.toString()));
    }

    private String line(TrainingState state) {
        double done = state.done();
        int full = (int) Math.round(done * BAR);
        return "epoch " + state.epoch() + "/" + state.epochs() + " " + "━".repeat(full) + "─".repeat(BAR - full) + " "
                + (int) (100 * done) + " %"
                + (Double.isNaN(state.loss()) ? "" : "  loss " + EpochTable.word(History.LOSS, state.loss()))
                + (Double.isNaN(state.examplesPerSecond())
                        ? ""
                        : "  " + Numbers.count(Math.round(state.examplesPerSecond())) + "/s")
                + stopwatch
                        .left(done)
                        .map(left -> "  " + Numbers.clock(left) + " left")
                        .orElse("")
                + "  " + state.device();
    }
}
