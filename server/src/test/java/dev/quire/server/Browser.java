package dev.quire.server;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A headless Chromium that a script drives. Where there is none a test is skipped; with {@code CI=true} it fails. */
final class Browser {
    private static final Path SCRIPTS = Path.of("src/test/playwright").toAbsolutePath();
    private static final Path PICTURES = Path.of("target/screenshots").toAbsolutePath();
    private static final int PATIENCE = 8;

    private Browser() {}

    /**
     * Runs a script to its end.
     *
     * @return what it says went well
     */
    static List<String> run(String script, String argument) {
        Path modules = Path.of(System.getenv().getOrDefault("QUIRE_NODE_MODULES", "node_modules"))
                .toAbsolutePath();
        require(
                Files.isDirectory(modules.resolve("playwright-core")),
                "no playwright-core in " + modules
                        + ": npm install it, and name its node_modules with QUIRE_NODE_MODULES");
        Path chromium = onPath(System.getenv().getOrDefault("QUIRE_CHROMIUM", "chromium"));
        require(Files.isExecutable(chromium), "there is no chromium on the PATH: install it, or set QUIRE_CHROMIUM");
        Path node = onPath("node");
        require(Files.isExecutable(node), "there is no node on the PATH");
        try {
            Path told = Files.createTempFile("quire-browser", ".txt");
            ProcessBuilder builder = new ProcessBuilder(
                            node.toString(), SCRIPTS.resolve(script).toString(), argument, PICTURES.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(told.toFile());
            builder.environment().put("QUIRE_NODE_MODULES", modules.toString());
            builder.environment().put("QUIRE_CHROMIUM", chromium.toString());
            Process process = builder.start();
            boolean isOver = process.waitFor(PATIENCE, TimeUnit.MINUTES);
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            String text = Files.readString(told, StandardCharsets.UTF_8);
            Files.delete(told);
            if (!isOver || process.exitValue() != 0) {
                throw new AssertionError(script + (isOver ? " failed" : " took too long") + ":\n" + text);
            }
            List<String> out = new ArrayList<>();
            text.lines()
                    .filter(line -> line.startsWith("ok: "))
                    .forEach(line -> out.add(line.substring("ok: ".length())));
            return out;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Path onPath(String name) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
                .map(folder -> Path.of(folder).resolve(name))
                .filter(Files::isExecutable)
                .findFirst()
                .orElse(Path.of(name));
    }

    private static void require(boolean isThere, String otherwise) {
        if (!isThere && "true".equals(System.getenv("CI"))) {
            throw new AssertionError(otherwise);
        }
        assumeTrue(isThere, otherwise);
    }
}
