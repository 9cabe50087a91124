package dev.quire.kernel.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class MainTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final PrintStream standardOut = System.out;
    private final PrintStream standardErr = System.err;

    @TempDir
    Path folder;

    @BeforeEach
    void listen() {
        System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void restore() {
        System.setOut(standardOut);
        System.setErr(standardErr);
    }

    @Test
    void the_version_names_quire_the_jdk_and_libtorch() {
        assertThat(Main.execute("--version")).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8).lines())
                .satisfiesExactly(
                        line -> assertThat(line).matches("Quire \\d+\\.\\d+\\.\\d+"),
                        line -> assertThat(line).startsWith("JDK " + Runtime.version()),
                        line -> assertThat(line).matches("libtorch \\d+\\.\\d+\\.\\d+ \\(.*\\)"));
    }

    @Test
    void without_a_command_the_commands_are_listed() {
        assertThat(Main.execute()).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("run", "shell", "doctor", "classpath")
                .doesNotContain("warm-up");
    }

    @Test
    void an_unknown_command_is_a_usage_error() {
        assertThat(Main.execute("rnu")).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("rnu");
    }

    @Test
    void a_notebook_is_executed_in_place() throws IOException {
        Path file = notebook("6 * 7");
        assertThat(Main.execute("run", file.toString())).isZero();
        assertThat(Files.readString(file)).contains("\"42\"");
        assertThat(out.toString(StandardCharsets.UTF_8)).endsWith("wrote " + file + ": 1 cell\n");
        assertThat(err.toString(StandardCharsets.UTF_8)).isEmpty();
    }

    @Test
    void another_file_leaves_the_notebook_as_it_was() throws IOException {
        Path file = notebook("6 * 7");
        String before = Files.readString(file);
        Path other = folder.resolve("other.ipynb");
        assertThat(Main.execute("run", "-o", other.toString(), file.toString())).isZero();
        assertThat(file).hasContent(before);
        assertThat(Files.readString(other)).contains("\"42\"");
    }

    @Test
    void a_failing_cell_exits_with_1_and_names_cell_and_line() throws IOException {
        Path file = notebook("int x = 1;\\nx.size()");
        assertThat(Main.execute("run", file.toString())).isEqualTo(1);
        assertThat(err.toString(StandardCharsets.UTF_8)).isEqualTo("""
                        Cell In[1], line 2
                            x.size()
                             ^
                        int cannot be dereferenced
                        cell 1 of 1 failed; %s holds the outputs up to there
                        """.formatted(file));
        assertThat(Files.readString(file)).contains("int cannot be dereferenced");
    }

    @Test
    void what_cannot_be_run_exits_with_2_in_one_line() throws IOException {
        assertThat(Main.execute("run", "none.ipynb")).isEqualTo(2);
        assertThat(Main.execute("run", notebook("1").toString(), "-o", "none/there.ipynb"))
                .isEqualTo(2);
        assertThat(Main.execute("run", notebook("1").toString(), "-p", "epochs=3"))
                .isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8).lines())
                .satisfiesExactly(
                        line -> assertThat(line).isEqualTo("quire run: there is no notebook none.ipynb"),
                        line -> assertThat(line)
                                .startsWith("quire run: none/there.ipynb cannot be written: there is no folder "),
                        line -> assertThat(line).startsWith("quire run: the notebook takes no parameters"));
    }

    @Test
    void a_server_speaks_to_the_clients_that_are_named() {
        assertThat(Main.execute("serve", "--contract", "digits", "--contract", "canvs"))
                .isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .isEqualTo("quire serve: there is no contract 'canvs', did you mean 'canvas'?\n");
        assertThat(Main.execute("serve", "--help")).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("--contract=NAME", "all unless");
    }

    private Path notebook(String source) throws IOException {
        return Files.writeString(
                folder.resolve("a.ipynb"),
                "{\"nbformat\": 4, \"nbformat_minor\": 5, \"metadata\": {}, \"cells\": [{\"cell_type\": \"code\","
                        + " \"metadata\": {}, \"source\": \"" + source + "\"}]}");
    }
}
