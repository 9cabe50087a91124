package dev.quire.notebooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A program outside Java that tests use where it is installed.
 *
 * @param command what starts it
 */
record Tool(String command) {
    /** Ends a test that cannot run here: as skipped, or as failed where continuous integration must not skip it. */
    static void require(boolean isThere, String reason) {
        if ("true".equals(System.getenv("CI"))) {
            assertThat(isThere).as(reason).isTrue();
        }
        assumeTrue(isThere, reason);
    }

    /** The Python that QUIRE_PYTHON names, or python3, if it has these modules; else the test is skipped. */
    static Tool python(String... modules) {
        Optional<Tool> python = Stream.of(System.getenv().getOrDefault("QUIRE_PYTHON", ""), "python3")
                .filter(command -> !command.isEmpty())
                .map(Tool::new)
                .filter(tool -> tool.succeeds("-c", "import " + String.join(", ", modules)))
                .findFirst();
        require(
                python.isPresent(),
                "no Python here has " + String.join(", ", modules)
                        + ": pip install them, and name it with QUIRE_PYTHON");
        return python.orElseThrow();
    }

    /** Whether the program is there and ends well. */
    boolean succeeds(String... arguments) {
        try {
            return run(Map.of(), Duration.ofSeconds(60), arguments).code() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    /** What a program that has ended leaves. */
    record Result(int code, String output) {}

    /**
     * Runs the program; one that takes longer is killed, and every process it started.
     *
     * @throws IOException if there is no such program
     */
    Result run(Map<String, String> environment, Duration limit, String... arguments) throws IOException {
        List<String> words = new ArrayList<>(List.of(command));
        words.addAll(Arrays.asList(arguments));
        Path log = Files.createTempFile("tool", ".log");
        try {
            ProcessBuilder builder =
                    new ProcessBuilder(words).redirectErrorStream(true).redirectOutput(log.toFile());
            builder.environment().putAll(environment);
            Process process = builder.start();
            boolean isDone = false;
            try {
                isDone = process.waitFor(limit.toSeconds(), TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                if (!isDone) {
                    process.descendants().forEach(ProcessHandle::destroyForcibly);
                    process.destroyForcibly();
                }
            }
            return new Result(
                    isDone ? process.exitValue() : -1,
                    Files.readString(log) + (isDone ? "" : "\nkilled after " + limit.toSeconds() + " s"));
        } finally {
            Files.delete(log);
        }
    }
}
