package dev.quire.server;

import static dev.quire.Quire.dataset;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.quire.run.Run;
import dev.quire.run.RunFolder;
import dev.quire.run.StoredRun;
import java.nio.charset.StandardCharsets;
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
    void the_confusion_matrix_and_the_roc_curves_are_drawn_of_a_record_that_has_none() throws Exception {
        try (TestServer server = TestServer.in(folder)) {
            String run = JobTest.ended(server, JobTest.submitted(server, JobTest.job(20, 1)))
                    .path("run")
                    .asText();
            String files = server.get("/v1/runs/" + run + "/files").text();
            assertThat(files).doesNotContain("confusion.svg");
            TestServer.Answer confusion = server.get("/v1/runs/" + run + "/figures/confusion");
            assertThat(confusion.type()).isEqualTo("image/svg+xml");
            assertThat(confusion.text()).startsWith("<svg");
            assertThat(server.get("/v1/runs/" + run + "/figures/confusion").text())
                    .isEqualTo(confusion.text());
            StoredRun stored = StoredRun.of(new RunFolder(folder.resolve("runs").resolve(run)));
            Run reloaded = stored.reload(dataset("iris"));
            assertThat(confusion.text()).isEqualTo(reloaded.confusion().svg());
            assertThat(server.get("/v1/runs/" + run + "/figures/roc").text())
                    .isEqualTo(reloaded.roc().svg());
            assertThat(server.get("/v1/runs/" + run + "/files").text()).isEqualTo(files);
            assertThat(stored.isListed()).isTrue();
            assertThat(stored.differences()).isEmpty();
            assertThat(server.get("/v1/runs/" + run + "/figures/none").problem())
                    .isEqualTo(
                            "404 run " + run + " has no figure 'none' | GET /v1/runs/" + run + " names those it has");
        }
    }

    @Test
    void a_run_without_classes_has_no_confusion_matrix_and_says_why() throws Exception {
        StringBuilder lines = new StringBuilder("x,y\n");
        for (int i = 0; i < 40; i++) {
            lines.append(i).append(',').append(i * 0.37 + 0.11).append('\n');
        }
        try (TestServer server = TestServer.in(folder)) {
            server.ask("POST", "/v1/datasets?name=line", lines.toString().getBytes(StandardCharsets.UTF_8), "text/csv");
            String job = "{\"dataset\": \"line\", \"network\": {\"version\": 1, \"type\": \"sequential\","
                    + " \"layers\": [{\"type\": \"dense\", \"units\": 1}]}, \"configuration\": {\"epochs\": 2, \"batch\": 8, \"loss\": {\"type\": \"mse\"}}}";
            JsonNode ended = JobTest.ended(server, JobTest.submitted(server, job));
            assertThat(ended.path("state").asText()).as(ended.toString()).isEqualTo("done");
            String run = ended.path("run").asText();
            assertThat(server.get("/v1/runs/" + run + "/figures/confusion").problem())
                    .isEqualTo("404 run " + run + " has no figure 'confusion': line has no classes to get right: it"
                            + " needs one class an example | GET /v1/runs/" + run + " names those it has");
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
