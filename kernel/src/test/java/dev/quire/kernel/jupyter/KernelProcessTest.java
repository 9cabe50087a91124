package dev.quire.kernel.jupyter;

import static dev.quire.kernel.jupyter.TestClient.JSON;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.quire.kernel.jupyter.wire.ConnectionFile;
import dev.quire.kernel.jupyter.wire.Message;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kernels as Jupyter starts them. */
class KernelProcessTest {
    private static final long PATIENCE_SECONDS = 60;

    @TempDir
    private Path folder;

    private Process start(Path file, String parent) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "-Xmx256m",
                "dev.quire.kernel.command.Main",
                "kernel",
                "start",
                file.toString());
        builder.environment().put("JUPYTER_DATA_DIR", folder.toString());
        builder.environment().put("JPY_PARENT_PID", parent);
        return builder.redirectErrorStream(true)
                .redirectOutput(folder.resolve(file.getFileName() + ".log").toFile())
                .start();
    }

    private ConnectionFile connection(Path file) throws IOException {
        ConnectionFile connection = TestKernel.connection("secret");
        Files.writeString(
                file,
                new JsonMapper()
                        .writeValueAsString(JSON.objectNode()
                                .put("shell_port", connection.shell())
                                .put("control_port", connection.control())
                                .put("iopub_port", connection.iopub())
                                .put("stdin_port", connection.stdin())
                                .put("hb_port", connection.heartbeat())
                                .put("key", "secret")
                                .put("transport", "tcp")
                                .put("signature_scheme", "hmac-sha256")
                                .put("ip", "127.0.0.1")));
        return connection;
    }

    private static String self() {
        return String.valueOf(ProcessHandle.current().pid());
    }

    private static Message shutdown(TestClient client, boolean restart) {
        return client.ask(client.control, "shutdown_request", JSON.objectNode().put("restart", restart));
    }

    @Test
    void two_kernels_at_once_share_a_history_and_shut_down() throws Exception {
        Path[] files = {folder.resolve("a.json"), folder.resolve("b.json")};
        ConnectionFile[] connections = {connection(files[0]), connection(files[1])};
        Process[] processes = {start(files[0], self()), start(files[1], self())};
        try (TestClient first = new TestClient(connections[0]);
                TestClient second = new TestClient(connections[1])) {
            assertThat(first.value("40 + 1")).isEqualTo("41");
            assertThat(second.value("40 + 2")).isEqualTo("42");
            Message history = first.ask(
                    first.shell,
                    "history_request",
                    JSON.objectNode()
                            .put("hist_access_type", "tail")
                            .put("n", 5)
                            .put("output", true));
            assertThat(history.field("history").toString())
                    .contains("40 + 1\",\"41")
                    .contains("40 + 2\",\"42");
            assertThat(shutdown(first, true).field("restart").asBoolean()).isTrue();
            assertThat(first.heard(message -> message.type().equals("shutdown_reply")))
                    .isNotNull();
            shutdown(second, false);
            for (Process process : processes) {
                assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
                assertThat(process.exitValue()).isZero();
            }
        } finally {
            List.of(processes).forEach(Process::destroyForcibly);
        }
    }

    @Test
    void after_a_crash_the_next_kernel_says_what_ran() throws Exception {
        Path file = folder.resolve("c.json");
        ConnectionFile connection = connection(file);
        Process crashing = start(file, self());
        try (TestClient client = new TestClient(connection)) {
            client.execute("System.out.println(1); Thread.sleep(600_000); // as long as it takes");
            client.heard(message -> message.type().equals("stream"));
            // A crash leaves no time for anything either.
            crashing.destroyForcibly();
            assertThat(crashing.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        } finally {
            crashing.destroyForcibly();
        }
        Process next = start(file, self());
        try (TestClient client = new TestClient(connection)) {
            assertThat(client.printed("stderr", "1 + 1"))
                    .contains("The kernel before this one ended while In[1] ran: System.out.println(1);");
            assertThat(client.printed("stderr", "1 + 1")).isEmpty();
            shutdown(client, false);
            assertThat(next.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        } finally {
            next.destroyForcibly();
        }
    }

    @Test
    void a_kernel_ends_with_its_front_end() throws Exception {
        Process parent = new ProcessBuilder("sleep", "600").start();
        Path file = folder.resolve("d.json");
        ConnectionFile connection = connection(file);
        Process process = start(file, String.valueOf(parent.pid()));
        try (TestClient client = new TestClient(connection)) {
            client.execute("while (true) { Thread.onSpinWait(); }");
            client.heard(message -> message.type().equals("execute_input"));
            parent.destroyForcibly();
            assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
            assertThat(Files.readString(folder.resolve("d.json.log"))).contains("the front end is gone");
        } finally {
            parent.destroyForcibly();
            process.destroyForcibly();
        }
    }
}
