package dev.quire.notebooks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The kernel as a person sees it: JupyterLab in a browser. The pictures are for people, in target/screenshots. */
class JupyterLabTest {
    private static final Path FOLDER = Jupyter.ROOT.resolve("notebooks");

    @TempDir
    Path folder;

    @Test
    void a_person_opens_runs_stops_restarts_completes_asks_for_help_and_draws() throws IOException {
        Tool python = Tool.python("jupyterlab");
        Tool node = new Tool("node");
        Tool.require(node.succeeds("--version"), "there is no node on the PATH");
        Path modules = Path.of(System.getenv().getOrDefault("QUIRE_NODE_MODULES", "node_modules"));
        Tool.require(
                Files.isDirectory(modules.resolve("playwright-core")),
                "no playwright-core in " + modules
                        + ": npm install it, and name its node_modules with QUIRE_NODE_MODULES");
        Map<String, String> environment = new HashMap<>(Jupyter.in(folder));
        environment.put("QUIRE_NODE_MODULES", modules.toString());
        environment.put("QUIRE_CHROMIUM", chromium());
        Tool.Result result = node.run(
                environment,
                Duration.ofMinutes(8),
                FOLDER.resolve("src/test/playwright/lab.mjs").toString(),
                python.command(),
                FOLDER.resolve("quickstart.ipynb").toString(),
                FOLDER.resolve("target/screenshots").toString());
        assertThat(result.code()).as(result.output()).isZero();
        assertThat(result.output().lines())
                .filteredOn(line -> line.startsWith("ok: "))
                .hasSize(9);
    }

    private static String chromium() {
        String named = System.getenv().getOrDefault("QUIRE_CHROMIUM", "chromium");
        Path browser = Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
                .map(folder -> Path.of(folder).resolve(named))
                .filter(Files::isExecutable)
                .findFirst()
                .orElse(Path.of(named));
        Tool.require(
                Files.isExecutable(browser), "there is no chromium on the PATH: install it, or set QUIRE_CHROMIUM");
        return browser.toString();
    }
}
