package dev.quire.server;

import static dev.quire.Quire.*;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.quire.run.Run;
import dev.quire.run.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run that was trained on sentences is asked about sentences. */
class TextInferenceTest {
    private static final String TOKENIZER = """
            {"version": "1.0", "truncation": null, "padding": null, "normalizer": null, "post_processor": null,
             "decoder": null, "pre_tokenizer": {"type": "Whitespace"},
             "added_tokens": [{"id": 0, "content": "[PAD]", "single_word": false, "lstrip": false, "rstrip": false,
                               "normalized": false, "special": true}],
             "model": {"type": "WordLevel", "unk_token": "[UNK]",
                       "vocab": {"[PAD]": 0, "[UNK]": 1, "good": 2, "bad": 3, "film": 4}}}
            """;

    @TempDir
    Path folder;

    private Run trained() throws IOException {
        List<String> lines = new ArrayList<>(List.of("review,verdict"));
        for (int i = 0; i < 20; i++) {
            lines.add("good film,yes");
            lines.add("bad,no");
        }
        Path reviews = Files.write(folder.resolve("sentences.csv"), lines);
        Path tokenizer = Files.writeString(folder.resolve("tokenizer.json"), TOKENIZER);
        return train(
                sequential(embedding(5, 8), flatten(), dense(2)),
                csv(reviews.toString(), text("review", tokenizer(tokenizer.toString())), target("verdict")),
                epochs(20),
                batch(8),
                adamW(3e-2),
                seed(1),
                name("sentences"),
                overwrite());
    }

    @Test
    void texts_are_answered_and_wrong_ones_refused() throws IOException {
        Run run = trained();
        String route = "/v1/runs/" + run.name() + "/infer";
        Run digits = Trained.digits();
        try (TestServer server = TestServer.in(folder, options -> options.runs(RunFolder.root()))) {
            JsonNode said = server.post(route, "{\"texts\": [\"good film\", \"bad\", \"a bad unknown film indeed\"]}")
                    .json();
            assertThat(said.path("results")).hasSize(3);
            assertThat(said.path("results").get(0).path("label").asText()).isEqualTo("yes");
            assertThat(said.path("results").get(1).path("label").asText()).isEqualTo("no");
            assertThat(server.post(route, "{\"text\": \"bad\"}").json().path("results"))
                    .hasSize(1);
            assertThat(server.post(route, "{\"texts\": []}").problem())
                    .isEqualTo("400 there is no text in the list | send at least one");
            assertThat(server.post(route, "{\"texts\": [5]}").problem())
                    .isEqualTo("400 one text is no string but 5 | send a sentence");
            assertThat(server.post("/v1/runs/" + digits.name() + "/infer", "{\"text\": \"seven\"}")
                            .problem())
                    .startsWith("400 " + digits.name() + " takes no texts but ")
                    .endsWith(" | send \"rows\" or \"inputs\"");
        }
    }
}
