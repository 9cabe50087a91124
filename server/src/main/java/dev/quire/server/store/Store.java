package dev.quire.server.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool.PoolInitializationException;
import dev.quire.QuireException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;

/**
 * The database of a server: SQLite in its folder, or PostgreSQL at an address that was given at its start. A folder has
 * one server at a time.
 */
public final class Store implements AutoCloseable {
    private static final int SQLITE_CONNECTIONS = 4;
    private static final int CONNECTIONS = 8;

    private final FileChannel lockFile;
    private final HikariDataSource source;
    private final Jdbi jdbi;

    private Store(FileChannel lockFile, HikariDataSource source) {
        this.lockFile = lockFile;
        this.source = source;
        this.jdbi = Jdbi.create(source);
    }

    /**
     * Opens it, and brings its tables up to date.
     *
     * @param folder of the server
     * @param jdbc an address such as {@code jdbc:postgresql://localhost/quire?user=quire}; empty for SQLite
     * @throws QuireException when another server uses the folder, or the database does not answer
     */
    public static Store open(Path folder, Optional<String> jdbc) {
        FileChannel lockFile = lock(folder);
        HikariDataSource source = null;
        try {
            source = new HikariDataSource(configuration(folder, jdbc));
            boolean isSqlite = jdbc.isEmpty();
            Flyway.configure()
                    .dataSource(source)
                    .locations("classpath:dev/quire/server/migrations")
                    .placeholders(Map.of(
                            "number",
                            isSqlite
                                    ? "INTEGER PRIMARY KEY AUTOINCREMENT"
                                    : "BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY"))
                    .load()
                    .migrate();
            return new Store(lockFile, source);
        } catch (PoolInitializationException | FlywayException e) {
            if (source != null) {
                source.close();
            }
            release(lockFile);
            throw new QuireException(
                    "the store " + (jdbc.isPresent() ? "at the JDBC address that was given" : "in " + folder)
                            + " cannot be used: " + lastCause(e)
                            + ": start the database, correct the address, or leave it out for SQLite",
                    e);
        }
    }

    private static HikariConfig configuration(Path folder, Optional<String> jdbc) {
        HikariConfig out = new HikariConfig();
        out.setPoolName("quire-store");
        out.setConnectionTimeout(10_000);
        out.setInitializationFailTimeout(5_000);
        out.setMinimumIdle(1);
        if (jdbc.isPresent()) {
            out.setJdbcUrl(jdbc.get());
            out.setMaximumPoolSize(CONNECTIONS);
        } else {
            // A writer waits its turn instead of failing; what was answered is on disk.
            out.setJdbcUrl(
                    "jdbc:sqlite:" + folder.resolve("quire.db")
                            + "?journal_mode=WAL&busy_timeout=10000&transaction_mode=IMMEDIATE&synchronous=FULL&foreign_keys=true");
            out.setMaximumPoolSize(SQLITE_CONNECTIONS);
        }
        return out;
    }

    private static FileChannel lock(Path folder) {
        try {
            Files.createDirectories(folder);
            FileChannel file = FileChannel.open(
                    folder.resolve("server.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (tryLock(file) == null) {
                file.close();
                throw new QuireException(
                        "another server works in " + folder + ": stop that one, or give this one a folder of its own");
            }
            return file;
        } catch (IOException e) {
            throw new QuireException("the server cannot keep its store in " + folder + ": " + e
                    + ": give it a folder that can be written");
        }
    }

    private static @Nullable FileLock tryLock(FileChannel file) throws IOException {
        try {
            return file.tryLock();
        } catch (OverlappingFileLockException inThisProcess) {
            return null;
        }
    }

    private static String lastCause(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
    }

    /** The database. */
    public Jdbi jdbi() {
        return jdbi;
    }

    /** What keeps it from answering; empty where nothing does. */
    public Optional<String> fault() {
        try {
            jdbi.withHandle(handle ->
                    handle.createQuery("SELECT 1").mapTo(Integer.class).one());
            return Optional.empty();
        } catch (JdbiException e) {
            return Optional.of("the store does not answer");
        }
    }

    @Override
    public void close() {
        source.close();
        release(lockFile);
    }

    private static void release(FileChannel lockFile) {
        try {
            lockFile.close();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException("the lock of the folder cannot be let go of", e);
        }
    }
}
