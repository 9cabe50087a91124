package dev.quire.kernel.machine;

import dev.quire.QuireException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Options of Java, tried before a process that nobody watches is started with them. */
public final class JvmArguments {
    private JvmArguments() {}

    /**
     * Starts a JVM with the options of this one and these, which ends at once: options may not suit each other.
     *
     * @param home the folder of the JDK
     * @throws QuireException if it does not start
     * @throws InterruptedException if this thread is interrupted meanwhile
     */
    public static void require(Path home, List<String> arguments) throws InterruptedException {
        if (arguments.isEmpty()) {
            return;
        }
        List<String> command = new ArrayList<>();
        command.add(home.resolve("bin").resolve("java").toString());
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(arguments);
        command.add("-version");
        String output;
        int code;
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            code = process.waitFor();
        } catch (IOException e) {
            throw new QuireException("Java does not start: " + e.getMessage(), e);
        }
        if (code != 0) {
            throw new QuireException("Java does not start with " + String.join(" ", arguments) + ": "
                    + output.lines()
                            .filter(line -> !line.isBlank() && !line.startsWith("Error occurred during init"))
                            .findFirst()
                            .orElse("exit code " + code));
        }
    }
}
