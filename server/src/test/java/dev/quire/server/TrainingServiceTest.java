package dev.quire.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The training service, with requests as its client sends them. */
class TrainingServiceTest {
    private static final String MODEL = "{\"name\":\"small\",\"input_shape\":[3,6,6],\"output_shape\":2,\"layers\":["
            + "{\"layer_type\":\"Flatten\"}]}";
    private static final String START = "{\"config_name\":\"x.yaml\",\"model_name\":\"small\","
            + "\"train_data_dir\":\"pets/train\",\"test_data_dir\":\"pets/test\",\"val_data_dir\":\"pets/val\"}";

    @TempDir
    Path folder;

    @Test
    void a_training_is_started_watched_and_measured() throws Exception {
        try (TestServer server = prepared(2)) {
            assertThat(server.get("/ping").text()).isEqualTo("{\"status\":\"ok\"}");
            assertThat(server.get("/training/configs").text()).isEqualTo("{\"available_configs\":[\"x.yaml\"]}");
            assertThat(server.get("/training/datasets").text())
                    .isEqualTo(
                            "{\"datasets\":[{\"dataset_name\":\"pets\",\"train_path\":\"pets/train\","
                                    + "\"test_path\":\"pets/test\",\"val_path\":\"pets/val\",\"dataset_base_path\":\"pets\"}]}");
            assertThat(server.get("/training/trained_models").text()).isEqualTo("{\"model_paths\":[]}");
            assertThat(status(server)).isEqualTo("not_running");
            assertThat(said(server.get("/training/metrics/latest"))).isEqualTo("404 No training runs found");
            assertThat(said(server.get("/training/metrics/runs"))).isEqualTo("404 No training runs found");

            assertThat(server.post("/training/start", START).text()).isEqualTo("{\"status\":\"started\"}");
            until(server, "not_running");

            assertThat(server.get("/training/trained_models")
                            .json()
                            .path("model_paths")
                            .get(0)
                            .asText())
                    .matches("bundles/[0-9a-f-]{36}/model\\.onnx");
            JsonNode latest = server.get("/training/metrics/latest").json();
            String run = latest.path("run_id").asText();
            assertThat(run).isEqualTo("mlp__crossEntropy__scratch");
            assertThat(latest.path("available_columns").toString())
                    .startsWith("[\"epoch\",\"train_loss\",")
                    .contains("\"val_loss\"", "\"train_accuracy\"", "\"learning_rate\"");
            assertThat(latest.path("total_rows").asInt()).isEqualTo(2);
            assertThat(latest.path("max_epoch").asInt()).isEqualTo(2);
            assertThat(latest.path("max_step").asLong()).isEqualTo(4);
            assertThat(latest.path("data")).hasSize(2);
            assertThat(latest.path("data").get(1).path("epoch").asInt()).isEqualTo(2);
            assertThat(latest.path("data").get(1).path("val_loss").asDouble()).isPositive();
            assertThat(latest.path("csv_file").asText()).isEqualTo(run + "/metrics.csv");
            assertThat(latest.path("last_modified").asText()).startsWith("20");
            assertThat(server.get("/training/metrics/runs/" + run).json()).isEqualTo(latest);

            JsonNode listed = server.get("/training/metrics/runs").json();
            assertThat(listed).hasSize(1);
            assertThat(listed.get(0).path("run_id").asText()).isEqualTo(run);
            assertThat(listed.get(0).path("status").asText()).isEqualTo("completed");
            assertThat(listed.get(0).path("has_metrics").asBoolean()).isTrue();
            assertThat(listed.get(0).path("metrics_file").asText()).isEqualTo(run + "/metrics.csv");
            assertThat(listed.get(0).path("modified_at").asText())
                    .isGreaterThan(listed.get(0).path("created_at").asText());

            JsonNode summary =
                    server.get("/training/metrics/runs/" + run + "/summary").json();
            assertThat(summary.path("run_id").asText()).isEqualTo(run);
            assertThat(summary.path("total_epochs").asInt()).isEqualTo(2);
            assertThat(summary.path("total_steps").asLong()).isEqualTo(4);
            double first = latest.path("data").get(0).path("train_loss").asDouble();
            double last = latest.path("data").get(1).path("train_loss").asDouble();
            assertThat(summary.path("best_metrics").path("best_train_loss").asDouble())
                    .isEqualTo(Math.min(first, last));
            assertThat(summary.path("final_metrics").path("final_train_loss").asDouble())
                    .isEqualTo(last);
            assertThat(summary.path("available_columns").toString()).contains("\"train_loss\"", "\"val_loss\"");
        }
    }

    @Test
    void one_thing_trains_at_a_time_and_can_be_stopped() throws Exception {
        try (TestServer server = prepared(1_000_000)) {
            assertThat(said(server.post("/training/stop", ""))).isEqualTo("409 No training is running");
            server.post("/training/start", START);
            assertThat(status(server)).isEqualTo("running");
            assertThat(said(server.post("/training/start", START))).isEqualTo("409 Training is already running");
            for (int i = 0; i < 600 && server.get("/training/metrics/runs").status() == 404; i++) {
                Thread.sleep(50);
            }
            JsonNode run = server.get("/training/metrics/runs").json().get(0);
            assertThat(run.path("status").asText()).isEqualTo("in_progress");
            assertThat(server.ask("POST", "/training/stop", null, "").text()).isEqualTo("{\"status\":\"stopped\"}");
            until(server, "stopped");
            assertThat(server.get("/training/metrics/runs")
                            .json()
                            .get(0)
                            .path("status")
                            .asText())
                    .isEqualTo("completed");
        }
    }

    @Test
    void what_ended_a_training_is_its_status() throws Exception {
        try (TestServer server = prepared(1)) {
            server.post("/v1/models", MODEL.replace("6,6", "9,9"));
            assertThat(server.post("/training/start", START).status()).isEqualTo(200);
            for (int i = 0; i < 600 && status(server).equals("running"); i++) {
                Thread.sleep(50);
            }
            assertThat(status(server)).startsWith("error: ").contains("takes 3x9x9, pets gives 3x6x6");
        }
    }

    @Test
    void what_is_not_there_or_does_not_fit_is_an_error() throws Exception {
        try (TestServer server = prepared(1)) {
            assertThat(said(server.get("/training/metrics/runs/none"))).isEqualTo("404 Run none not found");
            assertThat(said(server.get("/training/metrics/runs/none/summary"))).isEqualTo("404 Run none not found");
            assertThat(said(server.get("/training/metrics/runs/a..b"))).startsWith("400 the id of the run cannot be");
            assertThat(said(server.post("/training/start", START.replace("x.yaml", "y.yaml"))))
                    .startsWith("404 there is no configuration 'y.yaml', did you mean 'x.yaml'?");
            assertThat(said(server.post("/training/start", START.replace("small", "large"))))
                    .isEqualTo("404 there is no model 'large': keep one of that name first: POST /v1/models");
            assertThat(said(server.post("/training/start", START.replace("pets/", "pet/"))))
                    .startsWith("404 there is no dataset 'pet', did you mean 'pets'?");
            assertThat(said(server.post("/training/start", START.replace("pets/test", "dogs/test"))))
                    .isEqualTo("400 test_data_dir is 'dogs/test', which is not in the folder of train_data_dir: send"
                            + " paths as GET /training/datasets gives them");
            assertThat(said(server.post("/training/start", START.replace("pets/train", "train"))))
                    .isEqualTo("400 train_data_dir is 'train', which names no dataset: send a path such as pets/train,"
                            + " as GET /training/datasets gives it");
            assertThat(said(server.post("/training/start", START.replace("pets/train", "../etc/../train"))))
                    .startsWith("400 the folder above train_data_dir cannot be '..'");
            assertThat(said(server.post("/training/start", "{}"))).contains("config_name");
            assertThat(said(server.post("/training/start", "{"))).startsWith("400 the body is no JSON");
            assertThat(status(server)).isEqualTo("not_running");
        }
    }

    @Test
    void the_newest_model_of_a_name_is_trained() throws Exception {
        try (TestServer server = prepared(1)) {
            String newest = server.post("/v1/models", MODEL).json().path("id").asText();
            server.post("/training/start", START.replace("pets/val", ""));
            assertThat(server.get("/v1/jobs").json().get(0).path("model_id").asText())
                    .isEqualTo(newest);
            until(server, "not_running");
        }
    }

    /** A server with a model, a configuration and a dataset of two classes. */
    private TestServer prepared(int epochs) throws IOException {
        for (String split : new String[] {"train", "test", "val"}) {
            for (String kind : new String[] {"cat", "dog"}) {
                Path place = Files.createDirectories(folder.resolve("server/data/pets/" + split + "/" + kind));
                for (int i = 0; i < 4; i++) {
                    BufferedImage image = new BufferedImage(6, 6, BufferedImage.TYPE_INT_RGB);
                    image.setRGB(i, i, kind.equals("cat") ? 0xFF0000 : 0x0000FF);
                    ImageIO.write(image, "png", place.resolve(i + ".png").toFile());
                }
            }
        }
        TestServer server = TestServer.in(folder);
        server.put("/v1/configurations/x", "{\"batch\":4,\"epochs\":" + epochs + "}");
        assertThat(server.post("/v1/models", MODEL).status()).isEqualTo(201);
        return server;
    }

    private static String status(TestServer server) {
        return server.get("/training/status").json().path("status").asText();
    }

    private static void until(TestServer server, String status) throws InterruptedException {
        for (int i = 0; i < 1200 && status(server).equals("running"); i++) {
            Thread.sleep(50);
        }
        assertThat(status(server)).isEqualTo(status);
    }

    private static String said(TestServer.Answer answer) {
        return answer.status() + " " + answer.json().path("error").asText();
    }
}
