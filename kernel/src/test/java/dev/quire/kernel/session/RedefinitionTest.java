package dev.quire.kernel.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quire.kernel.session.CellResult.Done;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class RedefinitionTest {
    @TempDir
    Path folder;

    @Test
    void a_variable_survives_a_change_of_what_it_was_made_from() throws Exception {
        assertThat(printed(
                        "int twice(int x) { return x * 2; }",
                        "var list = new ArrayList<>(List.of(twice(4)));",
                        "Supplier<Integer> first = () -> list.get(0) + twice(1);",
                        "int twice(int x) { return x * 20; }",
                        "import java.util.concurrent.*;",
                        "list",
                        "first.get()"))
                .containsExactly("[8]", "28");
    }

    @Test
    void a_class_that_gains_a_method_is_loaded_again() throws Exception {
        assertThat(printed(
                        "class A { int one() { return 1; } }",
                        "class A { int one() { return 1; } int two() { return 2; } }",
                        "new A().two()"))
                .containsExactly("2");
    }

    @Test
    void types_are_there_from_the_first_cell_that_names_one_and_variables_before_it_stay() throws Exception {
        assertThat(printed(
                        "var seven = 3 + 4;", "seven", "var list = new ArrayList<>(List.of(seven));", "list", "seven"))
                .containsExactly("7", "[7]", "7");
        assertThat(printed("Path.of(\"a\").getFileName()")).containsExactly("a");
    }

    /** The values of the cells, run in a JVM that was started as the launcher starts it. */
    private List<String> printed(String... cells) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-javaagent:" + agent(),
                "-cp",
                System.getProperty("java.class.path"),
                Cells.class.getName()));
        command.addAll(List.of(cells));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output.lines().toList();
    }

    /** A jar with a manifest alone: the agent's class comes from the class path. */
    private Path agent() throws IOException {
        Manifest manifest = new Manifest();
        Attributes attributes = manifest.getMainAttributes();
        attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        attributes.putValue("Premain-Class", Redefinition.class.getName());
        attributes.putValue("Can-Redefine-Classes", "true");
        Path jar = folder.resolve("agent.jar");
        new JarOutputStream(Files.newOutputStream(jar), manifest).close();
        return jar;
    }

    static final class Cells {
        public static void main(String[] cells) throws InterruptedException {
            try (Session session = Session.open()) {
                for (String cell : cells) {
                    CellResult result = session.run(1, cell);
                    if (!(result instanceof Done done)) {
                        throw new IllegalStateException(cell + ": " + result);
                    }
                    if (done.value() != null) {
                        System.out.println(done.value().display().plain());
                    }
                }
            }
        }
    }
}
