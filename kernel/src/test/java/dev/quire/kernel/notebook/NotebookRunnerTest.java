package dev.quire.kernel.notebook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.quire.QuireException;
import dev.quire.kernel.Mark;
import dev.quire.kernel.OwnThread;
import dev.quire.kernel.notebook.NotebookRunner.Ending;
import dev.quire.kernel.terminal.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class NotebookRunnerTest {
    private static final String PARAMETERS = "int epochs = 30; double rate = 1e-3;\nvar name = \"run\"; boolean fast;"
            + " List<Integer> widths = List.of(3);";

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private NotebookRunner runner;

    @BeforeEach
    void open() throws InterruptedException {
        runner = new NotebookRunner(terminal(false));
    }

    private Terminal terminal(boolean isInteractive) {
        return new Terminal(new PrintStream(printed, true, StandardCharsets.UTF_8), isInteractive, 60, true);
    }

    @AfterEach
    void close() {
        runner.close();
    }

    @Test
    void what_a_cell_prints_shows_and_gives_is_in_its_outputs() {
        Notebook notebook = notebook("System.out.print(\"ä\"); System.out.println(\"b\"); System.err.println(\"c\");"
                + " System.out.println(\"d\");\nList.of(1, 2)");
        assertThat(runner.run(notebook, Map.of())).isEqualTo(new Ending.Finished(1));
        assertThat(outputs(notebook, 0).toString())
                .isEqualTo("[{\"output_type\":\"stream\",\"name\":\"stdout\",\"text\":[\"äb\\n\"]},"
                        + "{\"output_type\":\"stream\",\"name\":\"stderr\",\"text\":[\"c\\n\"]},"
                        + "{\"output_type\":\"stream\",\"name\":\"stdout\",\"text\":[\"d\\n\"]},"
                        + "{\"output_type\":\"execute_result\",\"execution_count\":1,"
                        + "\"data\":{\"text/plain\":[\"[1, 2]\"]},\"metadata\":{}}]");
        assertThat(notebook.cells().get(0).node().path("execution_count").asInt())
                .isEqualTo(1);
    }

    @Test
    void binary_data_is_one_string_and_text_is_lines() {
        Notebook notebook = notebook("Displayable d = () -> Display.text(\"a\\nb\").with(Display.HTML, \"<p>\\n</p>\")"
                + ".with(Display.PNG, \"AAAA\"); d");
        runner.run(notebook, Map.of());
        assertThat(outputs(notebook, 0).at("/0/data").toString())
                .isEqualTo("{\"text/plain\":[\"a\\n\",\"b\"],\"text/html\":[\"<p>\\n\",\"</p>\"],"
                        + "\"image/png\":\"AAAA\"}");
    }

    @Test
    void of_what_is_redrawn_the_last_is_kept() {
        Notebook notebook = notebook("var live = Screens.current().show(Display.text(\"1\"));\n"
                + "Screens.current().print(Display.text(\"between\"));\n"
                + "live.update(Display.text(\"2\")); live.close();");
        runner.run(notebook, Map.of());
        assertThat(outputs(notebook, 0)).hasSize(2);
        assertThat(outputs(notebook, 0).at("/0/output_type").asText()).isEqualTo("display_data");
        assertThat(outputs(notebook, 0).at("/0/data/text~1plain/0").asText()).isEqualTo("2");
    }

    @Test
    void the_first_failing_cell_ends_the_run() {
        Notebook notebook = notebook("int x = 1;", "int y = 0;\nx / y", "x");
        Ending ending = runner.run(notebook, Map.of());
        assertThat(ending).isInstanceOfSatisfying(Ending.Stopped.class, stopped -> {
            assertThat(stopped.cell()).isEqualTo(2);
            assertThat(stopped.error().text())
                    .isEqualTo("Cell In[2], line 2\n    x / y\nArithmeticException: / by zero");
        });
        assertThat(outputs(notebook, 1).toString())
                .isEqualTo("[{\"output_type\":\"error\",\"ename\":\"ArithmeticException\","
                        + "\"evalue\":\"ArithmeticException: / by zero\",\"traceback\":[\"Cell In[2], line 2\","
                        + "\"    x / y\",\"ArithmeticException: / by zero\"]}]");
        assertThat(outputs(notebook, 2)).isEmpty();
        assertThat(notebook.cells().get(2).node().path("execution_count").isNull())
                .isTrue();
    }

    @Test
    void a_cell_that_is_tagged_to_fail_does_not_end_the_run() {
        Notebook notebook = notebook("Integer.parseInt(\"x\")", "3");
        tag(notebook, 0, "raises-exception");
        assertThat(runner.run(notebook, Map.of())).isEqualTo(new Ending.Finished(2));
        assertThat(outputs(notebook, 0).at("/0/output_type").asText()).isEqualTo("error");
    }

    @Test
    void outputs_of_an_earlier_run_are_replaced_and_empty_cells_are_left_alone() {
        Notebook notebook = notebook("1", "", "2");
        runner.run(notebook, Map.of());
        runner.run(notebook, Map.of());
        assertThat(outputs(notebook, 0)).hasSize(1);
        assertThat(outputs(notebook, 2).at("/0/execution_count").asInt()).isEqualTo(2);
        assertThat(notebook.cells().get(1).node().path("execution_count").isNull())
                .isTrue();
    }

    @Test
    void a_parameter_replaces_the_value_of_its_variable() {
        Notebook notebook = notebook(PARAMETERS, "epochs + \" \" + rate + \" \" + name + \" \" + fast");
        tag(notebook, 0, "parameters");
        Map<String, String> values = Map.of("epochs", "3", "rate", "0.5", "name", "a \"b\"", "fast", "true");
        assertThat(runner.run(notebook, values)).isEqualTo(new Ending.Finished(3));
        assertThat(notebook.cells().get(1).hasTag("injected-parameters")).isTrue();
        assertThat(notebook.cells().get(1).source()).contains("epochs = 3;", "rate = 0.5;", "name = \"a \\\"b\\\"\";");
        assertThat(outputs(notebook, 2).at("/0/data/text~1plain/0").asText()).isEqualTo("3 0.5 a \"b\" true");

        runner.run(notebook, Map.of("epochs", "4"));
        assertThat(notebook.cells()).hasSize(3);
        assertThat(notebook.cells().get(1).source()).isEqualTo("// Parameters\nepochs = 4;");

        runner.run(notebook, Map.of());
        assertThat(notebook.cells()).hasSize(2);
    }

    @Test
    void a_parameter_that_does_not_fit_is_refused_before_anything_runs() {
        Notebook notebook = notebook(PARAMETERS, "1");
        assertRefused(
                notebook,
                "epochs",
                "3",
                "the notebook takes no parameters: none of its code cells is tagged \"parameters\" (-p epochs)");
        tag(notebook, 0, "parameters");
        assertRefused(
                notebook,
                "epoch",
                "3",
                "the notebook has no parameter epoch; it has epochs (int), rate (double), name (String),"
                        + " fast (boolean), widths (List<Integer>)");
        assertRefused(notebook, "epochs", "3.5", "the parameter epochs is of type int, and \"3.5\" is none");
        assertRefused(notebook, "rate", "NaN", "the parameter rate is of type double, and \"NaN\" is none");
        assertRefused(notebook, "fast", "yes", "the parameter fast is of type boolean, and \"yes\" is none");
        assertRefused(
                notebook,
                "widths",
                "3",
                "the parameter widths is a List<Integer>, which cannot be given on the command line: int, long, double,"
                        + " float, boolean and String can");
        assertThat(outputs(notebook, 1)).isEmpty();
    }

    private void assertRefused(Notebook notebook, String name, String value, String message) {
        assertThatThrownBy(() -> runner.run(notebook, Map.of(name, value)))
                .isInstanceOf(QuireException.class)
                .hasMessage(message);
    }

    @Test
    void an_interrupted_cell_keeps_what_it_printed() throws Exception {
        Mark begun = new Mark();
        Notebook notebook =
                notebook("System.out.println(\"begun\");\n" + begun.statement() + "\nThread.sleep(30_000);", "1");
        CompletableFuture<Ending> ending = OwnThread.start(() -> runner.run(notebook, Map.of()));
        begun.await();
        while (!ending.isDone()) {
            TimeUnit.MILLISECONDS.sleep(300);
            runner.interrupt();
        }
        assertThat(ending.get()).isEqualTo(new Ending.Cancelled(1, 2));
        assertThat(outputs(notebook, 0).at("/0/text/0").asText()).isEqualTo("begun\n");
        assertThat(outputs(notebook, 0).at("/1/ename").asText()).isEqualTo("Interrupted");
    }

    @Test
    void progress_is_a_line_for_each_cell() {
        runner.run(notebook("// first\nint x = 1;", "System.out.println(\"not here\")"), Map.of());
        assertThat(printed.toString(StandardCharsets.UTF_8))
                .matches(
                        "\\[1/2] int x = 1;  \\d+\\.\\d s\n\\[2/2] System.out.println\\(\"not here\"\\)  \\d+\\.\\d s\n");
    }

    @Test
    void on_a_terminal_the_line_is_drawn_over() throws InterruptedException {
        try (NotebookRunner interactive = new NotebookRunner(terminal(true))) {
            interactive.run(notebook("Thread.sleep(500);"), Map.of());
        }
        List<String> frames = List.of(printed.toString(StandardCharsets.UTF_8).split("\r\u001b\\[K"));
        assertThat(frames).hasSizeGreaterThan(3).allMatch(frame -> frame.strip().length() < 60);
        assertThat(frames.get(frames.size() - 1)).matches("\\[1/1] Thread.sleep\\(500\\);  \\d+(\\.\\d)? s\n");
    }

    private static Notebook notebook(String... sources) {
        ObjectNode root =
                new ObjectMapper().createObjectNode().put("nbformat", 4).put("nbformat_minor", 5);
        for (String source : sources) {
            root.withArray("cells").addObject().put("cell_type", "code").put("source", source);
        }
        return Notebook.of(root.toString(), "test");
    }

    private static void tag(Notebook notebook, int cell, String tag) {
        notebook.cells()
                .get(cell)
                .node()
                .withObjectProperty("metadata")
                .withArray("tags")
                .add(tag);
    }

    private static JsonNode outputs(Notebook notebook, int cell) {
        return notebook.cells().get(cell).node().path("outputs");
    }
}
