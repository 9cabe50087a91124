package dev.quire.text;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.quire.QuireException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Tokenizers from before there was one file for them: BERT's {@code vocab.txt}, GPT-2's {@code vocab.json}. */
final class OlderFiles {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private OlderFiles() {}

    /** A {@code tokenizer.json} that does what BERT's own tokenizer does with a list of words, one a line. */
    static String wordPiece(Path file, boolean isLowercase) throws IOException {
        ObjectNode vocabulary = NODES.objectNode();
        for (String word : Files.readAllLines(file)) {
            vocabulary.put(word, vocabulary.size());
        }
        for (String needed : List.of("[UNK]", "[CLS]", "[SEP]")) {
            if (!vocabulary.has(needed)) {
                throw new QuireException(file + " has no " + needed
                        + ", which texts of BERT need: it is no vocabulary of" + " BERT, or damaged");
            }
        }
        ObjectNode out = whole(vocabulary, List.of("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"));
        out.putObject("normalizer")
                .put("type", "BertNormalizer")
                .put("clean_text", true)
                .put("handle_chinese_chars", true)
                .put("lowercase", isLowercase)
                .putNull("strip_accents");
        out.putObject("pre_tokenizer").put("type", "BertPreTokenizer");
        ObjectNode around = out.putObject("post_processor").put("type", "TemplateProcessing");
        ArrayNode single = around.putArray("single");
        mark(single, "[CLS]");
        single.addObject().putObject("Sequence").put("id", "A").put("type_id", 0);
        mark(single, "[SEP]");
        ArrayNode pair = around.putArray("pair").addAll(single);
        pair.addObject().putObject("Sequence").put("id", "B").put("type_id", 1);
        mark(pair, "[SEP]");
        ObjectNode marks = around.putObject("special_tokens");
        for (String mark : List.of("[CLS]", "[SEP]")) {
            ObjectNode one = marks.putObject(mark).put("id", mark);
            one.putArray("ids").add(vocabulary.get(mark));
            one.putArray("tokens").add(mark);
        }
        out.putObject("decoder").put("type", "WordPiece").put("prefix", "##").put("cleanup", true);
        ((ObjectNode) out.get("model"))
                .put("type", "WordPiece")
                .put("unk_token", "[UNK]")
                .put("continuing_subword_prefix", "##")
                .put("max_input_chars_per_word", 100);
        return out.toString();
    }

    private static void mark(ArrayNode places, String mark) {
        places.addObject().putObject("SpecialToken").put("id", mark).put("type_id", 0);
    }

    /** A {@code tokenizer.json} that does what GPT-2's own tokenizer does with its words, and the pairs that it joins. */
    static String bytePairs(Path file, Path merges) throws IOException {
        JsonNode vocabulary;
        try {
            vocabulary = new ObjectMapper().readTree(Files.readString(file));
        } catch (JsonProcessingException e) {
            throw new QuireException(
                    file + " is no JSON: " + e.getOriginalMessage() + ": the file is damaged, copy it again", e);
        }
        if (!vocabulary.isObject()) {
            throw new QuireException(file + " holds no JSON object: the file is damaged, copy it again");
        }
        ObjectNode out = whole((ObjectNode) vocabulary, List.of("<|endoftext|>"));
        for (String part : List.of("pre_tokenizer", "post_processor", "decoder")) {
            out.putObject(part)
                    .put("type", "ByteLevel")
                    .put("add_prefix_space", !part.equals("pre_tokenizer"))
                    .put("trim_offsets", !part.equals("post_processor"))
                    .put("use_regex", true);
        }
        ArrayNode pairs = ((ObjectNode) out.get("model")).put("type", "BPE").putArray("merges");
        Files.readAllLines(merges).stream()
                .filter(line -> !line.isBlank() && !line.startsWith("#version"))
                .forEach(pairs::add);
        return out.toString();
    }

    private static ObjectNode whole(ObjectNode vocabulary, List<String> marks) {
        ObjectNode out = NODES.objectNode()
                .put("version", "1.0")
                .putNull("truncation")
                .putNull("padding")
                .putNull("normalizer");
        ArrayNode added = out.putArray("added_tokens");
        marks.stream()
                .filter(vocabulary::has)
                .forEach(mark -> added.addObject()
                        .put("id", vocabulary.get(mark).asInt())
                        .put("content", mark)
                        .put("single_word", false)
                        .put("lstrip", false)
                        .put("rstrip", false)
                        .put("normalized", false)
                        .put("special", true));
        out.putObject("model").set("vocab", vocabulary);
        return out;
    }
}
