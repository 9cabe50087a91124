package dev.quire.pretrained;

import static dev.quire.Quire.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quire.QuireException;
import dev.quire.data.Dataset;
import dev.quire.data.HostTensor;
import dev.quire.inference.Estimate;
import dev.quire.inference.Model;
import dev.quire.inference.Models;
import dev.quire.model.Layer;
import dev.quire.run.Prediction;
import dev.quire.run.Run;
import dev.quire.store.Safetensors;
import dev.quire.text.Tokenizer;
import dev.quire.text.Tokens;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.SnippetEvent;
import jdk.jshell.SourceCodeAnalysis;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From sentences in a file to what a network says of a sentence: the example of docs/text.md. */
class TextPathTest {
    private static final int VOCABULARY = 120;

    @TempDir
    Path root;

    private String before = "";
    private String bert = "";
    private String reviews = "";

    @BeforeEach
    void make() throws IOException {
        before = System.getProperty("quire.runs", "");
        System.setProperty("quire.runs", root.resolve("runs").toString());
        bert = checkpoint("bert").toString();
        reviews = reviews().toString();
    }

    @AfterEach
    void recordThere() {
        System.setProperty("quire.runs", before);
    }

    private static Path tokenizers() {
        try {
            return Path.of(Objects.requireNonNull(TextPathTest.class.getResource("/tokenizers"))
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The small bert of the resources with room for 32 tokens of 120, and a tokenizer beside it. */
    private Path checkpoint(String name) throws IOException {
        Path folder = Checkpoints.copy(
                "bert", Files.createDirectories(root.resolve(name).getParent()));
        Path config = folder.resolve("config.json");
        Files.writeString(
                config,
                Files.readString(config)
                        .replace("\"vocab_size\": 17", "\"vocab_size\": " + VOCABULARY)
                        .replace("\"max_position_embeddings\": 9", "\"max_position_embeddings\": 32"));
        Path weights = folder.resolve("model.safetensors");
        Random random = new Random(1);
        List<Safetensors.Entry> entries = new ArrayList<>();
        for (Safetensors.Entry entry : Safetensors.read(weights).entries()) {
            long rows = entry.name().endsWith("word_embeddings.weight")
                    ? VOCABULARY
                    : entry.name().endsWith("position_embeddings.weight") ? 32 : 0;
            if (rows == 0) {
                entries.add(entry);
                continue;
            }
            float[] drawn = new float[Math.toIntExact(rows * entry.shape().get(1))];
            for (int i = 0; i < drawn.length; i++) {
                drawn[i] = (float) random.nextGaussian() * 0.3f;
            }
            entries.add(Safetensors.Entry.of(
                    entry.name(), List.of(rows, entry.shape().get(1)), drawn, 0, drawn.length));
        }
        Safetensors.write(weights, new Safetensors.Content(Map.of(), entries));
        for (String file : List.of("tokenizer.json", "tokenizer_config.json")) {
            Files.copy(tokenizers().resolve("wordpiece").resolve(file), folder.resolve(file));
        }
        return folder;
    }

    private Path reviews() throws IOException {
        List<String> good =
                List.of("a wonderful film", "the best film of the year", "bright, funny and warm", "a great cast");
        List<String> bad = List.of(
                "a waste of time", "the worst film of the year", "dull, slow and far too long", "old and tired");
        List<String> lines = new ArrayList<>(List.of("review,verdict"));
        for (int i = 0; i < 80; i++) {
            String text = (i % 2 == 0 ? good : bad).get(i / 2 % 4);
            lines.add("\"" + text + (i % 3 == 0 ? "" : ", " + (i % 2 == 0 ? good : bad).get(i / 3 % 4)) + "\","
                    + (i % 2 == 0 ? "good" : "bad"));
        }
        return Files.write(root.resolve("reviews.csv"), lines);
    }

    @Test
    void a_network_learns_from_sentences_and_answers_to_a_sentence() {
        var folder = modelFolder(bert);
        var data = csv(reviews, text("review", folder.tokenizer()), target("verdict"));
        var net = sequential(backbone(bert), dense(data.classes().size()));
        Run run = train(net, data, epochs(12), batch(8), adamW(3e-3), seed(2));
        assertThat(run.history().last("val_accuracy")).isGreaterThan(0.9);

        Prediction said = run.predict("a wonderful, funny film");
        assertThat(said.label()).isEqualTo("good");
        assertThat(said.probability()).isGreaterThan(0.5);
        assertThat(run.predict("dull, slow and old").label()).isEqualTo("bad");
        assertThat(said.toString()).startsWith("good  ");

        try (Model model = Models.of(run)) {
            Estimate again = model.predict("a wonderful, funny film");
            assertThat(again.label()).isEqualTo("good");
            assertThat(again.probability()).isCloseTo(said.probability(), org.assertj.core.data.Offset.offset(1e-5));
            assertThat(model.plain()).contains("; texts become ").contains("WordPiece of 120 tokens");
            assertThat(model.accuracy(data.test())).isGreaterThan(0.9);
        }
    }

    /** Every line of the guide, in one process with this test. */
    @Test
    void the_guide_does_what_it_says() throws IOException {
        String guide =
                Files.readString(Path.of(System.getProperty("quire.root", "..")).resolve("docs/text.md"));
        String code = Pattern.compile("```java\\n(.*?)```", Pattern.DOTALL)
                .matcher(guide)
                .results()
                .map(block -> block.group(1))
                .collect(Collectors.joining("\n"))
                .replace("models/bert", bert)
                .replace("reviews.csv", reviews)
                .replace(", 64)", ", 32)");
        List<String> said = new ArrayList<>();
        try (JShell shell = JShell.builder().executionEngine("local").build()) {
            shell.eval("import static dev.quire.Quire.*;");
            shell.eval("import java.util.*;");
            String rest = code;
            while (!rest.isBlank()) {
                SourceCodeAnalysis.CompletionInfo line =
                        shell.sourceCodeAnalysis().analyzeCompletion(rest);
                for (SnippetEvent event : shell.eval(line.source())) {
                    assertThat(event.status()).as(line.source()).isEqualTo(Snippet.Status.VALID);
                    assertThat(event.exception()).as(line.source()).isNull();
                    said.add(String.valueOf(event.value()));
                }
                rest = line.remaining();
            }
        }
        assertThat(said).anyMatch(value -> value.startsWith("good  ")).contains("\"a wonderful film\"");
    }

    @Test
    void a_record_names_the_tokenizer_and_goes_on_with_equal_data_alone() throws IOException {
        Dataset data = csv(reviews, text("review", modelFolder(bert).tokenizer()), target("verdict"));
        Layer net = sequential(backbone(bert), dense(2));
        Run run = train(net, data, epochs(1), batch(16), seed(2), freeze("backbone"), name("first"));
        String recorded = Files.readString(run.folder().orElseThrow().path().resolve("data.json"));
        assertThat(recorded)
                .contains("\"sha256\" : \"" + modelFolder(bert).tokenizer().fingerprint() + "\"")
                .contains(data.fingerprint());
        assertThat(csv(reviews, text("review", modelFolder(bert).tokenizer()), target("verdict")))
                .isEqualTo(data);
        Run again = runs("first").reload(data);
        assertThat(again.predict("a great cast").values())
                .isEqualTo(run.predict("a great cast").values());
    }

    @Test
    void a_folder_is_asked_about_a_sentence_without_training() {
        try (Model model = Models.of(modelFolder(bert))) {
            Estimate said = model.predict("a wonderful film");
            assertThat(said.label()).isIn("cat", "dog", "tree");
            assertThat(said.probability()).isBetween(1 / 3.0, 1.0);
            List<Estimate> all = model.predict(List.of("a wonderful film", "dull", "a great cast and a story"));
            assertThat(all).hasSize(3);
            assertThat(all.get(0).values()).containsExactly(said.values(), org.assertj.core.data.Offset.offset(1e-5f));
            assertThatThrownBy(() -> model.predict(List.of()))
                    .hasMessage("predict: no text was given, expected at least one");
        }
        try (Model whole = Models.of(modelFolder(bert));
                Model few = Models.of(modelFolder(bert), 12)) {
            assertThat(few.predict("a great cast").values())
                    .as("padding changes nothing")
                    .containsExactly(
                            whole.predict("a great cast").values(), org.assertj.core.data.Offset.offset(1e-5f));
        }
    }

    @Test
    void tokens_of_a_sentence_go_to_any_model_of_tokens() {
        Tokenizer tokenizer = modelFolder(bert).tokenizer();
        Tokens tokens = tokenizer.encode("a wonderful film");
        try (Model model = Models.of(modelFolder(bert), tokens.count())) {
            assertThat(model.predict(HostTensor.of(tokens.ids(), 1, tokens.count()))
                            .get(0)
                            .values())
                    .containsExactly(
                            model.predict("a wonderful film").values(), org.assertj.core.data.Offset.offset(1e-6f));
        }
    }

    @Test
    void a_tokenizer_that_does_not_fit_the_network_is_refused() throws IOException {
        Tokenizer tokenizer = modelFolder(bert).tokenizer();
        assertThat(tokenizer.toString()).isEqualTo("WordPiece of 120 tokens, at most 32 a text, padding 0");
        Dataset data = csv(reviews, text("review", tokenizer), target("verdict"));
        Layer small = masking(0, embedding(100, 8), selfAttention(2), select(1, 0), dense(2));
        assertThatThrownBy(() -> train(small, data, epochs(1)))
                .isInstanceOf(QuireException.class)
                .hasMessage("layer 0, an embedding, has rows for 100 tokens, the tokenizer of reviews makes 120: use"
                        + " embedding(120, …), or the tokenizer that belongs to the network");

        Path config = Path.of(bert).resolve("config.json");
        String said = Files.readString(config);
        Files.writeString(config, said.replace("\"vocab_size\": 120", "\"vocab_size\": 99"));
        assertThatThrownBy(() -> modelFolder(bert).tokenizer())
                .hasMessage(
                        bert + ": its tokenizer has 120 tokens, its network rows for 99 (vocab_size in config.json):"
                                + " the files are not of one network, copy them again");
        Files.writeString(config, said.replace("\"pad_token_id\": 0", "\"pad_token_id\": 7"));
        assertThatThrownBy(() -> modelFolder(bert).tokenizer())
                .hasMessage(
                        bert + ": its tokenizer fills up with token 0, its network passes over token 7 (pad_token_id"
                                + " in config.json): make them the same");
        assertThatThrownBy(() ->
                        modelFolder(Checkpoints.folder("resnet").toString()).tokenizer())
                .hasMessageEndingWith(" is a resnet, which is given images: it has no tokenizer");
    }

    @Test
    void a_model_without_a_tokenizer_says_how_to_get_one() throws IOException {
        Files.delete(Path.of(bert).resolve("tokenizer.json"));
        try (Model model = Models.of(modelFolder(bert))) {
            assertThatThrownBy(() -> model.predict(List.of("a film")))
                    .isInstanceOf(QuireException.class)
                    .hasMessageEndingWith(": put its tokenizer.json beside its weights, or give it tokens");
        }
    }
}
