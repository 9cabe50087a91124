package dev.quire.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.quire.QuireException;
import dev.quire.export.PythonProcess;
import dev.quire.view.Display;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenizerTest {
    @TempDir
    Path temporary;

    static Path folder(String name) {
        try {
            return Path.of(Objects.requireNonNull(TokenizerTest.class.getResource("/tokenizers"))
                            .toURI())
                    .resolve(name);
        } catch (java.net.URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void agrees(Path folder) throws IOException {
        Tokenizer tokenizer = Tokenizer.read(folder);
        JsonNode expected =
                new ObjectMapper().readTree(folder.resolve("expected.json").toFile());
        int length = expected.path("length").asInt();
        assertThat(tokenizer.vocabulary()).isEqualTo(expected.path("vocabulary").asInt());
        for (JsonNode row : expected.path("rows")) {
            String text = row.path("text").asText();
            Tokens tokens = tokenizer.encode(text);
            assertThat(tokens.ids()).as(text).containsExactly(longs(row.path("ids")));
            assertThat(tokens.words()).as(text).isEqualTo(words(row.path("words")));
            assertThat(tokenizer.encode(List.of(text), length)[0]).as(text).containsExactly(longs(row.path("row")));
            assertThat(tokenizer.decode(tokens.ids()))
                    .as(text)
                    .isEqualTo(row.path("decoded").asText());
            assertThat(offsets(tokens)).as(text).isEqualTo(offsets(row.path("offsets"), text));
        }
    }

    private static long[] longs(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false)
                .mapToLong(JsonNode::asLong)
                .toArray();
    }

    private static List<String> words(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }

    private static List<List<Integer>> offsets(Tokens tokens) {
        return tokens.pieces().stream()
                .map(each -> List.of(each.from(), each.to()))
                .toList();
    }

    /** Python counts code points, Java characters. */
    private static List<List<Integer>> offsets(JsonNode list, String text) {
        List<List<Integer>> out = new ArrayList<>();
        list.forEach(each -> out.add(List.of(
                text.offsetByCodePoints(0, each.get(0).asInt()),
                text.offsetByCodePoints(0, each.get(1).asInt()))));
        return out;
    }

    @ParameterizedTest
    @ValueSource(strings = {"wordpiece", "bpe"})
    void texts_become_the_tokens_that_transformers_makes_of_them(String name) throws IOException {
        agrees(folder(name));
    }

    @Test
    void fresh_tokenizers_of_python_say_the_same() throws Exception {
        PythonProcess.with("transformers", "tokenizers")
                .run(temporary, folder("make_tokenizers.py").toString(), temporary.toString());
        agrees(temporary.resolve("wordpiece"));
        agrees(temporary.resolve("bpe"));
    }

    /** As they are in folders from before there was a tokenizer.json. */
    @ParameterizedTest
    @ValueSource(strings = {"wordpiece", "bpe"})
    void older_files_make_the_same_tokens(String name) throws IOException {
        JsonNode model = new ObjectMapper()
                .readTree(folder(name).resolve("tokenizer.json").toFile())
                .path("model");
        if (name.equals("wordpiece")) {
            String[] words = new String[model.path("vocab").size()];
            model.path("vocab")
                    .properties()
                    .forEach(word -> words[word.getValue().asInt()] = word.getKey());
            Files.write(temporary.resolve("vocab.txt"), List.of(words));
        } else {
            Files.writeString(
                    temporary.resolve("vocab.json"), model.path("vocab").toString());
            List<String> merges = new ArrayList<>(List.of("#version: 0.2"));
            model.path("merges")
                    .forEach(pair -> merges.add(
                            pair.isArray()
                                    ? pair.get(0).asText() + " " + pair.get(1).asText()
                                    : pair.asText()));
            Files.write(temporary.resolve("merges.txt"), merges);
        }
        for (String file : List.of("expected.json", "tokenizer_config.json")) {
            Files.copy(folder(name).resolve(file), temporary.resolve(file));
        }
        assertThat(Tokenizer.isIn(temporary)).isTrue();
        agrees(temporary);
    }

    @Test
    void tokens_are_shown_as_a_table_of_words_and_where_they_stand() {
        Tokens tokens = Tokenizer.read(folder("wordpiece")).encode("The films");
        assertThat(tokens.plain())
                .startsWith("token  word")
                .contains("[CLS]")
                .containsPattern("1  the +\\d+  0 to 3 +The")
                .containsPattern("film +\\d+  4 to 8 +film");
        assertThat(tokens.display().data()).containsKey(Display.HTML);
        assertThat(tokens.toString()).startsWith("[CLS] | the | film | ##s | [SEP]");
        assertThat(tokens.characters(1)).isEqualTo("The");
        assertThatThrownBy(() -> tokens.characters(9))
                .isInstanceOf(QuireException.class)
                .hasMessage("token 9 of 5: tokens are counted from 0");
    }

    @Test
    void a_tokenizer_says_what_it_is() {
        Tokenizer wordpiece = Tokenizer.read(folder("wordpiece"));
        assertThat(wordpiece.toString()).isEqualTo("WordPiece of 120 tokens, at most 32 a text, padding 0");
        assertThat(wordpiece.special())
                .containsEntry("[CLS]", 2L)
                .containsEntry("[MASK]", 4L)
                .hasSize(5);
        assertThat(wordpiece.plain()).contains("special token").contains("[SEP]");
        assertThat(wordpiece.fingerprint()).hasSize(64);
        assertThat(wordpiece.fitted(OptionalLong.of(1), 16).toString())
                .isEqualTo("WordPiece of 120 tokens, at most 16 a text, padding 1");
        assertThat(Tokenizer.read(folder("bpe").resolve("tokenizer.json")).toString())
                .isEqualTo("BPE of 320 tokens, padding 0");
        assertThat(Tokenizer.read(folder("wordpiece")))
                .isEqualTo(wordpiece)
                .isNotEqualTo(Tokenizer.read(folder("bpe")));
    }

    @Test
    void several_threads_may_use_one_at_once() {
        Tokenizer tokenizer = Tokenizer.read(folder("wordpiece"));
        long[] expected = tokenizer.tokens("a wonderful film");
        assertThat(IntStream.range(0, 200)
                        .parallel()
                        .allMatch(i -> java.util.Arrays.equals(tokenizer.tokens("a wonderful film"), expected)))
                .isTrue();
    }

    @Test
    void wrong_folders_and_damaged_files_are_refused() throws IOException {
        assertThatThrownBy(() -> Tokenizer.read(temporary))
                .isInstanceOf(QuireException.class)
                .hasMessage(temporary + " has no tokenizer.json: copy it from where the network is from");
        Files.writeString(temporary.resolve("vocab.json"), "{}");
        assertThatThrownBy(() -> Tokenizer.read(temporary))
                .hasMessage(temporary + " has no tokenizer.json, but vocab.json: make one of it with"
                        + " Python, AutoTokenizer.from_pretrained(\"" + temporary + "\").save_pretrained(\"" + temporary
                        + "\")");
        Path words = Files.writeString(temporary.resolve("vocab.txt"), "[PAD]\nthe\n");
        assertThatThrownBy(() -> Tokenizer.read(temporary))
                .hasMessage(words + " has no [UNK], which texts of BERT need: it is no vocabulary of BERT, or damaged");
        Path file = temporary.resolve("tokenizer.json");
        Files.writeString(file, "{\"model\": ");
        assertThatThrownBy(() -> Tokenizer.read(temporary))
                .isInstanceOf(QuireException.class)
                .hasMessageStartingWith(file + " is no JSON: ")
                .hasMessageEndingWith(": the file is damaged, copy it again");
        Files.writeString(file, "{\"model_type\": \"bert\"}");
        assertThatThrownBy(() -> Tokenizer.read(file))
                .hasMessage(file
                        + " is no tokenizer: it has no model with a vocab: give the tokenizer.json of a tokenizer");
        Files.writeString(file, "{\"model\": {\"type\": \"Abacus\", \"vocab\": {\"a\": 0}}}");
        assertThatThrownBy(() -> Tokenizer.read(file))
                .isInstanceOf(QuireException.class)
                .hasMessageStartingWith(file + " is no tokenizer that is understood: ");
        Files.write(file, new byte[] {(byte) 0xff, (byte) 0xfe, 0});
        assertThatThrownBy(() -> Tokenizer.read(file))
                .hasMessage(file + " is no text in UTF-8, expected a tokenizer in JSON");
    }

    @Test
    void lengths_and_tokens_that_cannot_be_are_refused() throws IOException {
        Tokenizer tokenizer = Tokenizer.read(folder("wordpiece"));
        assertThatThrownBy(() -> tokenizer.encode(List.of("a"), 0))
                .hasMessage("encode: the length must be at least 1, got 0");
        assertThatThrownBy(() -> tokenizer.decode(120))
                .hasMessage("decode: there is no token 120, they go from 0 to 119 in "
                        + folder("wordpiece").resolve("tokenizer.json"));
        String bare = Files.readString(folder("bpe").resolve("tokenizer.json"))
                .replace("\"special\": true", "\"special\": false");
        Path file = Files.writeString(temporary.resolve("bare.json"), bare);
        assertThatThrownBy(() -> Tokenizer.read(file).encode(List.of("a film"), 9))
                .isInstanceOf(QuireException.class)
                .hasMessage(file + " has no padding token, which fills up short texts: name one as pad_token in"
                        + " tokenizer_config.json");
    }
}
