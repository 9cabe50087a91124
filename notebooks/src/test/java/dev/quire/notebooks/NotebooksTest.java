package dev.quire.notebooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.quire.data.DataFolders;
import dev.quire.kernel.notebook.Notebook;
import dev.quire.kernel.notebook.NotebookRunner;
import dev.quire.kernel.notebook.NotebookRunner.Ending.Finished;
import dev.quire.kernel.terminal.Terminal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Every notebook in this folder runs from top to bottom, and is kept with the outputs a reader should see. */
class NotebooksTest {
    private static final Path FOLDER =
            Path.of(System.getProperty("quire.root", "..")).resolve("notebooks");

    /** Those that do not come with Quire: the word in a cell, and the folder. */
    private static final Map<String, String> DATASETS = Map.of(
            "mnist", "mnist",
            "fashionMnist", "fashion-mnist",
            "cifar10", "cifar10",
            "tinyShakespeare", "tinyshakespeare");

    /** What makes a notebook short enough for a test: values for its parameters. */
    private static final Map<String, Map<String, String>> SMALL = Map.of(
            "quickstart.ipynb", Map.of("epochs", "5"),
            "cifar10.ipynb", Map.of("epochs", "1", "perClass", "20"),
            "mnist.ipynb", Map.of("epochs", "1", "longerEpochs", "1", "perClass", "50"),
            "own-images.ipynb", Map.of("perClass", "20", "epochs", "2"),
            "own-layer-and-loss.ipynb", Map.of("epochs", "5"));

    @TempDir
    static Path folder;

    @TestFactory
    Stream<DynamicTest> every_notebook_runs_to_its_end() throws IOException {
        return notebooks()
                .map(file -> DynamicTest.dynamicTest(name(file), () -> {
                    Notebook notebook = Notebook.read(file);
                    requireData(notebook);
                    try (NotebookRunner runner = new NotebookRunner(Terminal.standard())) {
                        assertThat(runner.run(notebook, small(file))).isInstanceOf(Finished.class);
                    }
                    assertOutputs(notebook);
                }));
    }

    @TestFactory
    Stream<DynamicTest> every_notebook_runs_through_the_real_kernel() throws IOException {
        Tool python = Tool.python("nbclient", "nbformat", "jupyter_client");
        Map<String, String> jupyter = new HashMap<>(Jupyter.in(folder));
        jupyter.put("QUIRE_RUNS", folder.resolve("runs").toString());
        return notebooks()
                .map(file -> DynamicTest.dynamicTest(name(file), () -> {
                    requireData(Notebook.read(file));
                    Path output = folder.resolve(name(file));
                    Tool.Result result = python.run(
                            jupyter,
                            Duration.ofMinutes(15),
                            FOLDER.resolve("src/test/python/run_notebook.py").toString(),
                            file.toString(),
                            output.toString(),
                            new ObjectMapper().writeValueAsString(small(file)));
                    assertThat(result.code()).as(result.output()).isZero();
                    assertOutputs(Notebook.read(output));
                    assertThat(outputTypes(output))
                            .as("what each cell shows, as it is kept")
                            .isEqualTo(outputTypes(file));
                }));
    }

    @TestFactory
    Stream<DynamicTest> every_notebook_is_kept_with_its_outputs() throws IOException {
        return notebooks()
                .map(file -> DynamicTest.dynamicTest(name(file), () -> {
                    assertOutputs(Notebook.read(file));
                    assertThat(Files.size(file)).as("small enough to read").isLessThan(1_000_000);
                    assertThat(Files.readString(file))
                            .as("a reader's machine has other folders")
                            .doesNotContain("/home/", "/root/", "/tmp/", "/work/");
                    assertThat(notebook(file)
                                    .at("/metadata/kernelspec/display_name")
                                    .asText())
                            .isEqualTo("Quire (Java)");
                }));
    }

    private static Map<String, String> small(Path file) {
        return SMALL.getOrDefault(name(file), Map.of());
    }

    /** Every cell has run, and those alone failed that are there to show an error. */
    private static void assertOutputs(Notebook notebook) throws IOException {
        JsonNode json = new ObjectMapper().readTree(notebook.text());
        assertThat(json.findValuesAsText("output_type")).isNotEmpty();
        for (JsonNode cell : json.path("cells")) {
            if (cell.path("cell_type").asText().equals("code")) {
                String source = cell.path("source").toString();
                assertThat(cell.path("execution_count").isInt()).as(source).isTrue();
                assertThat(cell.path("outputs").findValuesAsText("output_type").contains("error"))
                        .as(source)
                        .isEqualTo(cell.at("/metadata/tags").toString().contains("\"raises-exception\""));
            }
        }
    }

    private static JsonNode notebook(Path file) throws IOException {
        return new ObjectMapper().readTree(file.toFile());
    }

    private static List<List<String>> outputTypes(Path file) throws IOException {
        List<List<String>> types = new ArrayList<>();
        for (JsonNode cell : notebook(file).path("cells")) {
            types.add(cell.path("outputs").findValuesAsText("output_type"));
        }
        return types;
    }

    /** What is downloaded when first asked for is not downloaded by a test. */
    private static void requireData(Notebook notebook) {
        DATASETS.forEach((word, name) -> {
            if (Pattern.compile("\\b" + word + "\\(").matcher(notebook.text()).find()) {
                assumeTrue(
                        DataFolders.standard().folders(name).stream().anyMatch(Files::isDirectory),
                        name + " does not lie in QUIRE_DATASETS, nor in the cache");
            }
        });
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
