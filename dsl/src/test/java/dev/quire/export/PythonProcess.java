package dev.quire.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A Python with PyTorch, for tests that open what Quire writes.
 *
 * @param command what starts it
 */
public record PythonProcess(String command) {
    /** The Python that QUIRE_PYTHON names, or python3, if it has these modules; else the test is skipped. */
    public static PythonProcess with(String... modules) {
        Optional<PythonProcess> python = Stream.of(System.getenv().getOrDefault("QUIRE_PYTHON", ""), "python3")
                .filter(command -> !command.isEmpty())
                .map(PythonProcess::new)
                .filter(each -> each.has(modules))
                .findFirst();
        assumeTrue(
                python.isPresent(),
                "no Python here has " + String.join(", ", modules)
                        + ": pip install them, and name it with QUIRE_PYTHON");
        return python.orElseThrow();
    }

    private boolean has(String... modules) {
        try {
            return start(List.of("-c", "import " + String.join(", ", modules)))
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException notThere) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private ProcessBuilder start(List<String> arguments) {
        List<String> all = new ArrayList<>(List.of(command));
        all.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(all).redirectErrorStream(true);
        builder.environment().put("PYTHONDONTWRITEBYTECODE", "1");
        return builder;
    }

    /** What it prints, errors too; it must end well, within ten minutes. */
    public String run(Path folder, String... arguments) throws IOException, InterruptedException {
        Process process = start(List.of(arguments)).directory(folder.toFile()).start();
        try {
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(10, TimeUnit.MINUTES)).isTrue();
            assertThat(process.exitValue()).as(output).isZero();
            return output;
        } finally {
            process.destroyForcibly();
        }
    }
}
