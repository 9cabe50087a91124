package dev.quire.text;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.djl.huggingface.tokenizers.jni.CharSpan;
import dev.quire.QuireException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Hugging Face's own tokenizers, in native code that DJL brings along: the only code that knows of them. */
final class Native {
    private static final Map<String, String> WHOLE = Map.of("truncation", "false", "padding", "false");

    private final HuggingFaceTokenizer tokenizer;

    private Native(HuggingFaceTokenizer tokenizer) {
        this.tokenizer = tokenizer;
    }

    /**
     * @param place for messages
     * @param json all of {@code tokenizer.json}
     */
    static Native of(String place, String json) {
        // Else DJL sends usage figures, and looks for another library in the net where there is a GPU.
        System.setProperty("OPT_OUT_TRACKING", "true");
        if (System.getProperty("RUST_FLAVOR") == null) {
            System.setProperty("RUST_FLAVOR", "cpu");
        }
        System.setProperty("org.slf4j.simpleLogger.log.ai.djl", "error");
        try {
            return new Native(HuggingFaceTokenizer.newInstance(
                    new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)), WHOLE));
        } catch (IOException | RuntimeException e) {
            if (isMissing(e)) {
                throw missing(e);
            }
            throw new QuireException(place + " is no tokenizer that is understood: " + e.getMessage(), e);
        } catch (LinkageError e) {
            throw missing(e);
        }
    }

    private static boolean isMissing(Throwable e) {
        return String.valueOf(e.getMessage()).contains("native library") || e.getCause() instanceof LinkageError;
    }

    private static QuireException missing(Throwable e) {
        String machine = System.getProperty("os.name", "") + " on " + System.getProperty("os.arch", "");
        return new QuireException(
                String.format(
                        Locale.ROOT,
                        "the native part of tokenizers does not load (%s): it is there for Linux on x86_64 and aarch64,"
                                + " macOS on aarch64 and Windows on x86_64, this is %s: make the tokens elsewhere, and"
                                + " give them as numbers with tensors(tokens, labels)",
                        e.getMessage(),
                        machine),
                e);
    }

    Tokens encode(String text) {
        Encoding encoding = tokenizer.encode(text, true, false);
        long[] ids = encoding.getIds();
        String[] words = encoding.getTokens();
        long[] marks = encoding.getSpecialTokenMask();
        CharSpan[] spans = encoding.getCharTokenSpans();
        List<Tokens.Piece> out = new ArrayList<>(ids.length);
        Places places = new Places(text);
        for (int i = 0; i < ids.length; i++) {
            boolean isMark = marks[i] != 0;
            int from = isMark || spans[i] == null ? 0 : places.of(spans[i].getStart());
            int to = isMark || spans[i] == null ? from : places.of(spans[i].getEnd());
            out.add(new Tokens.Piece(ids[i], words[i], from, to, isMark));
        }
        return new Tokens(text, out);
    }

    String decode(long[] ids) {
        return tokenizer.decode(ids, true);
    }

    /** The places of code points in a text of Java, where some take two characters. */
    private static final class Places {
        private final String text;
        private final boolean isPlain;

        Places(String text) {
            this.text = text;
            this.isPlain = text.codePointCount(0, text.length()) == text.length();
        }

        int of(int point) {
            return isPlain ? Math.min(point, text.length()) : text.offsetByCodePoints(0, point);
        }
    }
}
