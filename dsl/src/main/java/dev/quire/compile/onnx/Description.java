package dev.quire.compile.onnx;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a file says of itself.
 *
 * @param name of the graph
 * @param text what it is, for a reader
 * @param version of Quire
 * @param inputs what each input wants, by name
 * @param output what comes out
 * @param metadata text by key, in order
 */
public record Description(
        String name,
        String text,
        String version,
        Map<String, String> inputs,
        String output,
        Map<String, String> metadata) {
    public Description {
        inputs = Map.copyOf(inputs);
        metadata = new LinkedHashMap<>(metadata);
    }

    /** A name alone. */
    public static Description of(String name) {
        return new Description(name, "", "", Map.of(), "", Map.of());
    }
}
