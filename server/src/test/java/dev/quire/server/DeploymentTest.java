package dev.quire.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.quire.run.RunFolder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class DeploymentTest extends StoreCase {
    private static final String ROW = "{\"rows\":[[" + "0,".repeat(63) + "16]]}";

    private static String made() {
        return "{\"name\":\"digits-net\",\"run\":\"" + Trained.digits().name() + "\"}";
    }

    private TestServer start() {
        return server(options -> options.runs(RunFolder.root()));
    }

    @Test
    void a_run_is_deployed_asked_stopped_started_and_forgotten() {
        Trained.digits();
        try (TestServer server = start()) {
            TestServer.Answer created = server.post("/v1/deployments", made());
            assertThat(created.status()).isEqualTo(201);
            assertThat(created.json().path("state").asText()).isEqualTo("running");
            assertThat(created.json().path("runtime").asText()).isEqualTo("ONNX Runtime");
            JsonNode said = server.post("/v1/deployments/digits-net/infer", ROW).json();
            assertThat(said.path("model").path("kind").asText()).isEqualTo("deployment");
            assertThat(said.path("model").path("version").asInt()).isEqualTo(1);
            assertThat(said.path("results").get(0).path("probabilities")).hasSize(10);

            assertThat(server.post("/v1/deployments/digits-net/stop", "{}")
                            .json()
                            .path("state")
                            .asText())
                    .isEqualTo("stopped");
            assertThat(server.post("/v1/deployments/digits-net/infer", ROW).problem())
                    .isEqualTo(
                            "409 deployment digits-net is stopped | POST /v1/deployments/digits-net/start starts it");
            assertThat(server.post("/v1/deployments/digits-net/start", "{}")
                            .json()
                            .path("state")
                            .asText())
                    .isEqualTo("running");
            assertThat(server.post("/v1/deployments/digits-net/infer", ROW).status())
                    .isEqualTo(200);

            JsonNode log =
                    server.get("/v1/deployments/digits-net/logs?limit=2").json().path("lines");
            assertThat(log).hasSize(2);
            assertThat(log.get(0).path("text").asText())
                    .startsWith("version 1 of run ")
                    .endsWith(" answers");
            assertThat(log.get(1).path("text").asText()).startsWith("version 1 answered 1 row in ");
            JsonNode shown = server.get("/v1/deployments/digits-net").json();
            assertThat(shown.path("answered").asInt()).isEqualTo(2);

            assertThat(server.delete("/v1/deployments/digits-net").status()).isEqualTo(204);
            assertThat(server.get("/v1/deployments").json()).isEmpty();
            assertThat(server.get("/v1/deployments/digits-net").problem())
                    .isEqualTo("404 there is no deployment digits-net | GET /v1/deployments lists them; POST"
                            + " /v1/deployments makes one");
        }
    }

    @Test
    void what_was_asked_is_told_to_prometheus_until_the_deployment_is_gone() {
        Trained.digits();
        try (TestServer server = start()) {
            server.post("/v1/deployments", made());
            server.post("/v1/deployments/digits-net/infer", ROW);
            server.post("/v1/deployments/digits-net/infer", ROW);
            server.post("/v1/deployments/digits-net/infer", "{\"rows\":[[1]]}");
            server.post("/v2/models/digits-net/infer", "{\"inputs\":");
            server.post("/v1/deployments", "{\"name\":\"none\",\"run\":\"nothing\"}");
            String of = "{kind=\"deployment\",model=\"digits-net\"";
            assertThat(server.get("/metrics").text())
                    .contains("quire_inference_requests_total" + of + "} 4.0")
                    .contains("quire_inference_rows_total" + of + "} 2.0")
                    .contains("quire_inference_failures_total" + of + ",reason=\"invalid\"} 2.0")
                    .contains("quire_inference_failures_total" + of + ",reason=\"failed\"} 0.0")
                    .contains("quire_inference_request_duration_seconds_count" + of + "} 2")
                    .contains("quire_inference_queue_duration_seconds_count" + of + "} 2")
                    .contains("quire_inference_call_rows_sum" + of + "} 2.0")
                    .doesNotContain("model=\"none\"");
            server.post("/v1/deployments/digits-net/stop", "{}");
            server.post("/v1/deployments/digits-net/infer", ROW);
            assertThat(server.get("/metrics").text())
                    .contains("quire_inference_failures_total" + of + ",reason=\"stopped\"} 1.0");
            server.delete("/v1/deployments/digits-net");
            assertThat(server.get("/metrics").text()).doesNotContain("digits-net");
        }
    }

    @Test
    void deployments_are_kept_and_are_stopped_after_a_restart() {
        Trained.digits();
        try (TestServer server = start()) {
            server.post("/v1/deployments", made());
            server.post(
                    "/v1/deployments/digits-net/versions",
                    "{\"run\":\"" + Trained.digits().name() + "\"}");
        }
        try (TestServer server = start()) {
            JsonNode kept = server.get("/v1/deployments").json();
            assertThat(kept).hasSize(1);
            assertThat(kept.get(0).path("state").asText()).isEqualTo("stopped");
            assertThat(kept.get(0).path("versions")).hasSize(2);
            server.post("/v1/deployments/digits-net/start", "{}");
            assertThat(server.post("/v1/deployments/digits-net/infer", ROW)
                            .json()
                            .path("model")
                            .path("version")
                            .asInt())
                    .isEqualTo(2);
        }
    }

    @Test
    void a_new_version_takes_over_while_clients_ask_and_none_is_refused() throws Exception {
        Trained.digits();
        try (TestServer server = start()) {
            server.post("/v1/deployments", made());
            HttpClient http =
                    HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
            HttpRequest request = HttpRequest.newBuilder(server.at("/v1/deployments/digits-net/infer"))
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(ROW))
                    .build();
            AtomicBoolean ends = new AtomicBoolean();
            AtomicInteger answered = new AtomicInteger();
            List<String> failures = Collections.synchronizedList(new ArrayList<>());
            ExecutorService clients = Executors.newFixedThreadPool(6);
            for (int i = 0; i < 6; i++) {
                clients.execute(() -> {
                    while (!ends.get()) {
                        try {
                            HttpResponse<String> said = http.send(request, HttpResponse.BodyHandlers.ofString());
                            if (said.statusCode() != 200) {
                                failures.add(said.statusCode() + " " + said.body());
                            }
                            answered.incrementAndGet();
                        } catch (Exception e) {
                            failures.add(e.toString());
                        }
                    }
                });
            }
            for (int version = 2; version <= 5; version++) {
                TestServer.Answer updated = server.post(
                        "/v1/deployments/digits-net/versions",
                        "{\"run\":\"" + Trained.digits().name() + "\"}");
                assertThat(updated.status()).isEqualTo(201);
                assertThat(updated.json().path("version").asInt()).isEqualTo(version);
            }
            ends.set(true);
            clients.shutdown();
            assertThat(clients.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
            assertThat(failures).isEmpty();
            assertThat(answered.get()).isGreaterThan(20);
        }
    }

    @Test
    void what_cannot_be_deployed_is_refused_and_nothing_is_kept() throws Exception {
        Trained.digits();
        try (TestServer server = start()) {
            assertThat(server.post("/v1/deployments", "{\"run\":\"nothing\"}").problem())
                    .isEqualTo("404 there is no run nothing | see GET /v1/runs for those there are");
            assertThat(server.post("/v1/deployments", "{\"name\":\"x\"}").problem())
                    .isEqualTo("400 a deployment is made of a run or of a file | send \"run\" or \"file\"");
            assertThat(server.post("/v1/deployments", "{\"name\":\"../x\",\"run\":\"nothing\"}")
                            .problem())
                    .startsWith("400 the name of the deployment cannot be '../x'");
            assertThat(server.post("/v1/deployments", "{\"name\":\"x\",\"file\":\"../../etc/passwd\"}")
                            .problem())
                    .startsWith("400 the name of the file cannot be '../../etc/passwd'");
            assertThat(server.post("/v1/deployments", "{\"name\":\"x\",\"file\":\"net.onnx\"}")
                            .problem())
                    .isEqualTo("404 there is no file net.onnx in the data root | copy it there");
            Path data = folder.resolve("server").resolve("data");
            Files.createDirectories(data);
            Files.writeString(data.resolve("notes.pt"), "these are notes");
            assertThat(server.post("/v1/deployments", "{\"name\":\"x\",\"file\":\"notes.pt\"}")
                            .problem())
                    .startsWith("415 ");
            assertThat(server.get("/v1/deployments").json()).isEmpty();
            server.post("/v1/deployments", made());
            assertThat(server.post("/v1/deployments", made()).problem())
                    .isEqualTo("409 there is a deployment digits-net already | POST"
                            + " /v1/deployments/digits-net/versions gives it a new version, or choose another name");
            assertThat(server.get("/v1/deployments/digits-net/logs?limit=0").problem())
                    .isEqualTo(
                            "400 limit must be a whole number from 1 to 1000, got '0' | correct it, or leave it out");
        }
    }
}
