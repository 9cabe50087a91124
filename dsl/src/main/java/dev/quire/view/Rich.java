package dev.quire.view;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.quire.QuireException;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;

/** Text in the formats that notebooks draw, each with a {@code text/plain} that reads well in a terminal. */
public final class Rich {
    private static final ObjectMapper JSON = new ObjectMapper()
            .findAndRegisterModules()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS);

    private static final int TEXT = 20_000;
    private static final Pattern LINE_END =
            Pattern.compile("(?i)<(br|/p|/div|/tr|/li|/h[1-6]|/table|/ul|/ol)\\b[^>]*>");
    private static final Pattern CODE = Pattern.compile("(?is)<(script|style)\\b.*?</\\1\\s*>");
    private static final Pattern TAG = Pattern.compile("<[a-zA-Z/!][^>]*>");

    private Rich() {}

    public static Display markdown(String text) {
        return Display.text(text).with(Display.MARKDOWN, text);
    }

    /** HTML; in a terminal its words. */
    public static Display html(String html) {
        String lines = LINE_END.matcher(CODE.matcher(html).replaceAll("")).replaceAll("\n");
        String words = TAG.matcher(lines)
                .replaceAll(" ")
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&quot;", "\"")
                .replace("&#39;", "'")
                .replace("&nbsp;", " ")
                .replace("&amp;", "&")
                .replaceAll("[ \\t]+", " ")
                .replaceAll(" ?\\R ?(\\s*\\R)*", "\n");
        return Display.text(words.strip()).with(Display.HTML, html);
    }

    /** A formula; dollar signs are put around it where it has none. */
    public static Display latex(String formula) {
        String bare = formula.strip();
        boolean set = bare.startsWith("$") || bare.startsWith("\\[") || bare.startsWith("\\begin");
        return Display.text(bare).with(Display.LATEX, set ? bare : "$$" + bare + "$$");
    }

    /**
     * A value as JSON, which notebooks let one fold: text is taken as JSON, anything else is turned into it.
     *
     * @throws QuireException when text is no JSON, or the value cannot be turned into it
     */
    public static Display json(@Nullable Object value) {
        JsonNode tree = tree(value);
        return Display.text(Cropping.text(tree.toPrettyString(), TEXT)).with(Display.JSON, tree.toString());
    }

    /**
     * A chart as Vega-Lite describes it.
     *
     * @param spec JSON, or maps and lists that say the same
     * @throws QuireException when it is no JSON object
     */
    public static Display vegaLite(Object spec) {
        JsonNode tree = tree(spec);
        if (!tree.isObject()) {
            throw new QuireException("a Vega-Lite chart is a JSON object with data, mark and encoding, got "
                    + tree.getNodeType().toString().toLowerCase(java.util.Locale.ROOT));
        }
        JsonNode mark = tree.path("mark").isObject() ? tree.path("mark").path("type") : tree.path("mark");
        String title = tree.path("title").asText("");
        int rows = tree.path("data").path("values").size();
        String text = "Vega-Lite chart" + (title.isEmpty() ? "" : " \"" + title + "\"")
                + (mark.isTextual() ? ", mark " + mark.asText() : "")
                + (rows > 0 ? ", " + Numbers.count(rows) + (rows == 1 ? " row" : " rows") : "");
        return Display.text(text).with(Display.VEGA_LITE, tree.toString());
    }

    /**
     * A picture from a file.
     *
     * @throws QuireException when there is none, or it cannot be read
     */
    public static BufferedImage image(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new QuireException("there is no picture " + file.toAbsolutePath());
        }
        try {
            BufferedImage image = ImageIO.read(file.toFile());
            if (image == null) {
                throw new QuireException(file + " is no picture that can be read here: use PNG, JPEG, GIF or BMP");
            }
            return image;
        } catch (IOException e) {
            throw new QuireException(file + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** A value as it is shown, but a chart as a raster image alone: for pages that do not draw SVG. */
    public static Display png(Object value) {
        Display display = Displays.of(value);
        if (!display.data().containsKey(Display.PNG)) {
            throw new QuireException("a value of type " + value.getClass().getTypeName()
                    + " has no picture: png(...) takes a chart or an image");
        }
        return Display.text(display.plain()).with(Display.PNG, display.data().getOrDefault(Display.PNG, ""));
    }

    private static JsonNode tree(@Nullable Object value) {
        try {
            return value instanceof CharSequence text ? JSON.readTree(text.toString()) : JSON.valueToTree(value);
        } catch (JsonProcessingException e) {
            throw new QuireException("this is no JSON: " + e.getOriginalMessage() + place(e), e);
        } catch (IllegalArgumentException e) {
            throw new QuireException("this value cannot be turned into JSON: " + e.getMessage(), e);
        }
    }

    private static String place(JsonProcessingException e) {
        return e.getLocation() == null
                ? ""
                : ", line " + e.getLocation().getLineNr() + ", column "
                        + e.getLocation().getColumnNr();
    }
}
