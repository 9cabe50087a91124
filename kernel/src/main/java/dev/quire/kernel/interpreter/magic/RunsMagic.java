package dev.quire.kernel.interpreter.magic;

import dev.quire.kernel.session.CellResult;
import dev.quire.metric.History;
import dev.quire.run.Run;
import dev.quire.run.Runs;
import dev.quire.view.Display;
import dev.quire.view.Grid;
import dev.quire.view.Grid.Column;
import java.util.List;
import java.util.Locale;

/** The runs of the session as a table. */
public record RunsMagic() implements Magic {
    private static final List<Column> COLUMNS = List.of(
            Column.words("run"),
            Column.numbers("epochs"),
            Column.numbers("loss"),
            Column.numbers("val loss"),
            Column.numbers("val accuracy"),
            Column.numbers("seconds"),
            Column.words("how it ended"));

    @Override
    public String name() {
        return "%runs";
    }

    @Override
    public String usage() {
        return "%runs";
    }

    @Override
    public String purpose() {
        return "Lists the runs of this session, oldest first.";
    }

    @Override
    public CellResult run(Call call) {
        call.expectNoArgument();
        List<Run> runs = Runs.all();
        return runs.isEmpty()
                ? Call.value(
                        Display.text("there is no run yet in this session: start one with train(net, data, epochs(3))"))
                : Call.value(new Grid(COLUMNS, runs.stream().map(RunsMagic::row).toList(), List.of(), ""));
    }

    private static List<String> row(Run run) {
        History history = run.history();
        return List.of(
                run.name(),
                Integer.toString(history.rows().size()),
                last(history, History.LOSS),
                last(history, History.VALIDATION + History.LOSS),
                last(history, History.VALIDATION + History.ACCURACY),
                seconds(history),
                run.reason().map(reason -> run.sentence()).orElse("it trains"));
    }

    private static String last(History history, String column) {
        int at = history.columns().indexOf(column);
        if (at < 0 || history.rows().isEmpty()) {
            return "";
        }
        return number("%.4f", history.rows().get(history.rows().size() - 1).get(at));
    }

    private static String seconds(History history) {
        int at = history.columns().indexOf(History.SECONDS);
        return at < 0
                ? ""
                : number(
                        "%.1f",
                        history.rows().stream().mapToDouble(row -> row.get(at)).sum());
    }

    private static String number(String format, double value) {
        return Double.isNaN(value) ? "" : String.format(Locale.ROOT, format, value);
    }
}
