package dev.quire.kernel.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class KernelInstallTest {
    private static final String LAUNCHER = "/opt/quire/quire";

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final PrintStream standardOut = System.out;
    private final PrintStream standardErr = System.err;

    @TempDir
    Path prefix;

    @BeforeEach
    void listen() {
        System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
        System.setProperty("quire.launcher", LAUNCHER);
    }

    @AfterEach
    void restore() {
        System.setOut(standardOut);
        System.setErr(standardErr);
        System.clearProperty("quire.launcher");
    }

    @Test
    void jupyter_is_told_what_to_start_and_with_which_jdk() throws IOException {
        assertThat(kernel("install", "--jvm-arg=-Xmx512m", "--jvm-arg=-Dmine=1"))
                .isZero();
        JsonNode json = new ObjectMapper()
                .readTree(folder("quire").resolve("kernel.json").toFile());
        assertThat(json.path("argv"))
                .extracting(JsonNode::asText)
                .containsExactly(
                        LAUNCHER, "kernel", "start", "--jvm-arg=-Xmx512m", "--jvm-arg=-Dmine=1", "{connection_file}");
        assertThat(json.path("display_name").asText()).isEqualTo("Quire (Java)");
        assertThat(json.path("language").asText()).isEqualTo("java");
        assertThat(json.path("interrupt_mode").asText()).isEqualTo("message");
        assertThat(json.path("env").path("JAVA_HOME").asText()).isEqualTo(System.getProperty("java.home"));
    }

    @Test
    void where_jupyter_does_not_look_by_itself_it_says_how() {
        kernel("install");
        assertThat(out())
                .contains("Jupyter looks there in its own environment, or with JUPYTER_PATH=" + prefix
                        + "/share/jupyter\n");
    }

    @Test
    void kernel_alone_lists_what_there_is() {
        assertThat(Main.execute("kernel")).isEqualTo(2);
        assertThat(err()).contains("Say which: install, list, uninstall").doesNotContain("start");
    }

    @Test
    void the_logos_have_the_sizes_of_their_names() throws IOException {
        kernel("install");
        for (int size : new int[] {32, 64}) {
            BufferedImage logo = ImageIO.read(folder("quire")
                    .resolve("logo-%dx%d.png".formatted(size, size))
                    .toFile());
            assertThat(logo.getWidth()).isEqualTo(size);
            assertThat(logo.getHeight()).isEqualTo(size);
        }
        assertThat(folder("quire").resolve("logo-svg.svg")).content().startsWith("<svg");
    }

    @Test
    void it_says_where_it_went_and_what_comes_next() {
        kernel("install");
        assertThat(out().lines())
                .contains("installed the kernel quire, \"Quire (Java)\", in " + folder("quire"))
                .anyMatch(line -> line.startsWith("it runs with JDK " + Runtime.version()))
                .last()
                .isEqualTo("next: jupyter lab /opt/quire/notebooks/");
        assertThat(err()).isEmpty();
    }

    @Test
    void a_kernel_of_the_same_name_is_replaced_with_a_word() throws IOException {
        kernel("install", "--display-name", "First");
        assertThat(kernel("install", "--display-name", "Second")).isZero();
        assertThat(out()).contains("replaced the kernel quire, \"Second\"");
        assertThat(Files.readString(folder("quire").resolve("kernel.json")))
                .contains("Second")
                .doesNotContain("First");
    }

    @Test
    void two_names_are_two_kernels() {
        kernel("install");
        kernel("install", "--name", "quire-big", "--jvm-arg=-Xmx1g");
        assertThat(out()).contains("installed the kernel quire-big, \"Quire (Java, quire-big)\"");
        assertThat(folder("quire")).exists();
        assertThat(folder("quire-big")).exists();
    }

    @Test
    void a_kernel_that_is_not_quires_is_never_touched() throws IOException {
        Path file = Files.createDirectories(folder("python3")).resolve("kernel.json");
        Files.writeString(file, "{\"argv\": [\"python\"], \"display_name\": \"Python 3\"}");
        assertThat(kernel("install", "--name", "python3")).isEqualTo(2);
        assertThat(kernel("uninstall", "--name", "python3")).isEqualTo(2);
        assertThat(err().lines())
                .containsExactly(
                        "quire kernel install: the kernel python3 in " + folder("python3")
                                + " is not Quire's: name this one otherwise, with --name",
                        "quire kernel uninstall: the kernel python3 in " + folder("python3")
                                + " is not Quire's: it is left alone");
        assertThat(file).content().contains("Python 3");
    }

    @Test
    void a_name_that_jupyter_does_not_allow_is_refused() {
        for (String name : new String[] {"Quire", "a b", "..", "a/b", "", "ü"}) {
            err.reset();
            assertThat(kernel("install", "--name", name)).isEqualTo(2);
            assertThat(err())
                    .startsWith("quire kernel install: \"" + name
                            + "\" cannot be the name of a kernel: Jupyter allows a-z");
        }
        assertThat(prefix).isEmptyDirectory();
    }

    @Test
    void what_java_does_not_start_with_is_found_out_at_once() {
        assertThat(kernel("install", "--jvm-arg=-Xmx9y")).isEqualTo(2);
        assertThat(err()).startsWith("quire kernel install: Java does not start with -Xmx9y: ");
        err.reset();
        assertThat(kernel("install", "--jvm-arg=8g")).isEqualTo(2);
        assertThat(err()).startsWith("quire kernel install: --jvm-arg=8g is not an option of Java");
        assertThat(prefix).isEmptyDirectory();
    }

    @Test
    void a_place_that_cannot_be_written_is_named() throws IOException {
        Path file = Files.createFile(prefix.resolve("file"));
        assertThat(Main.execute("kernel", "install", "--prefix", file.toString()))
                .isEqualTo(2);
        assertThat(err())
                .startsWith(
                        "quire kernel install: " + file.resolve("share/jupyter/kernels/quire") + " cannot be written (")
                .endsWith("): choose another place with --user or --prefix\n");
    }

    @Test
    void a_folder_without_leave_to_write_is_named() {
        assertThat(prefix.toFile().setWritable(false)).isTrue();
        assumeFalse(Files.isWritable(prefix), "this user may write anywhere");
        assertThat(kernel("install")).isEqualTo(2);
        assertThat(err()).contains("cannot be written (access denied)");
    }

    @Test
    void an_installed_kernel_is_removed() {
        kernel("install");
        assertThat(kernel("uninstall")).isZero();
        assertThat(out())
                .contains("removed the kernel quire from " + folder("quire").getParent());
        assertThat(folder("quire")).doesNotExist();
        assertThat(kernel("uninstall")).isEqualTo(2);
        assertThat(err())
                .startsWith("quire kernel uninstall: there is no kernel quire in "
                        + folder("quire").getParent());
    }

    @Test
    void without_the_launcher_nothing_is_installed() {
        System.clearProperty("quire.launcher");
        assertThat(kernel("install")).isEqualTo(2);
        assertThat(err()).contains("install the kernel with ./quire kernel install");
    }

    @Test
    void one_place_is_named_at_most() {
        assertThat(kernel("install", "--user")).isEqualTo(2);
        assertThat(err()).contains("--user", "--prefix", "mutually exclusive");
    }

    private int kernel(String word, String... options) {
        String[] arguments = new String[options.length + 4];
        arguments[0] = "kernel";
        arguments[1] = word;
        arguments[2] = "--prefix";
        arguments[3] = prefix.toString();
        System.arraycopy(options, 0, arguments, 4, options.length);
        return Main.execute(arguments);
    }

    private Path folder(String name) {
        return prefix.resolve("share/jupyter/kernels").resolve(name);
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String err() {
        return err.toString(StandardCharsets.UTF_8);
    }
}
