package dev.quire.inference;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.quire.QuireException;
import dev.quire.data.Column;
import dev.quire.data.image.Resampling;
import dev.quire.graph.DType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a file says of itself beyond its network: {@code inputs}, {@code classes}, a JSON list of names, {@code columns} of a table, and {@code preprocessing}, a JSON
 * object with {@code mean} and {@code std} (or {@code image_mean} and {@code image_std}) and perhaps {@code height},
 * {@code width} and {@code scale} (or {@code rescale_factor}).
 */
final class Notes {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int RANK = 4;
    private static final Pattern INPUT = Pattern.compile(
            "\\S+ (scalar|\\d{1,9}(?:x\\d{1,9}){0,7}) (uint8|int32|int64|float32|float64|bool|bfloat16)");

    private Notes() {}

    /** The notes among texts that were saved beside a program: {@code classes.json}, and all of {@code provenance.json}. */
    static Map<String, String> of(String file, Map<String, String> extra) {
        Map<String, String> notes = new LinkedHashMap<>();
        json(file, extra, "provenance.json")
                .properties()
                .forEach(note -> notes.put(note.getKey(), note.getValue().asText()));
        extra.forEach((name, text) -> {
            if (!name.equals("provenance.json")) {
                notes.put(name.replaceFirst("\\.json$", ""), text);
            }
        });
        return notes;
    }

    /** The class names: those that were given, else those of the file. */
    static List<String> classes(String file, LoadSpec spec, Map<String, String> notes) {
        if (!spec.classes().isEmpty()) {
            return spec.classes();
        }
        JsonNode json = json(file, notes, "classes");
        List<String> classes = new ArrayList<>();
        json.forEach(name -> classes.add(name.asText()));
        return classes;
    }

    /** The shapes and types of {@code inputs}, which Quire writes as {@code image 1x28x28 uint8}, where they are there. */
    static LoadSpec inputs(LoadSpec spec, Map<String, String> notes) {
        LoadSpec out = spec;
        Matcher input = INPUT.matcher(notes.getOrDefault("inputs", ""));
        while (input.find()) {
            List<Long> sizes = input.group(1).equals("scalar")
                    ? List.of()
                    : Arrays.stream(input.group(1).split("x"))
                            .map(Long::valueOf)
                            .toList();
            out = out.withInput(DType.valueOf(input.group(2).toUpperCase(Locale.ROOT)), sizes);
        }
        return out;
    }

    /** The columns that the elements of its only input are from, where they fit it. */
    static List<Column> columns(String file, Map<String, String> notes, List<Port> inputs) {
        List<Column> columns = new ArrayList<>();
        json(file, notes, "columns").forEach(column -> {
            List<String> categories = new ArrayList<>();
            column.path("categories").forEach(each -> categories.add(each.asText()));
            columns.add(new Column(column.path("name").asText(), categories));
        });
        List<Long> wanted =
                List.of(-1L, columns.stream().mapToLong(Column::width).sum());
        return inputs.size() == 1
                        && inputs.get(0).type() == DType.FLOAT32
                        && inputs.get(0).sizes().equals(wanted)
                ? columns
                : List.of();
    }

    /** How an image becomes the one input of a model, if that is known. */
    static Optional<ImageInput> image(String file, LoadSpec spec, Map<String, String> notes, List<Port> inputs) {
        if (inputs.size() != 1 || inputs.get(0).sizes().size() != RANK) {
            return Optional.empty();
        }
        Port port = inputs.get(0);
        List<Long> sizes = port.sizes();
        boolean isLast = !isChannels(sizes.get(1)) && isChannels(sizes.get(3));
        long channels = isLast ? sizes.get(3) : sizes.get(1);
        // Quire's own files say in a sentence what their network does by itself.
        boolean isJson = notes.getOrDefault("preprocessing", "").startsWith("{");
        JsonNode said = json(file, isJson ? notes : Map.of(), "preprocessing");
        long height = either(sizes.get(isLast ? 1 : 2), said.path("height").asLong(-1));
        long width = either(sizes.get(isLast ? 2 : 3), said.path("width").asLong(-1));
        if (!isChannels(channels) || height < 1 || width < 1) {
            return Optional.empty();
        }
        Resampling how = Resampling.numbered(said.path("resample").asInt(2), file);
        if (port.type() == DType.UINT8) {
            return Optional.of(new ImageInput(
                    (int) height,
                    (int) width,
                    (int) channels,
                    isLast,
                    DType.UINT8,
                    1,
                    List.of(0.0),
                    List.of(1.0),
                    how));
        }
        List<Double> means = spec.means().isEmpty() ? numbers(said, "mean", "image_mean") : spec.means();
        List<Double> deviations = spec.means().isEmpty() ? numbers(said, "std", "image_std") : spec.deviations();
        if (means.isEmpty() || port.type() != DType.FLOAT32) {
            return Optional.empty();
        }
        double scale = said.path("scale").asDouble(said.path("rescale_factor").asDouble(1.0 / 255));
        return Optional.of(new ImageInput(
                (int) height, (int) width, (int) channels, isLast, DType.FLOAT32, scale, means, deviations, how));
    }

    private static boolean isChannels(long size) {
        return size == 1 || size == 3;
    }

    private static long either(long declared, long said) {
        return declared > 0 ? declared : said;
    }

    private static List<Double> numbers(JsonNode json, String name, String other) {
        JsonNode found = json.has(name) ? json.path(name) : json.path(other);
        List<Double> out = new ArrayList<>();
        if (found.isNumber()) {
            out.add(found.asDouble());
        }
        found.forEach(number -> out.add(number.asDouble()));
        return out;
    }

    private static JsonNode json(String file, Map<String, String> notes, String key) {
        String text = notes.getOrDefault(key, "");
        try {
            return JSON.readTree(text.isBlank() ? "{}" : text);
        } catch (JsonProcessingException e) {
            throw new QuireException(file + ": its " + key + " are no JSON: " + e.getOriginalMessage(), e);
        }
    }
}
