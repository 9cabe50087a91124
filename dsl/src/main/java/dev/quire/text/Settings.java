package dev.quire.text;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.quire.QuireException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What the files of a tokenizer say, as far as Java needs to know it.
 *
 * @param json all of {@code tokenizer.json}
 * @param kind what it does, such as {@code WordPiece}
 * @param vocabulary one more than the largest number of a token
 * @param marks the special tokens and their numbers, in the order of these
 * @param padding the token that fills up
 * @param most the most tokens of a text; {@link Integer#MAX_VALUE} where nothing is said
 */
record Settings(String json, String kind, int vocabulary, Map<String, Long> marks, OptionalLong padding, int most) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String FILE = "tokenizer.json";
    private static final String WORDS = "vocab.txt";
    private static final String PAIRS = "vocab.json";
    private static final String MERGES = "merges.txt";
    /** What tokenizers say who have no limit is larger than any network's. */
    private static final long UNLIMITED = 1_000_000;

    Settings {
        marks = Collections.unmodifiableMap(new LinkedHashMap<>(marks));
    }

    /** The file of a folder, or the file itself. */
    static Path file(Path place) {
        if (Files.isRegularFile(place)) {
            return place;
        }
        for (String name : List.of(FILE, WORDS, PAIRS)) {
            Path file = place.resolve(name);
            if (Files.isRegularFile(file) && (!name.equals(PAIRS) || Files.isRegularFile(place.resolve(MERGES)))) {
                return file;
            }
        }
        List<String> slow = List.of(PAIRS, MERGES, "spiece.model", "tokenizer.model").stream()
                .filter(name -> Files.isRegularFile(place.resolve(name)))
                .toList();
        throw new QuireException(place + " has no " + FILE
                + (slow.isEmpty()
                        ? ": copy it from where the network is from"
                        : ", but " + String.join(" and ", slow) + ": make one of "
                                + (slow.size() == 1 ? "it" : "them") + " with Python, AutoTokenizer.from_pretrained(\""
                                + place + "\").save_pretrained(\"" + place + "\")"));
    }

    /** Whether a folder has one of the files. */
    static boolean isIn(Path folder) {
        return Files.isRegularFile(folder.resolve(FILE))
                || Files.isRegularFile(folder.resolve(WORDS))
                || (Files.isRegularFile(folder.resolve(PAIRS)) && Files.isRegularFile(folder.resolve(MERGES)));
    }

    static Settings read(Path file) {
        String text;
        try {
            text = text(file);
        } catch (CharacterCodingException e) {
            throw new QuireException(file + " is no text in UTF-8, expected a tokenizer in JSON", e);
        } catch (IOException e) {
            throw new QuireException(file + " cannot be read: " + e.getMessage(), e);
        }
        JsonNode json = parsed(file, text);
        JsonNode model = json.path("model");
        if (!model.path("vocab").isContainerNode()) {
            throw new QuireException(
                    file + " is no tokenizer: it has no model with a vocab: give the " + FILE + " of a tokenizer");
        }
        Map<String, Long> marks = new LinkedHashMap<>();
        long largest = -1;
        for (JsonNode added : json.path("added_tokens")) {
            largest = Math.max(largest, added.path("id").asLong(-1));
            if (added.path("special").asBoolean()) {
                marks.put(added.path("content").asText(), added.path("id").asLong());
            }
        }
        largest = Math.max(largest, largest(model.path("vocab")));
        JsonNode beside = beside(file, "tokenizer_config.json");
        long most = beside.path("model_max_length").asLong(Long.MAX_VALUE);
        return new Settings(
                text,
                model.path("type").asText("a tokenizer"),
                Math.toIntExact(largest + 1),
                marks,
                padding(json, beside, beside(file, "special_tokens_map.json"), marks),
                most > 0 && most < UNLIMITED ? (int) most : Integer.MAX_VALUE);
    }

    /** What a {@code tokenizer.json} says, or would say. */
    private static String text(Path file) throws IOException {
        return switch (String.valueOf(file.getFileName())) {
            case WORDS ->
                OlderFiles.wordPiece(
                        file,
                        beside(file, "tokenizer_config.json")
                                .path("do_lower_case")
                                .asBoolean(true));
            case PAIRS -> OlderFiles.bytePairs(file, file.resolveSibling(MERGES));
            default -> Files.readString(file);
        };
    }

    /** The numbers of a vocabulary: those it says, or the places of a list. */
    private static long largest(JsonNode vocabulary) {
        if (vocabulary.isArray()) {
            return vocabulary.size() - 1L;
        }
        long largest = -1;
        for (JsonNode id : vocabulary) {
            largest = Math.max(largest, id.asLong(-1));
        }
        return largest;
    }

    /** That of the files; else a mark that is named so; else, as is the custom, that of the end. */
    private static OptionalLong padding(JsonNode json, JsonNode settings, JsonNode map, Map<String, Long> marks) {
        if (json.path("padding").has("pad_id")) {
            return OptionalLong.of(json.path("padding").path("pad_id").asLong());
        }
        for (String role : List.of("pad_token", "eos_token")) {
            for (JsonNode file : List.of(settings, map)) {
                Optional<Long> found = mark(file.path(role), marks);
                if (found.isPresent()) {
                    return OptionalLong.of(found.get());
                }
            }
            if (role.equals("pad_token")) {
                for (String usual : List.of("[PAD]", "<pad>")) {
                    if (marks.containsKey(usual)) {
                        return OptionalLong.of(marks.getOrDefault(usual, 0L));
                    }
                }
            }
        }
        return marks.containsKey("<|endoftext|>")
                ? OptionalLong.of(marks.getOrDefault("<|endoftext|>", 0L))
                : OptionalLong.empty();
    }

    private static Optional<Long> mark(JsonNode said, Map<String, Long> marks) {
        return Optional.ofNullable(
                marks.get(said.isObject() ? said.path("content").asText() : said.asText()));
    }

    private static JsonNode beside(Path file, String name) {
        Path other = file.resolveSibling(name);
        if (!Files.isRegularFile(other)) {
            return MissingNode.getInstance();
        }
        try {
            return parsed(other, Files.readString(other));
        } catch (IOException e) {
            throw new QuireException(other + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static JsonNode parsed(Path file, String text) {
        try {
            JsonNode json = JSON.readTree(text);
            if (json.isObject()) {
                return json;
            }
            throw new QuireException(file + " holds no JSON object: the file is damaged, copy it again");
        } catch (JsonProcessingException e) {
            throw new QuireException(
                    file + " is no JSON: " + e.getOriginalMessage() + ": the file is damaged, copy it again", e);
        }
    }
}
