package dev.quire.kernel.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quire.kernel.session.CellResult.Done;
import dev.quire.kernel.session.CellResult.Failed;
import dev.quire.kernel.session.ExecutedCell.Ending;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What JShell passes over in silence, or words for itself. */
@Timeout(60)
class TrapsTest {
    private Session session;
    private int cell;

    @TempDir
    Path folder;

    @BeforeEach
    void open() throws InterruptedException {
        session = Session.open();
    }

    @AfterEach
    void close() {
        session.close();
    }

    @Test
    void a_missing_semicolon_is_named() throws InterruptedException {
        assertThat(error("int x = 3\nSystem.out.println(x);")).isEqualTo("';' expected: end the line with ;");
        assertThat(error("1 + 2\n3 + 4")).isEqualTo("';' expected: end the line with ;");
    }

    @Test
    void two_names_on_two_lines_are_no_declaration() throws InterruptedException {
        run("int a = 1, b = 2;");
        assertThat(error("a\nb"))
                .isEqualTo("Java reads these two lines as one declaration, a variable b of type a: end the first line"
                        + " with ; if they are two expressions");
    }

    @Test
    void a_line_that_goes_on_from_the_one_before_is_named() throws InterruptedException {
        run("int a = 1, b = 2;");
        assertThat(notes("a\n-b"))
                .containsExactly("line 2 begins with - and so goes on from line 1: end line 1 with ; if they are two,"
                        + " or indent line 2 if they are one");
        assertThat(notes("a\n    - b")).isEmpty();
        assertThat(notes("List.of(a,\n-b)")).isEmpty();
    }

    @Test
    void a_value_that_is_dropped_is_named() throws InterruptedException {
        assertThat(notes("int a = 1;\na + 1;\na"))
                .containsExactly("line 2: the value of a + 1 is not shown; only the last expression of a cell is");
    }

    @Test
    void a_variable_without_a_value_says_why() throws InterruptedException {
        assertThat(error("int n = 9;\nvar word = Optional.<String>empty().orElseThrow();"))
                .isEqualTo("""
                NoSuchElementException: No value present
                word is null: line 2 declared it and failed before it had a value""");
        assertThat(error("word.length()")).isEqualTo("""
                NullPointerException: Cannot invoke "String.length()" because "word" is null
                word is null: Cell In[1], line 2 declared it and failed before it had a value""");
        assertThat(notes("word"))
                .containsExactly("word is null: Cell In[1], line 2 declared it and failed before it had a value");
        run("word = \"here\";");
        assertThat(notes("word")).isEmpty();
    }

    @Test
    void a_variable_that_does_not_compile_was_not_declared() throws InterruptedException {
        assertThat(error("int wrong = \"abc\";")).isEqualTo("incompatible types: String cannot be converted to int");
    }

    @Test
    void a_method_spoiled_by_another_type_is_named() throws InterruptedException {
        run("int k = 3;\nint next() { return k + 1; }");
        assertThat(notes("String k = \"x\";"))
                .containsExactly("next (Cell In[1], line 2) cannot be used any more, as k is of type String now:"
                        + " incompatible types: String cannot be converted to int");
        assertThat(error("next()"))
                .isEqualTo("next cannot be used: incompatible types: String cannot be converted to int");
    }

    @Test
    void an_unknown_name_suggests_one_that_is_known() throws InterruptedException {
        run("int pictures = 3;");
        assertThat(error("picturs + 1")).endsWith("variable picturs; did you mean pictures?");
        assertThat(error("dense(3, reluu())")).endsWith("method reluu(); did you mean relu?");
        assertThat(error("Math.mx(1, 2)")).endsWith("in class Math; did you mean max?");
        assertThat(error("xyzzyplugh")).isEqualTo("cannot find symbol: variable xyzzyplugh");
    }

    @Test
    void the_process_is_not_ended_by_a_cell() throws InterruptedException {
        assertThat(error("System.exit(3);")).startsWith("System.exit(3) would end this session");
        assertThat(error("Runnable end = () -> Runtime.getRuntime().halt(1);\nend.run();"))
                .startsWith("Runtime.halt(1) would end");
        assertThat(error("IntConsumer end = System::exit;\nend.accept(4);")).startsWith("System.exit(4) would end");
    }

    @Test
    void endless_recursion_is_one_sentence() throws InterruptedException {
        run("int deep(int n) {\n    return deep(n + 1) + 1;\n}");
        CellError error = ((Failed) run("deep(0)")).error();
        assertThat(error.message())
                .isEqualTo("StackOverflowError: calls are nested too deeply; does a method call itself without end?");
        assertThat(error.places()).extracting(Place::line).containsExactly(2);
    }

    @Test
    void a_full_heap_names_its_size_and_the_remedy() throws InterruptedException {
        assertThat(error("long[] big = new long[Integer.MAX_VALUE - 8];"))
                .matches("(?s)OutOfMemoryError: .*; Java may use \\d+ MB: .*QUIRE_JAVA_OPTIONS=-Xmx8g.*");
        assertThat(run("1 + 1")).isInstanceOf(Done.class);
    }

    @Test
    void an_error_of_a_thread_that_a_cell_started_names_its_line() throws InterruptedException {
        PrintStream before = System.err;
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
        try {
            run("var thread = new Thread(() -> {\n    int n = 1;\n    throw new IllegalStateException(\"no \" + n);\n},"
                    + " \"reader\");\nthread.start();\nthread.join();");
        } finally {
            System.setErr(before);
        }
        assertThat(err.toString(StandardCharsets.UTF_8)).isEqualToIgnoringNewLines("""
                thread reader of a cell ended with an error
                Cell In[1], line 3
                    throw new IllegalStateException("no " + n);
                IllegalStateException: no 1
                """);
    }

    @Test
    void a_very_long_text_is_cut_and_its_size_named() throws InterruptedException {
        Done done = (Done) run("record Long() implements Displayable { public Display display() {"
                + " return Display.text(\"a\".repeat(3_000_000)); } }\nnew Long()");
        CellResult.Value value = done.value();
        assertThat(value).isNotNull();
        assertThat(value.display().plain())
                .hasSizeLessThan(11_000)
                .endsWith("(the first 10,000 of 3,000,000 characters)");
    }

    @Test
    void the_last_failure_keeps_its_full_trace() throws InterruptedException {
        assertThat(session.lastTrace()).isEmpty();
        error("int n = 7;\n\"abc\".charAt(n);");
        assertThat(session.lastTrace().orElseThrow())
                .startsWith("java.lang.StringIndexOutOfBoundsException")
                .contains("at Cell In[1], line 2", "java.lang.String.charAt");
        error("int x = ;");
        assertThat(session.lastTrace().orElseThrow()).contains("Cell In[2], line 1");
    }

    @Test
    void cells_are_kept_with_how_they_ended() throws InterruptedException {
        run("int x = 1;");
        run("nowhere()");
        assertThat(session.cells()).extracting(ExecutedCell::ending).containsExactly(Ending.DONE, Ending.FAILED);
        assertThat(session.cells().get(1).source()).isEqualTo("nowhere()");
        assertThat(session.cells().get(1).message()).contains("Cell In[2], line 1");
    }

    @Test
    void a_folder_added_to_the_class_path_is_known_to_later_cells() throws Exception {
        Path source = Files.writeString(
                folder.resolve("Word.java"), "package far; public class Word { public static int size = 5; }");
        ToolProvider.getSystemJavaCompiler().run(null, null, null, "-d", folder.toString(), source.toString());
        assertThat(run("far.Word.size")).isInstanceOf(Failed.class);
        run("int before = 4;");
        session.addToClassPath(List.of(folder));
        assertThat(session.classPath()).contains(folder);
        Done done = (Done) run("far.Word.size + before + dense(2).toString().length() * 0");
        CellResult.Value value = done.value();
        assertThat(value).isNotNull();
        assertThat(value.object()).isEqualTo(9);
    }

    @Test
    void a_cell_of_many_lines_is_taken_apart_in_one_pass() throws InterruptedException {
        String lines = IntStream.range(0, 20_000)
                .mapToObj(i -> "// line " + i + " " + "x".repeat(40))
                .collect(Collectors.joining("\n"));
        assertThat(session.declarations(lines + "\nint last = 1;"))
                .extracting(Variable::name)
                .containsExactly("last");
    }

    private CellResult run(String source) throws InterruptedException {
        cell++;
        return session.run(cell, source);
    }

    private String error(String source) throws InterruptedException {
        CellResult result = run(source);
        assertThat(result).isInstanceOf(Failed.class);
        return ((Failed) result).error().message();
    }

    private List<String> notes(String source) throws InterruptedException {
        CellResult result = run(source);
        assertThat(result).isInstanceOf(Done.class);
        return ((Done) result).notes();
    }
}
