package dev.quire.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.quire.server.contract.Contract;
import dev.quire.server.contract.Contracts;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The digit laboratory, with messages as its client sends them; digits in place of MNIST, so that it is fast. */
class DigitLaboratoryTest {
    private static final String PARAMS =
            "{\"params\":{\"model_type\":\"SimpleNN\",\"optimizer\":\"Adam\",\"learning_rate_range\":\"%s\","
                    + "\"batch_size\":32,\"epochs\":3,\"hidden_layers_config\":[32],\"use_dropout\":true},\"image_data\":\"%s\"}";

    @TempDir
    Path folder;

    @Test
    void it_trains_asks_before_it_overwrites_and_finds_the_model_for_a_drawing() throws Exception {
        try (TestServer server = TestServer.in(folder);
                Talk talk = new Talk(server, "/ws/train")) {
            List<JsonNode> told = talk.say(order("SimpleNN", "Adam", 3)).until("result", "error");
            assertThat(told).extracting(each -> each.path("type").asText()).containsOnly("log", "loss", "result");
            JsonNode loss = told.stream()
                    .filter(each -> each.path("type").asText().equals("loss"))
                    .findFirst()
                    .orElseThrow();
            assertThat(loss.path("step").asInt()).isEqualTo(10);
            assertThat(loss.path("loss").asDouble()).isPositive();
            JsonNode result = told.get(told.size() - 1);
            assertThat(result.path("accuracy").asDouble()).isBetween(0.5, 1.0);
            assertThat(result.path("training_time").asDouble()).isPositive();
            assertThat(result.path("model_path").asText()).endsWith(".safetensors");
            assertThat(result.path("model_type").asText()).isEqualTo("SimpleNN");
            assertThat(result.path("optimizer").asText()).isEqualTo("Adam");

            JsonNode existing =
                    talk.say(order("SimpleNN", "Adam", 3)).next("exists").path("existing");
            assertThat(existing.properties())
                    .extracting(Map.Entry::getKey)
                    .containsExactly(
                            "id",
                            "filename",
                            "timestamp",
                            "model_type",
                            "optimizer",
                            "learning_rate",
                            "batch_size",
                            "num_epochs",
                            "hidden_layers_config",
                            "use_dropout",
                            "dropout_p",
                            "accuracy",
                            "training_time");
            assertThat(existing.path("hidden_layers_config").toString()).isEqualTo("[32]");
            assertThat(existing.path("dropout_p").asDouble()).isEqualTo(0.2);
            talk.say("{\"type\":\"overwrite\",\"value\":false}").next("aborted");
            assertThat(talk.say("{\"type\":\"overwrite\",\"value\":false}")
                            .next("error")
                            .path("message")
                            .asText())
                    .startsWith("nothing asks whether to overwrite");

            JsonNode found =
                    server.post("/predict", PARAMS.formatted("High", one())).json();
            assertThat(found.path("prediction").isInt()).isTrue();
            assertThat(found.path("confidence").asText()).matches("\\d+\\.\\d\\d%");
            assertThat(found.path("found_model").path("id").asText()).isEqualTo("mlp__crossEntropy__scratch");
            assertThat(found.path("found_model").path("accuracy").asText()).matches("\\d+\\.\\d\\d%");
            assertThat(found.path("found_model").path("learning_rate").asDouble())
                    .isEqualTo(0.003);
            assertThat(found.path("found_model").path("epochs").asInt()).isEqualTo(3);
            assertThat(found.path("found_model").path("training_time").asText()).matches("\\d+\\.\\d\\ds");

            TestServer.Answer none = server.post("/predict", PARAMS.formatted("Low", one()));
            assertThat(none.status()).isEqualTo(404);
            assertThat(none.text()).isEqualTo("{\"error\":\"Model not trained yet.\"}");
            assertThat(error(server.post("/predict", PARAMS.formatted("Huge", one()))))
                    .startsWith("400 there is no range of learning rates 'Huge'");
            assertThat(error(server.post("/predict", PARAMS.formatted("High", "data:image/png;base64,aGVsbG8="))))
                    .startsWith("415 ");
        }
    }

    @Test
    void it_aborts_when_the_client_says_so() throws Exception {
        try (TestServer server = TestServer.in(folder);
                Talk talk = new Talk(server, "/ws/train")) {
            talk.say(order("ConvNN", "AdamW", 10_000)).next("loss");
            assertThat(talk.say("{\"type\":\"abort\"}")
                            .next("aborted")
                            .path("message")
                            .asText())
                    .startsWith("stopped in epoch ");
        }
    }

    @Test
    void what_it_does_not_know_is_an_error() throws Exception {
        try (TestServer server = TestServer.in(folder);
                Talk talk = new Talk(server, "/ws/train")) {
            assertThat(talk.say(order("Forest", "Adam", 3))
                            .next("error")
                            .path("message")
                            .asText())
                    .isEqualTo("there is no type of model 'Forest': use SimpleNN (mlp) or ConvNN (cnn)");
            assertThat(talk.say(order("SimpleNN", "Nadam", 3))
                            .next("error")
                            .path("message")
                            .asText())
                    .isEqualTo("there is no optimizer 'Nadam': use Adam, AdamW, SGD or RMSprop");
            assertThat(talk.say(order("SimpleNN", "SGD", 0))
                            .next("error")
                            .path("message")
                            .asText())
                    .contains("epochs must be at least 1, got 0");
            assertThat(talk.say("{\"model_type\":\"SimpleNN\"}")
                            .next("error")
                            .path("message")
                            .asText())
                    .contains("learning_rate");
        }
    }

    @Test
    void its_paths_can_lie_below_a_prefix() throws Exception {
        Contracts below = Contracts.ALL.with(Contract.DIGITS, "/lab");
        try (TestServer server = TestServer.in(folder, options -> options.contracts(below));
                Talk talk = new Talk(server, "/lab/ws/train")) {
            talk.say("{\"type\":\"abort\"}").next("error");
            assertThat(server.post("/lab/predict", PARAMS.formatted("Low", one()))
                            .status())
                    .isEqualTo(404);
            assertThat(server.post("/predict", PARAMS.formatted("Low", one())).problem())
                    .startsWith("404 ");
        }
    }

    private static String error(TestServer.Answer answer) {
        return answer.status() + " " + answer.json().path("error").asText();
    }

    private static String order(String type, String optimizer, int epochs) {
        return "{\"model_type\":\"" + type + "\",\"optimizer\":\"" + optimizer
                + "\",\"learning_rate\":0.003,\"num_epochs\":"
                + epochs
                + ",\"batch_size\":32,\"num_layers\":1,\"hidden_layers_config\":[32],\"use_dropout\":true,\"dropout_p\":0.2,"
                + "\"dataset\":\"digits\"}";
    }

    /** A stroke, dark on light. */
    private static String one() throws Exception {
        BufferedImage image = new BufferedImage(280, 280, BufferedImage.TYPE_INT_RGB);
        Graphics2D pen = image.createGraphics();
        pen.setColor(Color.WHITE);
        pen.fillRect(0, 0, 280, 280);
        pen.setColor(Color.BLACK);
        pen.setStroke(new BasicStroke(24));
        pen.drawLine(140, 40, 140, 240);
        pen.dispose();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(image, "png", out);
        return "data:image/png;base64," + Base64.getEncoder().encodeToString(out.toByteArray());
    }
}
