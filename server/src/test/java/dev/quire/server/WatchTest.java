package dev.quire.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.quire.QuireException;
import dev.quire.server.client.Client;
import dev.quire.server.client.Printed;
import dev.quire.server.client.Watch;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WatchTest {
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();

    @TempDir
    Path folder;

    @Test
    void it_follows_a_job_to_its_end_and_then_the_next() throws Exception {
        try (TestServer server = TestServer.in(folder);
                Watching watching = watch(server.server.address(), false)) {
            until("waits for a job at " + server.server.address());
            String first = JobTest.submitted(server, JobTest.job(3, 1));
            until("done: all epochs are done");
            assertThat(text())
                    .contains("job " + first.substring(0, 8) + " on iris, 3 epochs")
                    .contains("run mlp__crossEntropy__scratch")
                    .containsPattern("epoch {4}3  loss \\d\\.\\d{4}  accuracy \\d\\.\\d{4}  val_loss")
                    .doesNotContain("\u001b");
            String second = JobTest.submitted(server, JobTest.job(JobTest.LONG, 2));
            until("job " + second.substring(0, 8) + " on iris");
            server.post("/v1/jobs/" + second + "/stop", "{}");
            until("stopped: stopped in epoch");
        }
    }

    @Test
    void it_waits_for_a_server_that_has_gone_and_tells_nothing_twice() throws Exception {
        int port;
        Watching watching;
        try (TestServer server = TestServer.in(folder)) {
            port = server.server.address().getPort();
            JobTest.until(server, JobTest.submitted(server, JobTest.job(JobTest.LONG, 1)), "running");
            watching = watch(server.server.address(), false);
            until("epoch    1  ");
        }
        until("does not answer, the next try is in");
        try (watching;
                TestServer server = TestServer.in(folder, options -> options.port(port))) {
            String id = server.get("/v1/jobs").json().get(0).path("id").asText();
            JobTest.until(server, id, "running");
            until("goes on with run");
            server.post("/v1/jobs/" + id + "/stop", "{}");
            until("stopped: stopped in epoch");
            assertThat(text().lines().filter(line -> line.startsWith("epoch    1  ")))
                    .hasSize(1);
            assertThat(text().lines().filter(line -> line.startsWith("job "))).hasSize(1);
        }
    }

    @Test
    void steps_and_colours_are_for_those_who_see_them() throws Exception {
        try (TestServer server = TestServer.in(folder);
                Watching watching = watch(server.server.address(), true)) {
            until("waits for a job");
            JobTest.submitted(server, JobTest.job(30, 1));
            until("all epochs are done");
            assertThat(text())
                    .contains("\u001b[32mdone: all epochs are done\u001b[0m")
                    .contains("\r\u001b[K\u001b[2mstep ");
        }
    }

    @Test
    void what_is_told_cannot_steer_the_terminal() {
        Printed printed = new Printed(new PrintStream(written, true, StandardCharsets.UTF_8), true, true, 80);
        printed.message(JsonNodeFactory.instance.objectNode().put("type", "log").put("message", "a\u001b]0;x\u0007b"));
        assertThat(text()).contains("a?]0;x?b");
    }

    @Test
    void a_server_that_refuses_says_why() {
        try (TestServer server = TestServer.in(folder, options -> options.token("a-secret-token"))) {
            assertThatThrownBy(() -> Client.of(server.server.address(), Optional.of("another-token"))
                            .get("/v1/jobs"))
                    .isInstanceOf(QuireException.class)
                    .hasMessageStartingWith("the server answers 401: the token is another");
            assertThat(Client.of(server.server.link(), Optional.empty()).get("/v1/jobs"))
                    .isEmpty();
        }
        assertThatThrownBy(() -> Client.of(URI.create("ftp://x"), Optional.empty()))
                .hasMessage("'ftp://x' is no address of a server: use one such as http://127.0.0.1:8080");
    }

    /** Watching on a thread of its own. */
    private record Watching(Watch watch, Thread thread) implements AutoCloseable {
        @Override
        public void close() throws InterruptedException {
            watch.stop();
            thread.join(10_000);
            assertThat(thread.isAlive()).isFalse();
        }
    }

    private Watching watch(URI address, boolean isInteractive) {
        PrintStream out = new PrintStream(written, true, StandardCharsets.UTF_8);
        Printed printed = new Printed(out, isInteractive, isInteractive, 80);
        Watch watch = new Watch(Client.of(address, Optional.empty()), printed, 100);
        Thread thread = new Thread(
                () -> {
                    try {
                        watch.run();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                },
                "test-watch");
        thread.start();
        return new Watching(watch, thread);
    }

    private String text() {
        return written.toString(StandardCharsets.UTF_8);
    }

    private void until(String words) throws InterruptedException {
        for (int i = 0; i < 1200 && !text().contains(words); i++) {
            Thread.sleep(50);
        }
        assertThat(text()).contains(words);
    }
}
