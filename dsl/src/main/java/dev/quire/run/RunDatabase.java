package dev.quire.run;

import dev.quire.QuireException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteErrorCode;

/**
 * The file {@code index.sqlite} beside the runs. It holds nothing that the folders do not: one that is missing, damaged
 * or of another form is made anew, and where none can be written it is kept in memory.
 */
final class RunDatabase {
    private static final String FILE = "index.sqlite";
    /** Of the tables below. */
    private static final int FORM = 1;

    private static final int PATIENCE_MILLISECONDS = 20_000;

    private static final List<String> TABLES = List.of(
            "CREATE TABLE generation (number INTEGER)",
            "CREATE TABLE runs (id INTEGER PRIMARY KEY, name TEXT UNIQUE, changed INTEGER, started TEXT, state TEXT,"
                    + " sentence TEXT, key TEXT, data TEXT, model TEXT, epochs INTEGER, seconds REAL, device TEXT)",
            "CREATE INDEX runs_by_key ON runs (key)",
            "CREATE INDEX runs_by_start ON runs (started, name)",
            "CREATE TABLE metrics (id INTEGER PRIMARY KEY, name TEXT UNIQUE)",
            "CREATE TABLE figures (metric INTEGER, run INTEGER, value REAL, PRIMARY KEY (metric, run)) WITHOUT ROWID",
            "CREATE INDEX figures_by_run ON figures (run)");

    static {
        // It tells of libraries that other processes left in the folder for temporary files. What fails here is thrown.
        System.setProperty("org.slf4j.simpleLogger.log.org.sqlite", "off");
    }

    private final Path root;
    private @Nullable Connection memory;

    RunDatabase(Path root) {
        this.root = root;
    }

    /** Something to do with the database. */
    @FunctionalInterface
    interface Work<T> {
        T with(Connection connection) throws SQLException;
    }

    /** Works with the database, which is made or made anew where it must be. */
    <T> T with(Work<T> work) {
        Connection kept = memory;
        if (kept != null) {
            try {
                return work.with(kept);
            } catch (SQLException e) {
                throw failed(e);
            }
        }
        if (Files.isDirectory(root) && Files.isWritable(root)) {
            try {
                return inFile(work);
            } catch (SQLException e) {
                if (isDamaged(e) && remove()) {
                    try {
                        return inFile(work);
                    } catch (SQLException again) {
                        e.addSuppressed(again);
                    }
                }
                return inMemory(work, Optional.of(e));
            }
        }
        return inMemory(work, Optional.empty());
    }

    private <T> T inFile(Work<T> work) throws SQLException {
        try (Connection connection = open("jdbc:sqlite:" + root.resolve(FILE))) {
            return work.with(connection);
        }
    }

    private <T> T inMemory(Work<T> work, Optional<SQLException> because) {
        try {
            Connection connection = open("jdbc:sqlite::memory:");
            if (Files.isDirectory(root)) {
                memory = connection;
                return work.with(connection);
            }
            try (connection) {
                return work.with(connection);
            }
        } catch (SQLException e) {
            because.ifPresent(e::addSuppressed);
            throw failed(e);
        }
    }

    private QuireException failed(SQLException e) {
        return new QuireException("the index of the runs in " + root + " cannot be used: " + e.getMessage(), e);
    }

    private static boolean isDamaged(SQLException e) {
        int code = e.getErrorCode() & 0xff;
        return code == SQLiteErrorCode.SQLITE_CORRUPT.code
                || code == SQLiteErrorCode.SQLITE_NOTADB.code
                || code == SQLiteErrorCode.SQLITE_ERROR.code;
    }

    private boolean remove() {
        try {
            Files.deleteIfExists(root.resolve(FILE));
            Files.deleteIfExists(root.resolve(FILE + "-journal"));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static Connection open(String address) throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.setBusyTimeout(PATIENCE_MILLISECONDS);
        config.setJournalMode(SQLiteConfig.JournalMode.TRUNCATE);
        config.setSynchronous(SQLiteConfig.SynchronousMode.NORMAL);
        Connection connection = config.createConnection(address);
        try (Statement statement = connection.createStatement()) {
            if (form(statement) != FORM) {
                make(statement);
            }
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    private static int form(Statement statement) throws SQLException {
        try (ResultSet found = statement.executeQuery("PRAGMA user_version")) {
            return found.getInt(1);
        }
    }

    /** Makes the tables; of two processes at once, one does. */
    private static void make(Statement statement) throws SQLException {
        statement.execute("BEGIN EXCLUSIVE");
        if (form(statement) != FORM) {
            for (String table : List.of("generation", "runs", "metrics", "figures")) {
                statement.execute("DROP TABLE IF EXISTS " + table);
            }
            for (String table : TABLES) {
                statement.execute(table);
            }
            statement.execute(
                    "INSERT INTO generation VALUES (" + (new SecureRandom().nextLong() & Long.MAX_VALUE) + ")");
            statement.execute("PRAGMA user_version=" + FORM);
        }
        statement.execute("COMMIT");
    }

    /** A number that is another when the database was made anew. */
    long generation(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery("SELECT number FROM generation")) {
            return found.getLong(1);
        }
    }

    /** When the state of each run changed, as far as the database knows. */
    Map<String, Long> times(Connection connection) throws SQLException {
        Map<String, Long> out = new HashMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery("SELECT name, changed FROM runs")) {
            while (found.next()) {
                out.put(found.getString(1), found.getLong(2));
            }
        }
        return out;
    }

    /** Removes what is gone and puts in what is new or has changed, all or nothing. */
    void change(Connection connection, Collection<String> gone, Collection<RunRow> fresh, ToLongFunction<RunRow> time)
            throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("BEGIN IMMEDIATE");
            try {
                write(connection, gone, fresh, time);
                statement.execute("COMMIT");
            } catch (SQLException | RuntimeException e) {
                statement.execute("ROLLBACK");
                throw e;
            }
        }
    }

    private static void write(
            Connection connection, Collection<String> gone, Collection<RunRow> fresh, ToLongFunction<RunRow> time)
            throws SQLException {
        try (PreparedStatement figuresOf = connection.prepareStatement(
                        "DELETE FROM figures WHERE run=(SELECT id FROM runs WHERE name=?)");
                PreparedStatement runOf = connection.prepareStatement("DELETE FROM runs WHERE name=?");
                PreparedStatement run = connection.prepareStatement(
                        "INSERT INTO runs (name, changed, started, state, sentence, key, data, model, epochs, seconds,"
                                + " device) VALUES (?,?,?,?,?,?,?,?,?,?,?)");
                PreparedStatement metric =
                        connection.prepareStatement("INSERT OR IGNORE INTO metrics (name) VALUES (?)");
                PreparedStatement figure = connection.prepareStatement("INSERT INTO figures VALUES"
                        + " ((SELECT id FROM metrics WHERE name=?), (SELECT id FROM runs WHERE name=?), ?)")) {
            for (String name : gone) {
                update(figuresOf, name);
                update(runOf, name);
            }
            for (RunRow row : fresh) {
                update(figuresOf, row.name());
                update(runOf, row.name());
                update(
                        run,
                        row.name(),
                        time.applyAsLong(row),
                        row.started().map(Object::toString).orElse(""),
                        row.state(),
                        row.sentence(),
                        row.key(),
                        row.data(),
                        row.model(),
                        row.epochs(),
                        row.seconds(),
                        row.device());
                for (Map.Entry<String, Double> each : row.figures().entrySet()) {
                    update(metric, each.getKey());
                    update(figure, each.getKey(), row.name(), each.getValue());
                }
            }
        }
    }

    private static void update(PreparedStatement statement, Object... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
        statement.executeUpdate();
    }
}
