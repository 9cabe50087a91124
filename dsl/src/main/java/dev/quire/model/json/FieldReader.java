package dev.quire.model.json;

import com.fasterxml.jackson.databind.JsonNode;
import dev.quire.QuireException;
import dev.quire.data.table.Nearest;
import dev.quire.graph.DType;
import dev.quire.graph.Shape;
import dev.quire.graph.TensorType;
import dev.quire.model.Functional;
import dev.quire.model.Layer;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Values of one layer's fields from JSON; a faulty one is null, and its fault is noted. */
final class FieldReader {
    private final LayerReader layers;
    private final Findings findings;
    private final String word;
    private final Place layer;

    FieldReader(LayerReader layers, Findings findings, String word, Place layer) {
        this.layers = layers;
        this.findings = findings;
        this.word = word;
        this.layer = layer;
    }

    /**
     * A field's value.
     *
     * @param label the field as the user wrote it
     */
    @Nullable
    Object value(JsonNode node, Type type, String label, String name) {
        return value(node, type, label, layer.field(name));
    }

    private @Nullable Object value(JsonNode node, Type type, String label, Place place) {
        if (type == int.class || type == Integer.class) {
            return isWhole(node) ? (int) node.doubleValue() : refused(label, node, "a whole number");
        }
        if (type == double.class) {
            return node.isNumber() && Double.isFinite(node.doubleValue())
                    ? node.doubleValue()
                    : refused(label, node, node.isNumber() ? "a finite number" : "a number");
        }
        if (type == boolean.class) {
            return node.isBoolean() ? node.booleanValue() : refused(label, node, "true or false");
        }
        if (type instanceof ParameterizedType list) {
            return list(node, list.getActualTypeArguments()[0], label, place);
        }
        if (type == TensorType.class) {
            return tensorType(node, label);
        }
        if (type == Functional.Step.class) {
            return step(node, label, place);
        }
        if (type == Functional.Source.class) {
            return source(node, label);
        }
        if (Fields.isLayer(type)) {
            Layer read = layers.layer(node, place);
            return read == null || ((Class<?>) type).isInstance(read)
                    ? read
                    : refused(label, node, "an activation such as {\"type\" : \"relu\"}");
        }
        if (!node.isTextual()) {
            return refused(label, node, "a text");
        }
        return type instanceof Class<?> one && one.isEnum() ? constant(one, node.textValue(), label) : node.textValue();
    }

    /** 64.0 is whole too: some write all numbers so. */
    static boolean isWhole(@Nullable JsonNode node) {
        return node != null
                && node.isNumber()
                && node.doubleValue() == Math.rint(node.doubleValue())
                && Math.abs(node.doubleValue()) <= Integer.MAX_VALUE;
    }

    private @Nullable Object refused(String label, @Nullable JsonNode node, String expected) {
        findings.add(
                Problem.Kind.BAD_PARAMETER,
                layer,
                word + ": " + label + " is " + LayerReader.kind(node),
                "it must be " + expected);
        return null;
    }

    private @Nullable Object list(JsonNode node, Type element, String label, Place place) {
        if (!node.isArray()) {
            return refused(label, node, "a list");
        }
        List<Object> out = new ArrayList<>();
        for (int i = 0; i < node.size(); i++) {
            Object value = value(node.get(i), element, label + "[" + i + "]", place.at(i));
            if (value != null) {
                out.add(value);
            }
        }
        return out.size() == node.size() ? List.copyOf(out) : null;
    }

    private @Nullable Object constant(Class<?> type, String text, String label) {
        List<String> names = Arrays.stream(type.getEnumConstants())
                .map(constant -> ((Enum<?>) constant).name().toLowerCase(Locale.ROOT))
                .toList();
        if (!names.contains(text)) {
            findings.add(
                    Problem.Kind.BAD_PARAMETER,
                    layer,
                    word + ": " + label + " is '" + LayerReader.kind(text) + "'",
                    Nearest.of(text, names, "did you mean", "it must be one of"));
            return null;
        }
        return type.getEnumConstants()[names.indexOf(text)];
    }

    /** A type such as {@code {"dtype" : "float32", "shape" : [1, 28, 28]}}. */
    private @Nullable TensorType tensorType(JsonNode node, String label) {
        if (!hasFields(node, Set.of("dtype", "shape"), label)) {
            return null;
        }
        long[] sizes = sizes(node.get("shape"), label + ".shape");
        DType dtype = dtype(node.get("dtype"), label + ".dtype");
        return sizes == null || dtype == null ? null : new TensorType(dtype, Shape.of(sizes));
    }

    long @Nullable [] sizes(@Nullable JsonNode node, String label) {
        List<Long> out = new ArrayList<>();
        if (node != null && node.isArray()) {
            for (JsonNode size : node) {
                if (isWhole(size) && size.doubleValue() >= 1) {
                    out.add((long) size.doubleValue());
                }
            }
        }
        if (node == null || out.isEmpty() || out.size() < node.size()) {
            refused(label, node, "a list of sizes of at least 1");
            return null;
        }
        return out.stream().mapToLong(Long::longValue).toArray();
    }

    @Nullable
    DType dtype(@Nullable JsonNode node, String label) {
        return node != null && node.isTextual()
                ? (DType) constant(DType.class, node.textValue(), label)
                : (DType) refused(label, node, "a type such as \"float32\"");
    }

    private Functional.@Nullable Step step(JsonNode node, String label, Place place) {
        if (!hasFields(node, Set.of("layer", "from"), label)) {
            return null;
        }
        Layer read = layers.layer(node.get("layer"), place.field("layer"));
        Object from = list(node.get("from"), Functional.Source.class, label + ".from", place.field("from"));
        try {
            return read == null || from == null
                    ? null
                    : new Functional.Step(
                            read,
                            ((List<?>) from)
                                    .stream().map(Functional.Source.class::cast).toList());
        } catch (QuireException e) {
            findings.refused(Problem.Kind.BAD_PARAMETER, layer, e, "change the step");
            return null;
        }
    }

    private Functional.@Nullable Source source(JsonNode node, String label) {
        boolean pair = node.isArray() && node.size() == 2 && isWhole(node.get(0)) && isWhole(node.get(1));
        if (!pair && !isWhole(node)) {
            return (Functional.Source) refused(label, node, "the number of a value, or [number, output]");
        }
        return pair
                ? new Functional.Source(
                        (int) node.get(0).doubleValue(), (int) node.get(1).doubleValue())
                : new Functional.Source((int) node.doubleValue(), 0);
    }

    private boolean hasFields(JsonNode node, Set<String> fields, String label) {
        Set<String> given = new TreeSet<>();
        node.fieldNames().forEachRemaining(given::add);
        if (!node.isObject() || !given.equals(fields)) {
            refused(label, node, "an object of " + String.join(" and ", new TreeSet<>(fields)));
            return false;
        }
        return true;
    }
}
