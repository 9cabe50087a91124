package dev.quire.kernel.interpreter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.quire.kernel.Mark;
import dev.quire.kernel.OwnThread;
import dev.quire.kernel.session.CellError;
import dev.quire.kernel.session.CellResult;
import dev.quire.kernel.session.CellResult.Done;
import dev.quire.kernel.session.CellResult.Failed;
import dev.quire.kernel.session.CellResult.Interrupted;
import dev.quire.kernel.session.CellResult.Value;
import dev.quire.view.Display;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class InterpreterTest {
    private final PrintStream out = System.out;
    private final PrintStream err = System.err;
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private Interpreter interpreter;

    @BeforeEach
    void open() throws InterruptedException {
        interpreter = Interpreter.open();
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        System.setErr(System.out);
    }

    @AfterEach
    void close() {
        System.setOut(out);
        System.setErr(err);
        interpreter.close();
    }

    @Test
    void java_and_magics_run_in_order() throws InterruptedException {
        assertThat(value("int a = 20;\n%time a++\na * 2")).isEqualTo(42);
        assertThat(printed()).containsPattern("time [\\d.]+ m?s, processors [\\d.]+ m?s");
    }

    @Test
    void the_value_of_a_timed_line_is_kept() throws InterruptedException {
        assertThat(value("%time 6 * 7")).isEqualTo(42);
        assertThat(value("%%time\nint b = 6;\nb * 7")).isEqualTo(42);
    }

    @Test
    void a_declaration_in_a_timed_line_stays() throws InterruptedException {
        done("%time var text = \"kept\";");
        assertThat(value("text")).isEqualTo("kept");
    }

    @Test
    void errors_behind_a_magic_name_the_line_of_the_cell() throws InterruptedException {
        CellError error = failure("int a = 1;\n%time a\n\nint c = nowhere;");
        assertThat(error.text()).startsWith("Cell In[1], line 4\n    int c = nowhere;\n            ^");
        assertThat(failure("\n%time nowhere").text()).startsWith("Cell In[1], line 2\n    nowhere\n    ^");
        assertThat(failure("%%time\nint a = 1;\nint c = nowhere;").text()).startsWith("Cell In[1], line 3");
    }

    @Test
    void nothing_runs_after_what_failed() throws InterruptedException {
        failure("int before = 1;\n%nowhere\nint after = 2;");
        assertThat(value("before")).isEqualTo(1);
        assertThat(failure("after").message()).contains("cannot find symbol");
    }

    @Test
    void an_unknown_magic_offers_the_nearest() throws InterruptedException {
        assertThat(failure("int a;\n%mavne a:b:1").text())
                .isEqualTo("Cell In[1], line 2\n    %mavne a:b:1\nthere is no magic %mavne: did you mean '%maven'?");
        assertThat(failure("%bash").message()).contains("'%%bash'");
    }

    @Test
    void wrong_arguments_show_how_it_is_written() throws InterruptedException {
        assertThat(failure("%load").message()).isEqualTo("%load: it takes one file, not 0; it is written %load FILE");
        assertThat(failure("%runs now").message()).contains("it takes no argument, not 'now'");
        assertThat(failure("%time").message()).contains("there is nothing to time");
    }

    @Test
    void the_magic_of_a_cell_stands_on_its_first_line() throws InterruptedException {
        assertThat(failure("int a = 1;\n%%bash\necho").message())
                .isEqualTo("%%bash takes the rest of its cell: put it on the first line");
    }

    @Test
    void all_magics_are_listed() throws InterruptedException {
        String list = done("%magics").display().plain();
        assertThat(list).contains("%classpath PATH…", "%magics", "Runs the lines below in bash");
        assertThat(interpreter.magics().names()).contains("%maven", "%%bash", "%magics");
        assertThat(interpreter.magics().help("%load").orElseThrow().plain())
                .isEqualTo("%load FILE\nRuns a .jsh or .java file in this session.");
    }

    @Test
    void magics_are_completed_and_explained() {
        assertThat(interpreter
                        .session()
                        .assistant()
                        .complete("int a = 1;\n%ma", 14)
                        .items())
                .extracting(item -> item.text())
                .containsExactly("%magics", "%maven");
        assertThat(interpreter
                        .session()
                        .assistant()
                        .inspect("%maven a:b:1", 4)
                        .orElseThrow()
                        .plain())
                .startsWith("%maven GROUP:ARTIFACT:VERSION");
    }

    @Test
    void a_page_is_shown_as_it_is() throws InterruptedException {
        assertThat(done("%%html\n<b>bold</b>\n").display().data())
                .containsEntry(Display.HTML, "<b>bold</b>\n")
                .containsEntry(Display.TEXT, "<b>bold</b>");
        assertThat(done("%%markdown\n# Head").display().data()).containsEntry(Display.MARKDOWN, "# Head");
    }

    @Test
    void a_trace_is_shown_in_full() throws InterruptedException {
        assertThat(failure("%trace").message()).isEqualTo("no cell of this session has thrown an exception");
        failure("List.of(1).get(7)");
        assertThat(done("%trace").display().plain())
                .startsWith("java.lang.IndexOutOfBoundsException: Index: 7 Size: 1")
                .contains("at java.base/java.util.ImmutableCollections");
    }

    @Test
    void runs_are_a_table() throws InterruptedException {
        assertThat(done("%runs").display().plain()).isNotBlank();
    }

    @Test
    void a_file_is_loaded(@TempDir Path folder) throws InterruptedException, IOException {
        Path file = Files.writeString(
                folder.resolve("Greeting.java"),
                "package a.b;\n\n/** Greets. */\nrecord Greeting(String name) {\n    String text() { return \"hello \" + name; }\n}\n");
        assertThat(value("%load " + file + "\nnew Greeting(\"you\").text()")).isEqualTo("hello you");
    }

    @Test
    void an_error_in_a_file_names_file_and_line(@TempDir Path folder) throws InterruptedException, IOException {
        Path file = Files.writeString(folder.resolve("a b.jsh"), "int fine = 1;\nint wrong = nowhere;\n");
        assertThat(failure("%load \"" + file + "\"").text())
                .startsWith(file + ", line 2\n    int wrong = nowhere;\ncannot find symbol");
        assertThat(failure("%load nothing.jsh").message()).startsWith("%load: there is no file ");
    }

    @Test
    void jars_and_folders_come_onto_the_class_path(@TempDir Path folder) throws InterruptedException, IOException {
        Path source = Files.writeString(
                folder.resolve("Answer.java"),
                "package far; public class Answer { public static int of() { return 42; } }");
        Path classes = Files.createDirectory(folder.resolve("classes"));
        ToolProvider.getSystemJavaCompiler().run(null, null, null, "-d", classes.toString(), source.toString());
        assertThat(value("%classpath '" + classes + "'\nfar.Answer.of()")).isEqualTo(42);
        assertThat(failure("%classpath " + folder + "/*.jar").message())
                .isEqualTo("%classpath: there is no jar " + folder + "/*.jar");
        assertThat(failure("%classpath " + source).message()).endsWith("is neither a jar nor a folder");
    }

    @Test
    void bash_prints_to_both_streams_and_reads_nothing() throws InterruptedException {
        assumeBash();
        done("%%bash\necho out; cat; echo wrong >&2; printf 'ü'");
        assertThat(printed()).contains("out\n", "wrong\n", "ü");
    }

    @Test
    void a_status_of_bash_is_an_error() throws InterruptedException {
        assumeBash();
        assertThat(failure("%%bash\necho before\nexit 3").text())
                .isEqualTo("Cell In[1], line 1\n    %%bash\nbash ended with status 3");
        assertThat(printed()).isEqualTo("before\n");
    }

    @Test
    void stop_ends_bash_and_what_it_started(@TempDir Path folder) throws Exception {
        assumeBash();
        Path pid = folder.resolve("pid");
        CompletableFuture<CellResult> cell =
                later("%%bash\nsleep 100 & echo $! > '" + pid + ".new'; mv '" + pid + ".new' '" + pid + "'; wait");
        while (!Files.exists(pid)) {
            Thread.sleep(5);
        }
        interpreter.interrupt();
        assertThat(cell.get(30, TimeUnit.SECONDS)).isInstanceOf(Interrupted.class);
        long process = Long.parseLong(Files.readString(pid).strip());
        ProcessHandle.of(process)
                .ifPresent(handle -> assertThat(handle.onExit()).succeedsWithin(java.time.Duration.ofSeconds(5)));
        assertThat(value("1 + 1")).isEqualTo(2);
    }

    @Test
    void what_bash_leaves_in_the_background_does_not_hold_the_cell() throws InterruptedException {
        assumeBash();
        long start = System.nanoTime();
        done("%%bash\nsleep 40 &");
        assertThat(System.nanoTime() - start).isLessThan(TimeUnit.SECONDS.toNanos(30));
    }

    @Test
    void stop_ends_a_timed_line_and_what_follows() throws Exception {
        Mark sleeps = new Mark();
        CompletableFuture<CellResult> cell =
                later("%time { " + sleeps.statement() + " Thread.sleep(100_000); }\nint never = 1;");
        sleeps.await();
        interpreter.interrupt();
        assertThat(cell.get(30, TimeUnit.SECONDS)).isInstanceOf(Interrupted.class);
        assertThat(failure("never").message()).contains("cannot find symbol");
    }

    private CompletableFuture<CellResult> later(String source) {
        return OwnThread.start(() -> interpreter.run(1, source));
    }

    private static void assumeBash() {
        assumeTrue(
                List.of(System.getenv("PATH").split(":")).stream()
                        .anyMatch(folder -> Files.isExecutable(Path.of(folder, "bash"))),
                "there is no bash on the PATH");
    }

    private String printed() {
        return printed.toString(StandardCharsets.UTF_8);
    }

    private @Nullable Object value(String source) throws InterruptedException {
        return done(source).object();
    }

    private Value done(String source) throws InterruptedException {
        CellResult result = interpreter.run(1, source);
        assertThat(result).as(() -> ((Failed) result).error().text()).isInstanceOf(Done.class);
        return Objects.requireNonNullElse(((Done) result).value(), new Value(null, Display.text("")));
    }

    private CellError failure(String source) throws InterruptedException {
        CellResult result = interpreter.run(1, source);
        assertThat(result).isInstanceOf(Failed.class);
        return ((Failed) result).error();
    }
}
