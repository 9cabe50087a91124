package dev.quire.notebooks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.quire.kernel.notebook.Notebook;
import dev.quire.kernel.notebook.NotebookRunner;
import dev.quire.kernel.notebook.NotebookRunner.Ending.Finished;
import dev.quire.kernel.terminal.Terminal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every notebook in this folder runs from top to bottom, and is kept with the outputs a reader should see. */
class NotebooksTest {
    private static final Path FOLDER =
            Path.of(System.getProperty("quire.root", "..")).resolve("notebooks");

    @TestFactory
    Stream<DynamicTest> every_notebook_runs_to_its_end() throws IOException {
        return notebooks()
                .map(file -> DynamicTest.dynamicTest(name(file), () -> {
                    Notebook notebook = Notebook.read(file);
                    try (NotebookRunner runner = new NotebookRunner(Terminal.standard())) {
                        assertThat(runner.run(notebook, Map.of())).isInstanceOf(Finished.class);
                    }
                    assertOutputs(notebook);
                }));
    }

    @TestFactory
    Stream<DynamicTest> every_notebook_is_kept_with_its_outputs() throws IOException {
        return notebooks()
                .map(file -> DynamicTest.dynamicTest(name(file), () -> {
                    assertOutputs(Notebook.read(file));
                    assertThat(Files.size(file)).as("small enough to read").isLessThan(1_000_000);
                }));
    }

    private static void assertOutputs(Notebook notebook) throws IOException {
        JsonNode json = new ObjectMapper().readTree(notebook.text());
        assertThat(json.findValuesAsText("output_type")).isNotEmpty().doesNotContain("error");
        for (JsonNode cell : json.path("cells")) {
            if (cell.path("cell_type").asText().equals("code")) {
                assertThat(cell.path("execution_count").isInt())
                        .as(cell.path("source").toString())
                        .isTrue();
            }
        }
    }

    private static Stream<Path> notebooks() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.filter(file -> name(file).endsWith(".ipynb")).sorted().toList().stream();
        }
    }

    private static String name(Path file) {
        return String.valueOf(file.getFileName());
    }
}
