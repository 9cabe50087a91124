package dev.quire.view;

import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a front end shows for a value: one representation for each MIME type, richest last. There is always a
 * {@code text/plain}, good enough for a terminal. Binary representations are Base64.
 *
 * @param data MIME type to representation
 */
public record Display(Map<String, String> data) implements Displayable {
    public static final String TEXT = "text/plain";
    public static final String HTML = "text/html";
    public static final String MARKDOWN = "text/markdown";
    /** Between dollar signs. */
    public static final String LATEX = "text/latex";
    /** A string of JSON here; a front end is given the object. */
    public static final String JSON = "application/json";
    /** Likewise a string of JSON. */
    public static final String VEGA_LITE = "application/vnd.vegalite.v5+json";

    public static final String SVG = "image/svg+xml";
    public static final String PNG = "image/png";

    public Display {
        data = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(data));
    }

    public static Display text(String text) {
        return new Display(Map.of(TEXT, text));
    }

    /** This display with another representation, which replaces one of the same type. */
    public Display with(String type, String representation) {
        Map<String, String> out = new LinkedHashMap<>(data);
        out.put(type, representation);
        return new Display(out);
    }

    public Display png(byte[] png) {
        return with(PNG, Base64.getEncoder().encodeToString(png));
    }

    @Override
    public Display display() {
        return this;
    }

    @Override
    public String plain() {
        return data.getOrDefault(TEXT, "");
    }
}
