package dev.quire.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LiveTest {
    @TempDir
    Path folder;

    @Test
    void a_watcher_sees_states_steps_epochs_and_the_result_in_order() throws Exception {
        try (TestServer server = TestServer.in(folder)) {
            String blocking = JobTest.submitted(server, JobTest.job(JobTest.LONG, 1));
            String id = JobTest.submitted(server, JobTest.job(20, 2));
            Talk watching = new Talk(server, "/v1/jobs/" + id + "/live");
            server.post("/v1/jobs/" + blocking + "/stop", "{}");
            List<JsonNode> told = watching.until("result");
            assertThat(types(told)).startsWith("state", "state").endsWith("result");
            assertThat(told.get(0).path("state").asText()).isEqualTo("pending");
            assertThat(told.get(told.size() - 1).path("state").asText()).isEqualTo("done");
            List<JsonNode> epochs = of("epoch", told);
            assertThat(epochs).hasSize(20);
            assertThat(epochs.get(19).path("epoch").asInt()).isEqualTo(20);
            assertThat(epochs.get(19).path("metrics").has("loss")).isTrue();
            assertThat(epochs.get(19).path("metrics").has("val_accuracy")).isTrue();
            List<JsonNode> steps = of("step", told);
            assertThat(steps).isNotEmpty();
            assertThat(steps.get(0).path("step").asInt() % 10).isZero();
            assertThat(of("log", told).get(0).path("message").asText()).isNotEmpty();
            assertThat(told).allMatch(each -> each.path("job").asText().equals(id));
        }
    }

    @Test
    void who_comes_late_first_gets_what_was_missed() throws Exception {
        String id;
        List<JsonNode> first;
        try (TestServer server = TestServer.in(folder)) {
            id = JobTest.submitted(server, JobTest.job(20, 1));
            JobTest.ended(server, id);
            first = new Talk(server, "/v1/jobs/" + id + "/live").until("result");
            assertThat(types(first))
                    .startsWith("state", "state")
                    .contains("step")
                    .endsWith("result");
            assertThat(of("epoch", first)).hasSize(20);
        }
        // After a restart the record of the run tells it.
        try (TestServer server = TestServer.in(folder)) {
            List<JsonNode> again = new Talk(server, "/v1/jobs/" + id + "/live").until("result");
            assertThat(types(again))
                    .startsWith("state", "epoch")
                    .endsWith("epoch", "result")
                    .hasSize(22);
            assertThat(of("epoch", again).get(19).path("metrics"))
                    .isEqualTo(of("epoch", first).get(19).path("metrics"));
        }
    }

    @Test
    void one_socket_tells_of_all_jobs() throws Exception {
        try (TestServer server = TestServer.in(folder)) {
            Talk all = new Talk(server, "/v1/live");
            Thread.sleep(200);
            String one = JobTest.submitted(server, JobTest.job(1, 1));
            String two = JobTest.submitted(server, JobTest.job(1, 2));
            List<String> ended = List.of(
                    last(all.until("result")).path("job").asText(),
                    last(all.until("result")).path("job").asText());
            assertThat(ended).containsExactlyInAnyOrder(one, two);
        }
    }

    @Test
    void a_job_that_is_not_there_closes_the_socket_with_the_reason() throws Exception {
        try (TestServer server = TestServer.in(folder)) {
            Talk none = new Talk(server, "/v1/jobs/123e4567-e89b-12d3-a456-426614174000/live");
            assertThat(none.closed.get(60, TimeUnit.SECONDS))
                    .isEqualTo("4404 there is no job 123e4567-e89b-12d3-a456-426614174000");
        }
    }

    @Test
    void off_loopback_there_is_no_upgrade_without_the_token() throws Exception {
        try (TestServer server = TestServer.in(folder, options -> options.token("a-token-of-mine"))) {
            assertThatThrownBy(() -> new Talk(server, "/v1/live"))
                    .hasStackTraceContaining("WebSocketHandshakeException");
            assertThat(new Talk(server, "/v1/live?token=a-token-of-mine").isOpen())
                    .isTrue();
        }
    }

    @Test
    void a_client_that_reads_nothing_does_not_hold_training_up() throws Exception {
        try (TestServer server = TestServer.in(folder);
                Socket deaf = new Socket("127.0.0.1", server.server.address().getPort())) {
            deaf.setReceiveBufferSize(1024);
            OutputStream out = deaf.getOutputStream();
            out.write(("GET /v1/live HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                            + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: x3JJHMbDL1EzLkh9GBhXDw==\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            out.flush();
            // A thousand epochs tell more than its buffers hold.
            String id = JobTest.submitted(server, JobTest.job(1000, 1));
            assertThat(JobTest.ended(server, id).path("state").asText()).isEqualTo("done");
        }
    }

    private static JsonNode last(List<JsonNode> told) {
        return told.get(told.size() - 1);
    }

    private static List<String> types(List<JsonNode> told) {
        return told.stream().map(each -> each.path("type").asText()).toList();
    }

    private static List<JsonNode> of(String type, List<JsonNode> told) {
        return told.stream()
                .filter(each -> each.path("type").asText().equals(type))
                .toList();
    }
}
