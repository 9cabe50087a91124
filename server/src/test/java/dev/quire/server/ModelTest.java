package dev.quire.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ModelTest extends StoreCase {
    private static final String GRAPH = "{\"name\": \"small\", \"nodes\": [{\"id\": \"in\", \"type\": \"Input\","
            + " \"params\": {\"shape\": [4]}}, {\"id\": \"a\", \"type\": \"Dense\", \"params\": {\"units\": 8,"
            + " \"activation\": \"relu\"}}, {\"id\": \"b\", \"type\": \"Dense\", \"params\": {\"units\": 3}},"
            + " {\"id\": \"out\", \"type\": \"Output\"}], \"edges\": [{\"source\": \"in\", \"target\": \"a\"},"
            + " {\"source\": \"a\", \"target\": \"b\"}, {\"source\": \"b\", \"target\": \"out\"}]}";

    @Test
    void a_model_is_created_from_a_graph_and_trained() {
        try (TestServer server = server()) {
            TestServer.Answer made = server.post("/v1/models", GRAPH);
            assertThat(made.status()).as(made.text()).isEqualTo(201);
            String id = made.json().path("id").asText();
            assertThat(made.json().path("name").asText()).isEqualTo("small");
            assertThat(server.get("/v1/models").json()).hasSize(1);
            assertThat(server.get("/v1/models/" + id).json().path("graph").path("nodes"))
                    .hasSize(4);
            JsonNode done = JobTest.ended(
                    server,
                    JobTest.submitted(
                            server,
                            "{\"dataset\": \"iris\", \"model_id\": \"" + id
                                    + "\", \"configuration\": {\"epochs\": 1}}"));
            assertThat(done.path("state").asText()).as(done.toString()).isEqualTo("done");
            assertThat(done.path("model_id").asText()).isEqualTo(id);
            assertThat(server.delete("/v1/models/" + id).status()).isEqualTo(204);
            assertThat(server.get("/v1/models/" + id).problem())
                    .isEqualTo(
                            "404 there is no model " + id + " | GET /v1/models lists them; it may have been deleted");
        }
    }

    @Test
    void a_model_is_written_as_source_of_pytorch_and_of_java() {
        try (TestServer server = server()) {
            String id = server.post("/v1/models", GRAPH).json().path("id").asText();
            assertThat(server.post("/v1/models/" + id + "/compile?target=py", "{}")
                            .json()
                            .path("source")
                            .asText())
                    .contains("nn.Linear(4, 8");
            assertThat(server.post("/v1/models/" + id + "/compile?target=java", "{}")
                            .json()
                            .path("source")
                            .asText())
                    .contains("dense(8)");
            assertThat(server.post("/v1/models/" + id + "/compile?target=c", "{}")
                            .problem())
                    .isEqualTo("400 there is no target 'c' | ask for ?target=py or ?target=java");
        }
    }

    @Test
    void ten_faults_are_told_at_once() {
        List<String> nodes =
                new ArrayList<>(List.of("{\"id\": \"in\", \"type\": \"Input\", \"params\": {\"shape\": [4]}}"));
        for (int i = 0; i < 10; i++) {
            nodes.add("{\"id\": \"n" + i + "\", \"type\": \"Nonsense" + i + "\"}");
        }
        String graph = "{\"nodes\": [" + String.join(", ", nodes) + "], \"edges\": []}";
        try (TestServer server = server()) {
            JsonNode found = server.post("/v1/models/validate", graph).json();
            assertThat(found.path("valid").asBoolean()).isFalse();
            assertThat(found.path("problems").size()).isGreaterThanOrEqualTo(10);
            assertThat(found.path("problems").findValuesAsText("node")).contains("n0", "n9");
            TestServer.Answer refused = server.post("/v1/models", graph);
            assertThat(refused.problem()).startsWith("400 the network has ").endsWith(" problems | correct them all");
            assertThat(refused.json().path("problems").size()).isGreaterThanOrEqualTo(10);
            assertThat(server.post("/v1/models/validate?dataset=iris", GRAPH)
                            .json()
                            .path("valid")
                            .asBoolean())
                    .isTrue();
            assertThat(server.post("/v1/models/validate?dataset=wine", GRAPH)
                            .json()
                            .path("valid")
                            .asBoolean())
                    .isFalse();
        }
    }

    @Test
    void a_name_that_is_no_text_is_refused() {
        try (TestServer server = server()) {
            assertThat(server.post("/v1/models", GRAPH.replace("small", "a\\u0000b"))
                            .problem())
                    .isEqualTo("400 the name of the model cannot be 'a?b' | use plain text");
            assertThat(server.get("/v1/models").json()).isEmpty();
        }
    }
}
