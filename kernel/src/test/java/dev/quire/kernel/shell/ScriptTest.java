package dev.quire.kernel.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quire.kernel.history.MemoryHistory;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What {@code ./quire shell < script} prints. */
@Timeout(300)
class ScriptTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final MemoryHistory history = new MemoryHistory();
    private final Prompt prompt = new Prompt(new Printer(stream(out), stream(err), false), history);

    @TempDir
    private Path folder;

    private static PrintStream stream(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }

    @AfterEach
    void close() {
        prompt.close();
    }

    private OptionalInt run(String... lines) throws IOException, InterruptedException {
        Iterator<String> next = Arrays.asList(lines).iterator();
        return new Script(prompt, new Commands(prompt)).run("", () -> next.hasNext() ? next.next() : null);
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    @Test
    void snippets_run_as_soon_as_they_are_complete() throws Exception {
        assertThat(run(
                        "var list = List.of(1,",
                        "    2, 3);",
                        "",
                        "// a method whose body begins on the next line",
                        "int twice(int x)",
                        "{",
                        "    return 2 * x;",
                        "}",
                        "twice(list.size())",
                        "for (int i = 0; i < 2; i++)",
                        "    list.get(i);",
                        "\"text\""))
                .isEmpty();
        assertThat(out()).isEqualTo("6\ntext\n");
        assertThat(err()).isEmpty();
    }

    @Test
    void what_a_cell_knows_the_prompt_knows() throws Exception {
        run("help(flatten)", "%magics", "%time 6 * 7", "%%bash", "true", "", "'x'");
        assertThat(out())
                .contains("flatten() → Layer")
                .contains("%maven")
                .contains("42\n")
                .endsWith("x\n");
        assertThat(err()).isEmpty();
    }

    @Test
    void an_error_names_the_line_of_the_input_and_the_rest_runs() throws Exception {
        run("", "var filters = 0;", "conv(filters, 3)", "covn(1, 3)", "filters");
        assertThat(err())
                .startsWith(
                        "line 3\n    conv(filters, 3)\nconv: filters must be at least 1, got 0\nline 4\n    covn(1, 3)\n")
                .endsWith("did you mean conv?\n");
        assertThat(out()).isEqualTo("0\n");
    }

    @Test
    void a_variable_whose_line_failed_is_told_by_its_line() throws Exception {
        run("", "var houses = csv(\"" + folder.resolve("none.csv") + "\");", "houses.train()");
        assertThat(err())
                .contains("line 3\n    houses.train()\n")
                .endsWith("houses is null: line 2 declared it and failed before it had a value\n");
    }

    @Test
    void a_snippet_without_an_end_is_an_error() throws Exception {
        assertThat(run("1 + 1", "var m = sequential(", "/exit 4")).hasValue(1);
        assertThat(out()).isEqualTo("2\n");
        assertThat(err()).isEqualTo("""
                line 2
                    var m = sequential(
                this is not finished: a bracket, a quote or a comment is not closed
                the input ended before line 2 was finished
                """);
    }

    @Test
    void the_exit_code_is_the_one_that_was_asked_for() throws Exception {
        assertThat(run("/exit 3", "throw new Error()")).hasValue(3);
        assertThat(run("/exit x", "/ex")).hasValue(0);
        assertThat(err()).isEqualTo("/exit takes a number, not 'x'\n");
        assertThat(run("nowhere()")).isEmpty();
    }

    @Test
    void an_unknown_command_is_told_what_there_is() throws Exception {
        run("/edit", "/h", "/* no command */", "// nor this");
        assertThat(err()).isEqualTo("""
                there is no command /edit: there are /exit, /help, /vars, /methods, /imports, /list, /history, /open, \
                /save, /reset
                /h may be /help or /history
                """);
    }

    @Test
    void what_was_declared_is_listed_until_it_is_reset() throws Exception {
        run(
                "int epochs = 3;",
                "List<String> names = List.of(\"a\");",
                "String none = null;",
                "int twice(int x) { return 2 * x; }",
                "import java.util.regex.Pattern;",
                "broken(",
                ")",
                "/vars",
                "/methods",
                "/imports",
                "/list");
        assertThat(out())
                .startsWith("int epochs = 3\nList<String> names = [a]\nString none = null\ntwice(int)\nimport static")
                .contains("import java.util.regex.Pattern\n")
                .contains("\n1    int epochs = 3;\n2    List")
                .doesNotContain("broken");
        out.reset();
        run("/reset", "/vars", "/list", "/history 1", "var x = 1.5;", "/vars");
        assertThat(out()).isEqualTo("6    broken(\n     )\ndouble x = 1.5\n");
    }

    @Test
    void a_session_is_saved_and_opened_again() throws Exception {
        Path file = folder.resolve("saved.jsh");
        run("int half(int x) {", "    return x / 2;", "}", "nowhere()", "half(8)", "/save " + file, "/reset");
        assertThat(file).hasContent("int half(int x) {\n    return x / 2;\n}\nhalf(8)\n");
        out.reset();
        run("/open " + file, "half(20)", "/open " + folder.resolve("none.jsh"), "/open");
        assertThat(out()).isEqualTo("4\n10\n");
        assertThat(err())
                .endsWith(
                        "/open: there is no file " + folder.resolve("none.jsh") + "\n/open needs a file: /open FILE\n");
    }

    @Test
    void an_error_in_a_file_names_the_file_and_its_line() throws Exception {
        Path file = Files.writeString(folder.resolve("a.jsh"), "int a = 1;\n\na.size()\n/exit 7\n");
        assertThat(run("/open " + file, "a")).hasValue(7);
        assertThat(err()).startsWith(file + ", line 3\n    a.size()\n     ^\n");
    }

    @Test
    void a_file_that_opens_itself_comes_to_an_end() throws Exception {
        Path file = folder.resolve("loop.jsh");
        Files.writeString(file, "/open " + file + "\n");
        run("/open " + file);
        assertThat(err()).isEqualTo("/open: " + file + " is opened by a file that it opens\n");
    }

    @Test
    void what_ran_is_in_the_history_with_its_value() throws Exception {
        run("6 * 7", "/vars");
        assertThat(history.entries())
                .singleElement()
                .satisfies(entry ->
                        assertThat(entry.source() + " = " + entry.output()).isEqualTo("6 * 7 = 42"));
    }
}
