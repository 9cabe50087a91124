package dev.quire.kernel.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quire.kernel.session.Session;
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

/** The JDK's own jshell, with the words and the execution of Quire. */
@Timeout(120)
class PlainJShellTest {
    @TempDir
    Path folder;

    @Test
    void the_words_are_there_and_variables_survive_what_is_declared_after_them() throws Exception {
        assertThat(printed(
                        "int twice(int x) { return 2 * x; }",
                        "var list = new ArrayList<>(List.of(twice(4)));",
                        "import java.util.concurrent.*;",
                        "int twice(int x) { return 20 * x; }",
                        "System.out.println(list + \" \" + twice(1) + \" \" + digits().train().count());"))
                .contains("[8] 20 1437");
    }

    @Test
    void a_mistake_is_answered_in_words_and_the_session_goes_on() throws Exception {
        assertThat(printed("System.exit(3);", "conv(0, 3);", "System.out.println(\"still here\");"))
                .contains("System.exit(3) would end this session")
                .contains("conv: filters must be at least 1, got 0")
                .contains("still here");
    }

    private String printed(String... lines) throws IOException, InterruptedException {
        String classPath = System.getProperty("java.class.path");
        Path startup = Files.writeString(folder.resolve("startup.jsh"), Session.script());
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "jshell").toString(),
                "-J-javaagent:" + agent(),
                "-J--class-path=" + classPath,
                "--class-path",
                classPath,
                "--execution",
                ShellControl.NAME,
                "--startup",
                startup.toString(),
                "-"));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.redirectInput(Files.writeString(folder.resolve("input"), String.join("\n", lines) + "\n/exit\n")
                .toFile());
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return output;
    }

    /** A jar with a manifest alone: the agent's class comes from the class path. */
    private Path agent() throws IOException {
        Manifest manifest = new Manifest();
        Attributes attributes = manifest.getMainAttributes();
        attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        attributes.putValue("Premain-Class", "dev.quire.kernel.session.Redefinition");
        attributes.putValue("Can-Redefine-Classes", "true");
        Path jar = folder.resolve("agent.jar");
        new JarOutputStream(Files.newOutputStream(jar), manifest).close();
        return jar;
    }
}
