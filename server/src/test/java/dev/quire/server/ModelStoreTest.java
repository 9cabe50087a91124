package dev.quire.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The model store, with requests as its client sends them. */
class ModelStoreTest {
    private static final String MODEL = "{\"name\":\"small\",\"input_shape\":[8,8],\"output_shape\":10,\"layers\":["
            + "{\"layer_type\":\"Flatten\"},{\"layer_type\":\"Linear\",\"size\":32},"
            + "{\"layer_type\":\"Activation\",\"activation\":\"ReLU\"}]}";
    private static final String UNKNOWN = "123e4567-e89b-12d3-a456-426614174000";

    @TempDir
    Path folder;

    @Test
    void a_model_is_kept_trained_and_asked() throws Exception {
        try (TestServer server = TestServer.in(folder)) {
            TestServer.Answer made = server.post("/models/", MODEL);
            assertThat(made.status()).as(made.text()).isEqualTo(200);
            String id = made.json().path("id").asText();
            assertThat(made.json().path("is_trained").asBoolean(true)).isFalse();
            assertThat(made.json().path("model").path("layers")).hasSize(3);

            assertThat(files(server, id).problem()).startsWith("409 model " + id + " is not trained");

            JsonNode job = server.post(
                            "/jobs/",
                            "{\"model_id\":\"" + id
                                    + "\",\"dataset_name\":\"digits\",\"parameters\":{\"learning_rate\":0.005,\"num_epochs\":4}}")
                    .json();
            assertThat(job.path("model_id").asText()).isEqualTo(id);
            assertThat(job.path("dataset_name").asText()).isEqualTo("digits");
            assertThat(job.path("job_status").asText()).isIn("pending", "running");
            assertThat(job.path("parameters").path("learning_rate").asDouble()).isEqualTo(0.005);
            assertThat(job.path("parameters").path("num_epochs").asInt()).isEqualTo(4);
            assertThat(job.path("start_time").asText()).isNotEmpty();
            for (int i = 0; i < 600 && !status(server).equals("done"); i++) {
                Thread.sleep(50);
            }
            assertThat(status(server)).isEqualTo("done");

            JsonNode said = files(server, id).json();
            assertThat(said.path("mod_id").asText()).isEqualTo(id);
            assertThat(said.path("results")).hasSize(2);
            assertThat(said.path("results").get(0).path("file_name").asText()).isEqualTo("a.png");
            assertThat(said.path("results").get(1).path("classification").isInt())
                    .isTrue();
            assertThat(said.path("results").get(1).path("probability").asDouble())
                    .isBetween(0.1, 1.0);
        }
    }

    @Test
    void what_is_not_there_is_a_problem_with_its_detail() throws Exception {
        try (TestServer server = TestServer.in(folder)) {
            assertThat(server.post("/jobs/", "{\"model_id\":\"" + UNKNOWN + "\",\"dataset_name\":\"digits\"}")
                            .problem())
                    .startsWith("404 there is no model " + UNKNOWN);
            String id = server.post("/models/", MODEL).json().path("id").asText();
            assertThat(server.post("/jobs/", "{\"model_id\":\"" + id + "\",\"dataset_name\":\"digit\"}")
                            .problem())
                    .startsWith("404 there is no dataset 'digit', did you mean 'digits'?");
            assertThat(server.post("/jobs/", "{\"dataset_name\":\"digits\"}").problem())
                    .contains("model_id");
            assertThat(files(server, UNKNOWN).problem()).startsWith("404 there is no model");
            assertThat(files(server, "../etc").problem()).startsWith("400 this is no id of a model");
            assertThat(server.post(
                                    "/models/",
                                    "{\"name\":\"x\",\"input_shape\":[8,8],\"layers\":[{\"layer_type\":\"Linaer\"}]}")
                            .status())
                    .isEqualTo(400);
            assertThat(server.get("/jobs/?num=0").problem()).startsWith("400 num must be");
        }
    }

    private static String status(TestServer server) {
        return server.get("/jobs/?num=5").json().get(0).path("job_status").asText();
    }

    private static TestServer.Answer files(TestServer server, String id) throws Exception {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.write(("--xyz\r\nContent-Disposition: form-data; name=\"data\"\r\n\r\n{\"mod_id\":\"" + id + "\"}\r\n")
                .getBytes(StandardCharsets.UTF_8));
        for (String name : new String[] {"a.png", "b.png"}) {
            body.write(("--xyz\r\nContent-Disposition: form-data; name=\"files\"; filename=\"" + name
                            + "\"\r\nContent-Type: image/png\r\n\r\n")
                    .getBytes(StandardCharsets.UTF_8));
            ImageIO.write(new BufferedImage(8, 8, BufferedImage.TYPE_BYTE_GRAY), "png", body);
            body.write("\r\n".getBytes(StandardCharsets.UTF_8));
        }
        body.write("--xyz--\r\n".getBytes(StandardCharsets.UTF_8));
        return server.ask("POST", "/inference/", body.toByteArray(), "multipart/form-data; boundary=xyz");
    }
}
