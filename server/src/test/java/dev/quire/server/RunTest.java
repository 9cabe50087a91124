package dev.quire.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunTest {
    @TempDir
    Path folder;

    @Test
    void a_run_is_listed_shown_and_taken_away_in_every_form() throws Exception {
        try (TestServer server = TestServer.in(folder)) {
            assertThat(server.get("/v1/runs").json()).isEmpty();
            assertThat(server.get("/v1/runs/latest").problem())
                    .isEqualTo("404 there is no run yet | POST /v1/jobs has one trained");
            String id = JobTest.submitted(server, JobTest.job(20, 1));
            String run = JobTest.ended(server, id).path("run").asText();

            JsonNode listed = server.get("/v1/runs").json();
            assertThat(listed).hasSize(1);
            assertThat(listed.get(0).path("name").asText()).isEqualTo(run);
            JsonNode shown = server.get("/v1/runs/latest").json();
            assertThat(shown.path("state").asText()).isEqualTo("completed");
            assertThat(shown.path("dataset").asText()).isEqualTo("iris");
            assertThat(shown.path("configuration").path("epochs").asInt()).isEqualTo(20);
            assertThat(shown.path("environment").has("seed")).isTrue();

            JsonNode metrics = server.get("/v1/runs/" + run + "/metrics").json();
            assertThat(metrics.path("total_rows").asInt()).isEqualTo(20);
            assertThat(metrics.path("max_epoch").asInt()).isEqualTo(20);
            assertThat(metrics.path("max_step").asInt()).isEqualTo(40);
            assertThat(metrics.path("columns").get(0).asText()).isEqualTo("epoch");
            JsonNode summary = server.get("/v1/runs/" + run + "/summary").json();
            assertThat(summary.path("best").path("loss").asDouble())
                    .isLessThanOrEqualTo(summary.path("last").path("loss").asDouble());
            assertThat(summary.path("best").path("accuracy").asDouble())
                    .isGreaterThanOrEqualTo(
                            summary.path("last").path("accuracy").asDouble());

            assertThat(server.get("/v1/runs/" + run + "/figures/curves").text()).startsWith("<svg");
            assertThat(server.get("/v1/runs/" + run + "/files").text()).contains("checkpoints/last.safetensors");
            assertThat(server.get("/v1/runs/" + run + "/files/checkpoints/last.safetensors")
                            .bytes())
                    .isEqualTo(Files.readAllBytes(
                            folder.resolve("runs").resolve(run).resolve("checkpoints/last.safetensors")));
            assertThat(server.get("/v1/runs/" + run + "/tensorboard").bytes()).isNotEmpty();
            assertThat(server.get("/v1/runs/" + run + "/record").bytes()).startsWith('P', 'K');
            for (String format : new String[] {"java", "py", "pt", "onnx", "safetensors"}) {
                TestServer.Answer file = server.get("/v1/runs/" + run + "/export?format=" + format);
                assertThat(file.status()).as(format + ": " + file.text()).isEqualTo(200);
                assertThat(file.raw().headers().firstValue("content-disposition"))
                        .hasValue("attachment; filename=\"" + run + "." + format + "\"");
                assertThat(file.bytes()).as(format).isNotEmpty();
            }
            assertThat(server.get("/v1/runs/" + run + "/export?format=exe").problem())
                    .startsWith("400 there is no format 'exe' | ask for ?format= with one of java, py, pt, onnx");
        }
    }

    @Test
    void nothing_but_the_files_of_a_record_is_given_out() throws Exception {
        Path run = Files.createDirectories(folder.resolve("runs").resolve("mine"));
        Files.writeString(
                run.resolve("run.json"),
                "{\"version\": 1, \"name\": \"mine\", \"state\": \"completed\","
                        + " \"started\": \"2026-01-01T00:00:00Z\"}");
        Files.writeString(folder.resolve("secret"), "secret");
        Files.createSymbolicLink(run.resolve("link"), folder.resolve("secret"));
        try (TestServer server = TestServer.in(folder)) {
            assertThat(server.get("/v1/runs/mine/files/run.json").text()).contains("completed");
            assertThat(server.get("/v1/runs/mine/files/link").problem())
                    .isEqualTo("404 run mine has no such file | GET /v1/runs/mine/files lists them");
            assertThat(server.get("/v1/runs/mine/files/run.json")
                            .raw()
                            .headers()
                            .firstValue("content-security-policy"))
                    .hasValueSatisfying(policy -> assertThat(policy).startsWith("sandbox; default-src 'none'"));
            for (String path : new String[] {
                "/v1/runs/mine/files/%2e%2e/%2e%2e/secret",
                "/v1/runs/mine/files/..%2f..%2fsecret",
                "/v1/runs/%2e%2e/metrics"
            }) {
                assertThat(AccessTest.raw(server, "GET " + path + " HTTP/1.1\r\nHost: localhost\r\n"))
                        .as(path)
                        .startsWith("HTTP/1.1 400")
                        .contains("remedy");
            }
            assertThat(server.get("/v1/runs/mine%20x").problem())
                    .startsWith("400 the name of the run cannot be 'mine x' | use letters");
            assertThat(server.get("/v1/runs/%3Cscript%3E").problem()).startsWith("400 the name of the run cannot be");
            assertThat(server.get("/v1/runs/mne").problem())
                    .startsWith("404 there is no run 'mne', did you mean 'mine'?");
        }
    }
}
