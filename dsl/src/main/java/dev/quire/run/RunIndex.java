package dev.quire.run;

import dev.quire.QuireException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * The runs of a folder in a database beside them, which answers without reading each. The folders have the last word:
 * {@link #refresh} looks at the times of their files, and what is new, changed or gone is brought up to date.
 */
final class RunIndex {
    private static final Map<Path, RunIndex> OPEN = new ConcurrentHashMap<>();
    private static final long NEVER = -1;

    private final Path root;
    private final RunDatabase database;
    /** When the state of each run changed that the database knows; of those still under way, {@link #NEVER}. */
    private final Map<String, Long> known = new HashMap<>();

    private long generation = NEVER;

    private RunIndex(Path root) {
        this.root = root;
        this.database = new RunDatabase(root);
    }

    static RunIndex at(Path root) {
        return OPEN.computeIfAbsent(root, RunIndex::new);
    }

    /** A run that was found, and the value it was sorted by. */
    record Hit(String name, Comparable<?> value) {}

    /** Work with a database that is up to date. */
    @FunctionalInterface
    private interface Question<T> {
        T ask(Connection connection) throws SQLException;
    }

    private synchronized <T> T ask(Question<T> question) {
        return database.with(question::ask);
    }

    /** Looks at the folders, which takes most of the time of an answer: once for all that is asked of one list. */
    synchronized RunIndex refresh() {
        if (!Files.isDirectory(root)) {
            known.clear();
            generation = NEVER;
        }
        database.with(connection -> {
            bringUpToDate(connection);
            return true;
        });
        return this;
    }

    /** The runs that a condition holds for, in order. */
    List<Hit> select(Optional<Condition> condition, RunOrder order) {
        StringBuilder sql = new StringBuilder("SELECT r.name, ");
        List<Object> values = new ArrayList<>();
        if (order.isNumber()) {
            Condition.number(order.column(), sql, values);
        } else {
            sql.append("r.").append(order.column());
        }
        sql.append(" AS sorted FROM runs r");
        condition.ifPresent(wanted -> wanted.write(sql.append(" WHERE "), values));
        sql.append(" ORDER BY sorted IS NULL OR sorted='', sorted").append(order.falls() ? " DESC" : "");
        sql.append(", r.started, r.name");
        return ask(connection -> {
            List<Hit> out = new ArrayList<>();
            try (PreparedStatement statement = prepare(connection, sql.toString(), values);
                    ResultSet found = statement.executeQuery()) {
                while (found.next()) {
                    out.add(new Hit(found.getString(1), value(found, order)));
                }
            }
            return out;
        });
    }

    private static Comparable<?> value(ResultSet found, RunOrder order) throws SQLException {
        if (!order.isNumber()) {
            return found.getString(2);
        }
        double number = found.getDouble(2);
        return found.wasNull() ? "" : (Comparable<?>) number;
    }

    /** The names of the runs with this key, oldest first. */
    List<String> equal(String key) {
        return ask(connection -> {
            List<String> out = new ArrayList<>();
            try (PreparedStatement statement = prepare(
                            connection,
                            "SELECT name FROM runs WHERE key=? AND state<>? ORDER BY started, name",
                            List.of(key, RunRow.DAMAGED));
                    ResultSet found = statement.executeQuery()) {
                while (found.next()) {
                    out.add(found.getString(1));
                }
            }
            return out;
        });
    }

    /** The names of all figures. */
    List<String> figures() {
        return ask(connection -> {
            List<String> out = new ArrayList<>();
            try (PreparedStatement statement = prepare(
                            connection,
                            "SELECT name FROM metrics WHERE EXISTS (SELECT 1 FROM figures WHERE metric=id) ORDER BY id",
                            List.of());
                    ResultSet found = statement.executeQuery()) {
                while (found.next()) {
                    out.add(found.getString(1));
                }
            }
            return out;
        });
    }

    /** All that is known of some runs, by name. */
    Map<String, RunRow> rows(List<String> names) {
        return ask(connection -> rows(connection, names));
    }

    private static Map<String, RunRow> rows(Connection connection, List<String> names) throws SQLException {
        Map<String, RunRow> out = new LinkedHashMap<>();
        try (PreparedStatement run = connection.prepareStatement("SELECT id, name, started, state, sentence, key,"
                        + " data, model, epochs, seconds, device FROM runs WHERE name=?");
                PreparedStatement figures = connection.prepareStatement(
                        "SELECT m.name, f.value FROM metrics m JOIN figures f ON f.metric=m.id WHERE f.run=?"
                                + " ORDER BY m.id")) {
            for (String name : names) {
                run.setString(1, name);
                try (ResultSet found = run.executeQuery()) {
                    if (found.next()) {
                        out.put(name, row(found, figures));
                    }
                }
            }
        }
        return out;
    }

    private static RunRow row(ResultSet found, PreparedStatement figures) throws SQLException {
        figures.setLong(1, found.getLong(1));
        Map<String, Double> values = new LinkedHashMap<>();
        try (ResultSet each = figures.executeQuery()) {
            while (each.next()) {
                values.put(each.getString(1), each.getDouble(2));
            }
        }
        String started = found.getString(3);
        return new RunRow(
                found.getString(2),
                started.isEmpty() ? Optional.empty() : Optional.of(Instant.parse(started)),
                found.getString(4),
                found.getString(5),
                found.getString(6),
                found.getString(7),
                found.getString(8),
                found.getInt(9),
                found.getDouble(10),
                found.getString(11),
                values);
    }

    private static PreparedStatement prepare(Connection connection, String sql, List<?> values) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        for (int i = 0; i < values.size(); i++) {
            statement.setObject(i + 1, values.get(i));
        }
        return statement;
    }

    private void bringUpToDate(Connection connection) throws SQLException {
        long now = database.generation(connection);
        if (now != generation) {
            known.clear();
            known.putAll(database.times(connection));
            generation = now;
        }
        Map<String, Long> there = there();
        List<String> gone =
                known.keySet().stream().filter(name -> !there.containsKey(name)).toList();
        List<String> changed = there.entrySet().stream()
                .filter(each -> !each.getValue().equals(known.get(each.getKey())))
                .map(Map.Entry::getKey)
                .toList();
        if (gone.isEmpty() && changed.isEmpty()) {
            return;
        }
        // What is under way is read each time, and written where it has changed.
        Map<String, RunRow> before = known.isEmpty() ? Map.of() : rows(connection, changed);
        Map<String, RunRow> rows = new LinkedHashMap<>();
        changed.forEach(name -> rows.put(name, RunRow.of(new RunFolder(root.resolve(name)))));
        Map<String, RunRow> fresh = rows.entrySet().stream()
                .filter(each -> !each.getValue().equals(before.get(each.getKey()))
                        || time(each.getValue(), there) != known.getOrDefault(each.getKey(), NEVER))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        if (!gone.isEmpty() || !fresh.isEmpty()) {
            database.change(connection, gone, fresh.values(), row -> time(row, there));
        }
        known.keySet().removeAll(gone);
        rows.values().forEach(row -> known.put(row.name(), time(row, there)));
    }

    private static long time(RunRow row, Map<String, Long> there) {
        return row.state().equals(Recorder.TRAINING) ? NEVER : there.getOrDefault(row.name(), NEVER);
    }

    /** The runs there are, and when the state of each changed, in nanoseconds. */
    private Map<String, Long> there() {
        List<Path> folders = new ArrayList<>();
        if (Files.isDirectory(root)) {
            try (DirectoryStream<Path> all = Files.newDirectoryStream(root)) {
                all.forEach(folders::add);
            } catch (IOException e) {
                throw new QuireException("the runs in " + root + " cannot be listed: " + e, e);
            }
        }
        Map<String, Long> out = new ConcurrentHashMap<>(2 * folders.size());
        folders.parallelStream().forEach(folder -> {
            try {
                Instant changed =
                        Files.getLastModifiedTime(folder.resolve("run.json")).toInstant();
                out.put(
                        String.valueOf(folder.getFileName()),
                        changed.getEpochSecond() * 1_000_000_000 + changed.getNano());
            } catch (IOException noRecord) {
                // Another file, or a run that has not begun.
            }
        });
        return out;
    }
}
