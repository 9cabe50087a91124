package dev.quire.server;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A PostgreSQL of a test: a cluster of its own below a temporary folder. Where PostgreSQL is not installed a test is
 * skipped with a reason.
 */
final class Postgres implements AutoCloseable {
    private static final Path DEBIAN = Path.of("/usr/lib/postgresql");
    /** PostgreSQL does not run as root. */
    private static final List<String> USERS = List.of("postgres", "nobody");

    private final Path programs;
    private final List<String> asUser;
    private final Path folder;
    private final int port;

    private Postgres(Path programs, List<String> asUser, Path folder, int port) {
        this.programs = programs;
        this.asUser = asUser;
        this.folder = folder;
        this.port = port;
    }

    /** Starts one. */
    static Postgres start() {
        Path programs = programs().orElse(null);
        assumeTrue(programs != null, "PostgreSQL is not installed here: no initdb on the path or in " + DEBIAN);
        Optional<List<String>> asUser = asUser();
        assumeTrue(asUser.isPresent(), "PostgreSQL does not run as root, and runuser finds none of " + USERS);
        try {
            Path folder = Files.createTempDirectory("quire-postgres");
            if (!asUser.get().isEmpty()) {
                run(List.of("chown", asUser.get().get(2), folder.toString()), folder);
            }
            Postgres out = new Postgres(programs, asUser.get(), folder, freePort());
            try {
                out.create();
            } catch (RuntimeException e) {
                out.close();
                throw e;
            }
            return out;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void create() {
        command("initdb", "-D", data(), "-U", "quire", "-A", "trust", "-E", "UTF8", "--no-locale", "--no-sync");
        command(
                "pg_ctl",
                "-D",
                data(),
                "-w",
                "-t",
                "60",
                "-l",
                folder.resolve("log").toString(),
                "-o",
                "-h 127.0.0.1 -p " + port + " -k " + folder + " -F",
                "start");
    }

    /** An address with a database that holds nothing yet. */
    String fresh() {
        String name = "quire" + System.nanoTime();
        try (Connection connection = DriverManager.getConnection(address("postgres"));
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name);
        } catch (SQLException e) {
            throw new AssertionError("no database can be made", e);
        }
        return address(name);
    }

    private String address(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database + "?user=quire";
    }

    @Override
    public void close() {
        try {
            if (Files.exists(Path.of(data()).resolve("postmaster.pid"))) {
                command("pg_ctl", "-D", data(), "-m", "immediate", "-w", "stop");
            }
        } finally {
            try (Stream<Path> all = Files.walk(folder)) {
                all.sorted(Comparator.reverseOrder())
                        .forEach(each -> each.toFile().delete());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private String data() {
        return folder.resolve("data").toString();
    }

    private void command(String program, String... arguments) {
        List<String> all = new ArrayList<>(asUser);
        all.add(programs.resolve(program).toString());
        all.addAll(List.of(arguments));
        run(all, folder);
    }

    private static void run(List<String> command, Path folder) {
        try {
            Path said = Files.createTempFile("quire-postgres", ".txt");
            try {
                Process process = new ProcessBuilder(command)
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(said.toFile())
                        .start();
                boolean isDone = process.waitFor(90, TimeUnit.SECONDS);
                process.destroyForcibly();
                if (!isDone || process.exitValue() != 0) {
                    throw new AssertionError(command + " failed: " + Files.readString(said));
                }
            } finally {
                Files.delete(said);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The folder of its programs, of the newest version on Debian. */
    private static Optional<Path> programs() {
        Stream<Path> onPath = Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
                .filter(each -> !each.isBlank())
                .map(Path::of);
        return Stream.concat(onPath, debian().stream())
                .filter(each -> Stream.of("initdb", "pg_ctl").map(each::resolve).allMatch(Files::isExecutable))
                .findFirst();
    }

    private static List<Path> debian() {
        if (!Files.isDirectory(DEBIAN)) {
            return List.of();
        }
        try (Stream<Path> versions = Files.list(DEBIAN)) {
            return versions.sorted(Comparator.reverseOrder())
                    .map(each -> each.resolve("bin"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What a command begins with: nothing, or for root {@code runuser -u NAME --}. */
    private static Optional<List<String>> asUser() {
        if (!System.getProperty("user.name").equals("root")) {
            return Optional.of(List.of());
        }
        return USERS.stream().filter(Postgres::isUser).findFirst().map(name -> List.of("runuser", "-u", name, "--"));
    }

    private static boolean isUser(String name) {
        try {
            Process process = new ProcessBuilder("runuser", "-u", name, "--", "true")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(20, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException noRunuser) {
            return false;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
