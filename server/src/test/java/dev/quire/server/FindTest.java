package dev.quire.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.quire.run.RunFolder;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.util.Base64;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FindTest {
    private static final String FITTING = "\"model_type\":\"SimpleNN\",\"optimizer\":\"AdamW\",\"batch_size\":32,"
            + "\"epochs\":8,\"hidden_layers_config\":[64],\"use_dropout\":false,\"dataset\":\"digits\"";

    @TempDir
    static Path folder;

    private static TestServer server;

    @BeforeAll
    static void start() {
        Trained.digits();
        server = TestServer.in(folder, options -> options.runs(RunFolder.root()));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static TestServer.Answer find(String fields) {
        return server.post("/v1/find", "{\"configuration\":{" + fields + "}}");
    }

    @Test
    void a_run_is_found_by_its_configuration_with_the_learning_rate_in_a_named_range() {
        JsonNode found =
                find(FITTING + ",\"learning_rate_range\":\"High\"").json().path("found");
        assertThat(found.path("hidden").toString()).isEqualTo("[64]");
        assertThat(found.path("learning_rate").asDouble()).isEqualTo(3e-3);
        assertThat(found.path("accuracy").asDouble()).isGreaterThan(0.9);
        assertThat(find("\"model_type\":\"mlp\",\"dataset\":\"digits\"").status())
                .isEqualTo(200);
    }

    @Test
    void where_none_was_trained_so_the_answer_leads_to_the_form_filled_in() {
        assertThat(find(FITTING + ",\"learning_rate_range\":\"Medium Low\"").problem())
                .isEqualTo("404 Model not trained yet. | train it: /app/train?model=mlp&hidden=64&optimizer=adamw"
                        + "&learning_rate=2.2E-4&dropout=0&batch_size=32&epochs=8&dataset=digits");
        for (String other : new String[] {
            "\"optimizer\":\"SGD\"",
            "\"batch_size\":64",
            "\"epochs\":9",
            "\"hidden_layers_config\":[64,64]",
            "\"use_dropout\":true",
            "\"model_type\":\"ConvNN\"",
        }) {
            assertThat(find(other + ",\"dataset\":\"digits\"").problem())
                    .as(other)
                    .startsWith("404 Model not trained yet.");
        }
    }

    @Test
    void what_is_found_is_asked_of_a_drawing() throws Exception {
        BufferedImage canvas = new BufferedImage(200, 200, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = canvas.createGraphics();
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, 200, 200);
        graphics.setColor(Color.BLACK);
        graphics.fillRect(95, 30, 22, 140);
        graphics.dispose();
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        ImageIO.write(canvas, "png", png);
        String url = "data:image/png;base64," + Base64.getEncoder().encodeToString(png.toByteArray());
        JsonNode said = server.post("/v1/find", "{\"configuration\":{" + FITTING + "},\"drawing\":\"" + url + "\"}")
                .json();
        assertThat(said.path("answer").path("results").get(0).path("label").asText())
                .isEqualTo("1");
        assertThat(server.post("/v1/find", "{\"configuration\":{" + FITTING + "},\"drawing\":\"file:///etc/passwd\"}")
                        .problem())
                .startsWith("400 the image is no data address");
    }

    @Test
    void words_that_mean_nothing_are_refused() {
        assertThat(find("\"learning_rate_range\":\"Huge\"").problem())
                .isEqualTo("400 there is no range of learning rates 'Huge' | use one of Low, Medium Low, Medium High,"
                        + " High");
        assertThat(find("\"model_type\":\"forest\"").problem())
                .isEqualTo("400 there is no type of model 'forest' | use mlp or cnn");
        assertThat(find("\"shoes\":3").problem()).startsWith("400 there is no field 'shoes'");
    }
}
