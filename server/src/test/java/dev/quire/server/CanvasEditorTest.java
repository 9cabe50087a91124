package dev.quire.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The canvas editor, with requests as its client sends them. */
class CanvasEditorTest {
    private static final String GRAPH = "{\"nodes\":[{\"id\":\"in\",\"type\":\"Input\",\"params\":{\"shape\":[1,8,8]}},"
            + "{\"id\":\"flat\",\"type\":\"Flatten\"},{\"id\":\"d1\",\"type\":\"Dense\",\"params\":{\"units\":32,\"activation\":\"relu\"}},"
            + "{\"id\":\"drop\",\"type\":\"Dropout\",\"params\":{\"rate\":0.1}},"
            + "{\"id\":\"d2\",\"type\":\"Dense\",\"params\":{\"units\":10}},{\"id\":\"out\",\"type\":\"Output\"}],"
            + "\"edges\":[{\"source\":\"in\",\"target\":\"flat\"},{\"source\":\"flat\",\"target\":\"d1\"},"
            + "{\"source\":\"d1\",\"target\":\"drop\"},{\"source\":\"drop\",\"target\":\"d2\"},{\"source\":\"d2\",\"target\":\"out\"}]}";
    private static final String UNKNOWN = "123e4567-e89b-12d3-a456-426614174000";
    private static final String ROW = "[" + "8,".repeat(63) + "8]";

    @TempDir
    Path folder;

    @Test
    void a_graph_is_trained_exported_deployed_and_asked() throws Exception {
        String job;
        try (TestServer server = TestServer.in(folder)) {
            JsonNode begun = server.post("/api/model/train", train(4)).json();
            job = begun.path("job_id").asText();
            assertThat(begun.path("status").asText()).isIn("pending", "running");
            try (Talk talk = new Talk(server, "/ws/training/" + job)) {
                JsonNode update = talk.next("epoch_update");
                assertThat(update.path("epoch").asInt()).isEqualTo(1);
                assertThat(update.properties())
                        .extracting(Map.Entry::getKey)
                        .contains("job_id", "train_loss", "train_accuracy", "test_loss", "test_accuracy");
            }
            JsonNode done = ended(server, job);
            assertThat(done.path("status").asText()).isEqualTo("done");
            assertThat(done.path("epoch").asInt()).isEqualTo(4);
            assertThat(done.path("metrics").path("test_accuracy").asDouble()).isBetween(0.3, 1.0);

            Path bundle = folder.resolve("server").resolve("bundles").resolve(job);
            try (Stream<Path> files = Files.list(bundle)) {
                assertThat(files.map(each -> each.getFileName().toString()))
                        .contains(
                                "model.py", "graph.json", "training.json", "summary.json", "metadata.json", "model.pt");
            }
            assertThat(Files.readString(bundle.resolve("graph.json"))).contains("\"id\":\"drop\"");
            assertThat(Files.readString(bundle.resolve("metadata.json"))).contains("\"missing\":{}");
            TestServer.Answer py = server.get("/api/model/export?job_id=" + job + "&format=py");
            assertThat(py.text()).contains("class Network(nn.Sequential)");
            assertThat(server.get("/api/model/export?job_id=" + job + "&format=pt")
                            .bytes())
                    .startsWith('P', 'K');
            assertThat(server.get("/api/model/export?job_id=" + job + "&format=exe")
                            .problem())
                    .startsWith("400 there is no such format");

            TestServer.Answer answer = server.post(
                    "/api/model/infer", "{\"job_id\":\"" + job + "\",\"inputs\":[" + ROW + "," + ROW + "]}");
            assertThat(answer.status()).as(answer.text()).isEqualTo(200);
            JsonNode said = answer.json();
            assertThat(said.path("predictions")).hasSize(2);
            assertThat(said.path("predictions").get(0).path("probabilities")).hasSize(10);

            JsonNode deployed =
                    server.post("/api/deploy", "{\"job_id\":\"" + job + "\"}").json();
            String id = deployed.path("deployment_id").asText();
            assertThat(deployed.path("status").asText()).isEqualTo("running");
            assertThat(server.post("/api/deploy/" + id + "/infer", "{\"inputs\":[" + ROW + "]}")
                            .json()
                            .path("predictions"))
                    .hasSize(1);
            assertThat(server.get("/api/deploy/logs?deployment_id=" + id + "&limit=1")
                            .json()
                            .path("logs"))
                    .hasSize(1);
            assertThat(server.post("/api/model/stop", "{\"job_id\":\"" + job + "\"}")
                            .problem())
                    .startsWith("409 job " + job + " has ended already, it is done");
        }
        try (TestServer server = TestServer.in(folder)) {
            JsonNode back =
                    server.get("/api/deploy/list").json().path("deployments").get(0);
            assertThat(back.path("status").asText()).isEqualTo("stopped");
            String id = back.path("deployment_id").asText();
            assertThat(server.post("/api/deploy/" + id + "/infer", "{\"inputs\":[" + ROW + "]}")
                            .problem())
                    .startsWith("409 deployment " + id + " is stopped");
            assertThat(server.post("/api/deploy/" + id + "/start", "{}")
                            .json()
                            .path("status")
                            .asText())
                    .isEqualTo("running");
            assertThat(server.get("/api/deploy/status?deployment_id=" + id)
                            .json()
                            .path("status")
                            .asText())
                    .isEqualTo("running");
            assertThat(server.delete("/api/deploy/" + id).json().path("status").asText())
                    .isEqualTo("deleted");
            assertThat(server.get("/api/deploy/status?deployment_id=" + id).problem())
                    .startsWith("404 ");
        }
    }

    @Test
    void a_graph_is_checked_and_written_as_source() {
        try (TestServer server = TestServer.in(folder)) {
            assertThat(server.post("/api/model/validate", GRAPH).text()).isEqualTo("{\"valid\":true,\"errors\":[]}");
            JsonNode wrong = server.post(
                            "/api/model/validate",
                            GRAPH.replace("\"units\":32", "\"units\":-1").replace("\"rate\":0.1", "\"rate\":7"))
                    .json();
            assertThat(wrong.path("valid").asBoolean(true)).isFalse();
            assertThat(wrong.path("errors"))
                    .extracting(each -> each.path("node").asText())
                    .contains("d1", "drop");
            assertThat(server.post("/api/model/compile", "{\"graph\":" + GRAPH + "}")
                            .json()
                            .path("source")
                            .asText())
                    .contains("class Network(nn.Sequential)");
            assertThat(server.get("/api/datasets").text()).isEqualTo("{\"datasets\":[\"mnist\",\"digits\"]}");
        }
    }

    @Test
    void what_is_not_there_says_so() throws Exception {
        try (TestServer server = TestServer.in(folder)) {
            assertThat(server.get("/api/model/status?job_id=" + UNKNOWN).problem())
                    .startsWith("404 there is no job");
            assertThat(server.get("/api/model/status?job_id=..").problem()).startsWith("400 this is no id of a job");
            assertThat(server.get("/api/model/status").problem()).startsWith("400 there is no job_id");
            assertThat(server.post("/api/model/infer", "{\"inputs\":[]}").problem())
                    .startsWith("400 there is no job_id");
            assertThat(server.post("/api/deploy", "{\"job_id\":\"" + UNKNOWN + "\"}")
                            .problem())
                    .startsWith("404 ");
            assertThat(server.post("/api/model/train", train(4).replace("digits", "digit"))
                            .problem())
                    .startsWith("404 there is no dataset 'digit', did you mean 'digits'?");
            for (String path : List.of("/api/vlm/infer", "/api/rf/train", "/api/rf/jobs/7")) {
                assertThat(server.post(path, "{}").problem()).startsWith("501 " + path + " is not there yet");
            }
            assertThat(server.get("/api/rf/status").status()).isEqualTo(501);
            assertThat(new Talk(server, "/ws/rf/training/1").closed.get())
                    .isEqualTo("4501 501: forests are not there yet");
        }
    }

    @Test
    void a_job_that_trains_can_be_stopped() throws Exception {
        try (TestServer server = TestServer.in(folder)) {
            String job = server.post("/api/model/train", train(100_000))
                    .json()
                    .path("job_id")
                    .asText();
            try (Talk talk = new Talk(server, "/ws/training/" + job)) {
                talk.next("epoch_update");
            }
            assertThat(server.get("/api/model/export?job_id=" + job + "&format=py")
                            .problem())
                    .startsWith("409 job " + job + " has no model.py, it is running");
            server.post("/api/model/stop", "{\"job_id\":\"" + job + "\"}");
            assertThat(ended(server, job).path("status").asText()).isEqualTo("stopped");
        }
    }

    private static JsonNode ended(TestServer server, String job) throws InterruptedException {
        for (int i = 0; i < 1200; i++) {
            JsonNode status = server.get("/api/model/status?job_id=" + job).json();
            if (List.of("done", "stopped", "failed")
                    .contains(status.path("status").asText())) {
                return status;
            }
            Thread.sleep(50);
        }
        throw new AssertionError("job " + job + " does not end");
    }

    private static String train(int epochs) {
        return "{\"graph\":" + GRAPH + ",\"training\":{\"dataset\":\"digits\",\"epochs\":" + epochs
                + ",\"batch_size\":32,\"learning_rate\":0.003,\"optimizer\":\"Adam\"}}";
    }
}
