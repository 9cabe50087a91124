package dev.quire.kernel.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.quire.kernel.Mark;
import dev.quire.kernel.OwnThread;
import dev.quire.kernel.session.CellResult.Done;
import dev.quire.kernel.session.CellResult.Failed;
import dev.quire.kernel.session.CellResult.Interrupted;
import dev.quire.kernel.session.CellResult.Value;
import java.lang.reflect.Modifier;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SessionTest {
    private Session session;
    private int cell;

    @BeforeEach
    void open() throws InterruptedException {
        session = Session.open();
    }

    @AfterEach
    void close() {
        session.close();
    }

    @Test
    void the_last_expression_is_the_value_of_the_cell() throws InterruptedException {
        assertThat(value("int x = 20;\nx + 1;\nx * 2 + 2")).isEqualTo(42);
    }

    @Test
    void a_value_is_the_object_itself() throws InterruptedException {
        run("var list = new ArrayList<>(List.of(1, 2));");
        Object first = value("list");
        assertThat(value("list")).isSameAs(first);
    }

    @Test
    void a_value_is_shown_as_it_shows_itself() throws InterruptedException {
        run("record Sign(String text) implements Displayable { public Display display() {"
                + " return Display.text(\"sign: \" + text); } }");
        Done done = (Done) run("new Sign(\"stop\")");
        assertThat(shown(done).display().plain()).isEqualTo("sign: stop");
    }

    @Test
    void declarations_assignments_and_statements_show_nothing() throws InterruptedException {
        for (String source :
                List.of("var a = 3;", "a = 4;", "int f() { return 1; }", "if (a > 1) a++;", "// nothing")) {
            assertThat(run(source)).as(source).isEqualTo(new Done(null, List.of()));
        }
    }

    @Test
    void null_is_a_value() throws InterruptedException {
        assertThat(shown((Done) run("(String) null")).display().plain()).isEqualTo("null");
    }

    @Test
    void a_line_may_begin_with_a_dot() throws InterruptedException {
        assertThat(value("Stream.of(3, 4)\n    .mapToInt(i -> i)\n    .sum();")).isEqualTo(7);
    }

    @Test
    void a_compile_error_names_cell_line_and_source() throws InterruptedException {
        CellError error = error("int x = 3;\n\n// a comment\nint y = x + sequental(4);");
        assertThat(error.text()).isEqualTo("""
                Cell In[1], line 4
                    int y = x + sequental(4);
                                ^
                cannot find symbol: method sequental(int); did you mean sequential?""");
    }

    @Test
    void a_missing_method_of_a_variable_names_the_variable() throws InterruptedException {
        assertThat(error("var words = List.of(1);\nwords.sizes()").message())
                .isEqualTo("cannot find symbol: method sizes() in variable words of type List<Integer>;"
                        + " did you mean size?");
    }

    @Test
    void what_is_not_closed_is_not_run_at_all() throws InterruptedException {
        run("int x = 1;");
        CellError error = error("x = 2;\nList.of(1,\n  2");
        assertThat(error.text()).isEqualTo("""
                Cell In[2], line 2
                    List.of(1,
                this is not finished: a bracket, a quote or a comment is not closed""");
        assertThat(value("x")).isEqualTo(1);
    }

    @Test
    void an_exception_names_the_line_of_the_cell_and_its_caller() throws InterruptedException {
        run("int third(List<Integer> list) {\n    int at = 7;\n    return list.get(at);\n}");
        CellError error = error("int a = 1;\n\nint b = third(List.of(1, 2, 3));");
        assertThat(error.text()).isEqualTo("""
                Cell In[1], line 3, called from Cell In[2], line 3
                    return list.get(at);
                ArrayIndexOutOfBoundsException: Index 7 out of bounds for length 3""");
        assertThat(error.name()).isEqualTo("ArrayIndexOutOfBoundsException");
    }

    @Test
    void an_exception_of_quire_shows_its_message_alone() throws InterruptedException {
        CellError error = error("Supplier<Integer> bad = () -> {\n    throw new dev.quire.QuireException(\"dense(0):"
                + " units must be at least 1\");\n};\nint x = bad.get();");
        assertThat(error.message()).isEqualTo("dense(0): units must be at least 1");
        assertThat(error.places()).extracting(Place::line).containsExactly(2, 4);
    }

    @Test
    void a_wrapped_exception_of_quire_is_found() throws InterruptedException {
        assertThat(error("CompletableFuture.runAsync(() -> { throw new dev.quire.QuireException(\"no such file\"); })"
                                        .replace("CompletableFuture", "java.util.concurrent.CompletableFuture")
                                + ".join();")
                        .message())
                .isEqualTo("no such file");
    }

    @Test
    void causes_are_named() throws InterruptedException {
        assertThat(error("if (true) throw new IllegalStateException(\"outer\", new IOException(\"disk full\"));")
                        .message())
                .isEqualTo("IllegalStateException: outer\ncaused by IOException: disk full");
    }

    @Test
    void a_value_that_fails_to_show_itself_does_not_fail_the_cell() throws InterruptedException {
        Done done =
                (Done) run("new Object() { public String toString() { throw new IllegalStateException(\"shy\"); } }");
        assertThat(shown(done).display().plain()).contains("shy");
    }

    @Test
    void types_of_quire_and_of_java_are_at_hand() throws InterruptedException {
        assertThat(run("Layer net = dense(3); Path path = Path.of(\"a\"); Function<Integer, Integer> f = x -> x;"))
                .isInstanceOf(Done.class);
    }

    @Test
    void no_type_at_hand_has_the_name_of_another() {
        List<String> packages = Session.script()
                .lines()
                .filter(line -> line.matches("import [a-z].*[.]\\*;"))
                .map(line -> line.substring("import ".length(), line.length() - ".*;".length()))
                .toList();
        List<JavaClass> types = new ClassFileImporter()
                .importPackages("dev.quire").stream()
                        .filter(type -> packages.contains(type.getPackageName()))
                        .filter(type -> type.getModifiers().contains(JavaModifier.PUBLIC) && type.isTopLevelClass())
                        .toList();
        Map<String, List<JavaClass>> named = types.stream().collect(Collectors.groupingBy(JavaClass::getSimpleName));
        named.values()
                .removeIf(same -> same.size() == 1
                        || same.stream().anyMatch(type -> Session.script().contains("import " + type.getName() + ";")));
        assertThat(named).isEmpty();
        Stream.concat(Stream.of("java.lang"), packages.stream().filter(name -> name.startsWith("java")))
                .forEach(name -> assertThat(types)
                        .filteredOn(type -> isPublicClass(name + "." + type.getSimpleName()))
                        .as("hidden by a type of " + name)
                        .isEmpty());
    }

    private static boolean isPublicClass(String name) {
        try {
            return Modifier.isPublic(Class.forName(name).getModifiers());
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    @Test
    void a_method_may_come_before_what_it_calls() throws InterruptedException {
        Done done = (Done) run("int twice(int x) { return 2 * half(x); }");
        assertThat(done.notes()).containsExactly("twice cannot be used until there is method half(int)");
        assertThat(error("twice(3)").message()).isEqualTo("twice cannot be used until there is method half(int)");
        run("int half(int x) { return x / 2; }");
        assertThat(value("twice(4)")).isEqualTo(4);
    }

    @Test
    void methods_of_one_cell_may_call_each_other() throws InterruptedException {
        assertThat(run("boolean even(int n) { return n == 0 || odd(n - 1); }\n"
                        + "boolean odd(int n) { return n != 0 && even(n - 1); }"))
                .isEqualTo(new Done(null, List.of()));
        assertThat(value("even(10)")).isEqualTo(true);
    }

    @Test
    void a_variable_of_an_unknown_type_is_an_error() throws InterruptedException {
        assertThat(error("Netwrok net = null;").message())
                .isEqualTo("cannot find symbol: class Netwrok; did you mean Network?");
        assertThat(error("Netwrok net;").message()).isEqualTo("cannot find class Netwrok");
    }

    @Test
    void an_interrupted_cell_ends_and_the_session_goes_on() throws Exception {
        Mark sleeps = new Mark();
        CompletableFuture<CellResult> running = OwnThread.start(
                () -> run("int done = 1;\n" + sleeps.statement() + "\nThread.sleep(30_000);\ndone = 2;"));
        sleeps.await();
        while (!running.isDone()) {
            TimeUnit.MILLISECONDS.sleep(300);
            session.interrupt();
        }
        assertThat(running.get()).isEqualTo(new Interrupted());
        assertThat(value("done")).isEqualTo(1);
    }

    @Test
    void a_variable_declared_again_lets_go_of_what_it_held() throws Exception {
        var held = new java.lang.ref.WeakReference<>(value("var big = new byte[1_000_000];\nbig"));
        run("var big = new byte[10];");
        for (int i = 0; i < 50 && !held.refersTo(null); i++) {
            System.gc();
            TimeUnit.MILLISECONDS.sleep(20);
        }
        assertThat(held.refersTo(null)).as("collected").isTrue();
    }

    @Test
    void an_import_leaves_variables_as_they_are() throws InterruptedException {
        run("var list = new ArrayList<>(List.of(1, 2));\nint count = list.size();");
        run("import java.util.concurrent.*;");
        run("var list = new ArrayList<>(List.of(1, 2, 3));");
        assertThat(value("count")).isEqualTo(2);
    }

    private CellResult run(String source) throws InterruptedException {
        cell++;
        return session.run(cell, source);
    }

    private @Nullable Object value(String source) throws InterruptedException {
        CellResult result = run(source);
        assertThat(result).isInstanceOf(Done.class);
        return shown((Done) result).object();
    }

    private CellError error(String source) throws InterruptedException {
        CellResult result = run(source);
        assertThat(result).isInstanceOf(Failed.class);
        return ((Failed) result).error();
    }

    private static Value shown(Done done) {
        Value value = done.value();
        assertThat(value).isNotNull();
        return value;
    }
}
