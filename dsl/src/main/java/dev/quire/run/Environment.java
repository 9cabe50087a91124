package dev.quire.run;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.quire.engine.Device;
import dev.quire.engine.Torch;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** What a run was computed with. Neither user nor host is named. */
final class Environment {
    private static final Path PROCESSOR = Path.of("/proc/cpuinfo");
    private static final Path DRIVER = Path.of("/proc/driver/nvidia/version");
    private static final int PATIENCE_SECONDS = 5;

    private Environment() {}

    /**
     * Versions and hardware.
     *
     * @param threads how many compute
     */
    static ObjectNode describe(Device device, int threads) {
        Properties build = build();
        ObjectNode out = JsonNodeFactory.instance.objectNode();
        out.put("quire", build.getProperty("version").replace("-SNAPSHOT", ""));
        out.put("djl", build.getProperty("djl"));
        out.put("libtorch", Torch.version());
        out.put("java", System.getProperty("java.runtime.version"));
        out.put("vendor", System.getProperty("java.vendor"));
        out.put(
                "system",
                System.getProperty("os.name") + " " + System.getProperty("os.version") + " "
                        + System.getProperty("os.arch"));
        out.put("processor", found(PROCESSOR, "(?m)^model name\\s*:\\s*(.*)$").orElse(System.getProperty("os.arch")));
        out.put("cores", Runtime.getRuntime().availableProcessors());
        out.put("device", device.toString());
        if (device.isGpu()) {
            out.put("driver", found(DRIVER, "(?m)^NVRM version:\\s*(.*)$").orElse("unknown"));
        }
        out.put("threads", threads);
        out.put("determinism", determinism(device, threads));
        return out;
    }

    /** A text whose paths do not name the user: the home folder is {@code ~}. */
    static String withoutHome(String text) {
        String home = System.getProperty("user.home", "");
        return home.length() > 1 ? text.replace(home, "~") : text;
    }

    /** What may be expected of a replay. */
    private static String determinism(Device device, int threads) {
        return device.isGpu()
                ? "the same seeds and orders; sums on a GPU may differ in the last digits"
                : "identical bits with the same libtorch, the same kind of processor and " + threads
                        + (threads == 1 ? " thread" : " threads");
    }

    /** The commit of the working directory and whether anything was changed since; empty where there is no git. */
    static Optional<ObjectNode> git() {
        return output("git", "rev-parse", "HEAD").map(commit -> {
            ObjectNode out = JsonNodeFactory.instance.objectNode().put("commit", commit.strip());
            output("git", "status", "--porcelain").ifPresent(changes -> out.put("dirty", !changes.isBlank()));
            return out;
        });
    }

    private static Optional<String> output(String... command) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            process.getOutputStream().close();
            String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            boolean ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
            return ended && process.exitValue() == 0 ? Optional.of(text) : Optional.empty();
        } catch (IOException noGit) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private static Optional<String> found(Path file, String pattern) {
        try {
            return Pattern.compile(pattern)
                    .matcher(Files.readString(file))
                    .results()
                    .map((MatchResult match) -> match.group(1).strip())
                    .findFirst();
        } catch (IOException notHere) {
            return Optional.empty();
        }
    }

    private static Properties build() {
        Properties properties = new Properties();
        try (InputStream in = Environment.class.getResourceAsStream("/dev/quire/quire.properties")) {
            properties.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties;
    }
}
