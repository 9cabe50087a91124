package dev.quire.run;

import dev.quire.QuireException;
import dev.quire.data.table.Nearest;
import dev.quire.metric.History;
import dev.quire.view.Display;
import dev.quire.view.Displayable;
import dev.quire.view.Displays;
import dev.quire.view.Tables;
import java.nio.file.Path;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tech.tablesaw.api.Table;

/** Runs, oldest first unless sorted: all that are recorded, and those of this session that are not. */
public final class RunList implements Iterable<ListedRun>, Displayable {
    /** How many a front end is shown; of more the last. */
    private static final int SHOWN = 200;

    private static final int AT_ONCE = 500;
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneId.systemDefault());

    private final Path root;
    private final List<Run> session;
    private final Optional<Condition> condition;
    private final RunOrder order;
    private @Nullable List<String> found;

    private RunList(Path root, List<Run> session, Optional<Condition> condition, RunOrder order) {
        this.root = root;
        this.session = session;
        this.condition = condition;
        this.order = order;
    }

    /** The names, in order. */
    public synchronized List<String> names() {
        List<String> names = found;
        if (names == null) {
            names = select();
            found = names;
        }
        return names;
    }

    private List<String> select() {
        List<RunIndex.Hit> hits = new ArrayList<>(RunIndex.at(root).select(condition, order));
        List<RunRow> own = session.stream()
                .filter(run -> run.folder().isEmpty())
                .map(RunRow::of)
                .filter(row -> condition.map(wanted -> wanted.test(row)).orElse(true))
                .toList();
        if (!own.isEmpty()) {
            own.forEach(row -> hits.add(new RunIndex.Hit(row.name(), Condition.value(row, order.column()))));
            hits.sort((a, b) -> order.comparator().compare(a.value(), b.value()));
        }
        return hits.stream().map(RunIndex.Hit::name).toList();
    }

    /** All runs of a folder and of the session. */
    static RunList of(Path root, List<Run> session) {
        RunIndex.at(root).refresh();
        return new RunList(root, List.copyOf(session), Optional.empty(), RunOrder.STARTED);
    }

    /**
     * Those that a condition holds for, as {@code "accuracy > 0.98 and state = 'completed'"}. It compares columns with
     * numbers or texts by {@code =}, {@code !=}, {@code <}, {@code <=}, {@code >} and {@code >=}, and joins by
     * {@code and}, {@code or} and parentheses. A metric is that of the validation after the last epoch, or of training
     * where there is none; {@code best_} before its name is that of the best epoch.
     *
     * @throws QuireException when it cannot be understood, or no run has such a column
     */
    public RunList where(String expression) {
        Condition wanted = Condition.parse(expression, figures());
        return new RunList(
                root,
                session,
                Optional.of(condition
                        .<Condition>map(before -> new Condition.Pair(before, wanted, true))
                        .orElse(wanted)),
                order);
    }

    /**
     * Sorted by a column, the smallest first, or with a dash before its name the largest; those without a value last.
     *
     * @param column as {@code "seconds"} or {@code "-accuracy"}
     * @throws QuireException when no run has such a column
     */
    public RunList sortBy(String column) {
        RunOrder wanted = RunOrder.of(column);
        Condition.checkColumn(wanted.column(), figures(), "sortBy(\"" + column + "\")");
        return new RunList(root, session, condition, wanted);
    }

    /** The names of all figures, and of those of the validation also without {@code val_}. */
    private List<String> figures() {
        Set<String> out = new LinkedHashSet<>();
        Stream.concat(
                        RunIndex.at(root).figures().stream(),
                        session.stream()
                                .filter(run -> run.folder().isEmpty())
                                .flatMap(run -> RunRow.of(run).figures().keySet().stream()))
                .forEach(name -> {
                    out.add(name);
                    out.add(name.replaceFirst("^(best_)?val_", "$1"));
                });
        return List.copyOf(out);
    }

    public int size() {
        return names().size();
    }

    public boolean isEmpty() {
        return names().isEmpty();
    }

    /**
     * A run by its place, from 0.
     *
     * @throws QuireException when there are not so many
     */
    public ListedRun get(int i) {
        if (i < 0 || i >= names().size()) {
            throw new QuireException("get(" + i + "): there are "
                    + (names().isEmpty() ? "no runs" : names().size() + " runs, 0 to " + (names().size() - 1)));
        }
        return listed(List.of(names().get(i))).get(0);
    }

    /**
     * A run by its name.
     *
     * @throws QuireException when it is not in the list; the nearest names are offered
     */
    public ListedRun get(String name) {
        if (!names().contains(name)) {
            throw new QuireException("there is no run '" + name + "' in the list"
                    + (names().isEmpty() ? "" : Nearest.of(name, names(), ", did you mean", "; there are")));
        }
        return listed(List.of(name)).get(0);
    }

    /**
     * The last of the list: the newest unless it is sorted.
     *
     * @throws QuireException when there is none
     */
    public ListedRun last() {
        return get(names().size() - 1);
    }

    @Override
    public Iterator<ListedRun> iterator() {
        return stream().iterator();
    }

    /** The runs, in order. */
    public Stream<ListedRun> stream() {
        return Stream.iterate(0, from -> from < names().size(), from -> from + AT_ONCE)
                .flatMap(from -> listed(names().subList(from, Math.min(from + AT_ONCE, names().size()))).stream());
    }

    /**
     * What two runs have apart: code, network, specification, data, environment, figures, and the curves of both.
     *
     * @param one a run, or the name of one
     * @param other likewise
     */
    public RunComparison compare(Object one, Object other) {
        return new RunComparison(compared(one), compared(other));
    }

    private ComparedRun compared(Object given) {
        if (given instanceof Run run) {
            return run.folder()
                    .map(folder -> ComparedRun.of(StoredRun.of(folder)))
                    .orElseGet(() -> ComparedRun.of(run));
        }
        if (given instanceof StoredRun run) {
            return ComparedRun.of(run);
        }
        if (given instanceof ListedRun run) {
            return run.folder()
                    .map(folder -> ComparedRun.of(StoredRun.of(folder)))
                    .orElseGet(() -> ComparedRun.of(run.run()));
        }
        if (given instanceof String name) {
            return compared(get(name));
        }
        throw new QuireException("compare(" + given + "): expected a run or the name of one");
    }

    private List<ListedRun> listed(List<String> wanted) {
        Map<String, RunRow> rows = RunIndex.at(root).rows(wanted);
        Map<String, Run> held = new LinkedHashMap<>();
        session.forEach(run -> held.put(run.name(), run));
        List<ListedRun> out = new ArrayList<>();
        for (String name : wanted) {
            RunRow row = rows.get(name);
            Optional<Run> run = Optional.ofNullable(held.get(name));
            if (row != null) {
                RunFolder folder = new RunFolder(root.resolve(name));
                out.add(new ListedRun(
                        row,
                        Optional.of(folder),
                        run.filter(each -> each.folder().equals(Optional.of(folder)))));
            } else {
                run.ifPresent(each -> out.add(new ListedRun(RunRow.of(each), Optional.empty(), run)));
            }
        }
        return out;
    }

    /** The list as a Tablesaw table. */
    public Table table() {
        return table("runs", stream().map(ListedRun::row).toList());
    }

    private static Table table(String title, List<RunRow> rows) {
        Map<String, List<?>> columns = new LinkedHashMap<>();
        columns.put("name", all(rows, RunRow::name));
        columns.put("started", all(rows, row -> row.started().map(TIME::format).orElse("")));
        columns.put("state", all(rows, RunRow::state));
        columns.put("data", all(rows, RunRow::data));
        columns.put("model", all(rows, RunRow::model));
        columns.put("epochs", all(rows, RunRow::epochs));
        for (String figure : shown(rows)) {
            columns.put(figure, all(rows, row -> row.figures().getOrDefault(figure, Double.NaN)));
        }
        columns.put("seconds", all(rows, RunRow::seconds));
        columns.put("device", all(rows, RunRow::device));
        return Tables.of(title, columns);
    }

    /** Each metric after the last epoch, loss first, and that of the validation also in its best. */
    private static List<String> shown(List<RunRow> rows) {
        Set<String> there = new LinkedHashSet<>();
        rows.forEach(row -> there.addAll(row.figures().keySet()));
        Set<String> metrics = new LinkedHashSet<>();
        metrics.add(History.LOSS);
        there.stream()
                .filter(name -> name.startsWith(RunRow.BEST))
                .map(name -> name.replaceFirst("^best_(val_)?", ""))
                .sorted()
                .forEach(metrics::add);
        return metrics.stream()
                .flatMap(metric ->
                        Stream.of(metric, History.VALIDATION + metric, RunRow.BEST + History.VALIDATION + metric))
                .filter(there::contains)
                .toList();
    }

    private static List<?> all(List<RunRow> rows, Function<RunRow, Object> column) {
        return rows.stream().map(column).toList();
    }

    /** What is shown: of a long list the last. */
    private Object view() {
        if (names().isEmpty()) {
            return Display.text(
                    condition.isPresent()
                            ? "no run is like that"
                            : "there is no run yet: start one with train(net, data, epochs(3))");
        }
        int from = Math.max(0, names().size() - SHOWN);
        String title = from == 0 ? "runs" : "the last " + SHOWN + " of " + names().size() + " runs";
        return table(
                title,
                listed(names().subList(from, names().size())).stream()
                        .map(ListedRun::row)
                        .toList());
    }

    @Override
    public Display display() {
        return Displays.of(view());
    }

    @Override
    public String plain() {
        return Displays.plain(view());
    }

    @Override
    public String toString() {
        return plain();
    }
}
