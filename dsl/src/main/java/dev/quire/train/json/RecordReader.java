package dev.quire.train.json;

import com.fasterxml.jackson.databind.JsonNode;
import dev.quire.QuireException;
import dev.quire.data.table.Nearest;
import dev.quire.metric.Goal;
import dev.quire.train.Best;
import dev.quire.train.EarlyStop;
import dev.quire.train.GradientRule;
import dev.quire.train.Limits;
import dev.quire.train.Loss;
import dev.quire.train.Monitor;
import dev.quire.train.ParameterRule;
import dev.quire.train.SamplingRule;
import dev.quire.train.Schedule;
import dev.quire.train.TrainingSpec;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.Predicate;

/** Records from JSON objects. What an object leaves out is taken from a record with the usual values. */
final class RecordReader {
    /** The type of a loss of the user's own. */
    static final String CUSTOM = "loss";

    /** Records that have no usual value of their own, by their class. */
    private static final Map<Class<?>, Record> USUAL = Map.of(
            Schedule.class,
            TrainingSpec.DEFAULT.schedule(),
            GradientRule.class,
            GradientRule.NONE,
            ParameterRule.class,
            ParameterRule.NONE,
            ParameterRule.Rate.class,
            new ParameterRule.Rate("*", 1),
            SamplingRule.class,
            SamplingRule.NONE,
            SamplingRule.Mixing.class,
            new SamplingRule.Mixing(SamplingRule.Kind.MIXUP, 0.2),
            Monitor.class,
            Monitor.NONE,
            Limits.class,
            Limits.NONE,
            EarlyStop.class,
            new EarlyStop(3, "val_loss"),
            Best.class,
            new Best("accuracy", Goal.MAX));

    private final Function<String, Optional<Loss>> custom;

    RecordReader(Function<String, Optional<Loss>> custom) {
        this.custom = custom;
    }

    /**
     * @param path where the object is, for messages; empty at the top
     */
    Record record(JsonNode node, Record usual, String path) {
        is(node, JsonNode::isObject, "an object", path);
        RecordComponent[] components = usual.getClass().getRecordComponents();
        List<String> names =
                Arrays.stream(components).map(RecordComponent::getName).toList();
        node.fieldNames().forEachRemaining(key -> {
            if (!names.contains(key) && !key.equals("type")) {
                throw new QuireException(at(path, key) + ": there is no such key"
                        + (names.isEmpty()
                                ? "; there are none here"
                                : Nearest.of(key, names, ", did you mean", "; there are")));
            }
        });
        Object[] values = new Object[components.length];
        for (int i = 0; i < values.length; i++) {
            JsonNode given = node.get(names.get(i));
            values[i] = given == null || given.isNull()
                    ? Components.value(components[i], usual)
                    : value(given, components[i].getGenericType(), at(path, names.get(i)));
        }
        try {
            return Components.make(usual.getClass(), values);
        } catch (QuireException e) {
            throw new QuireException((path.isEmpty() ? "" : path + ": ") + e.getMessage(), e);
        }
    }

    private Object value(JsonNode node, Type type, String path) {
        if (type == int.class) {
            is(node, JsonNode::isInt, "a whole number", path);
            return node.intValue();
        }
        if (type == long.class || type == Long.class) {
            is(node, each -> each.isIntegralNumber() && each.canConvertToLong(), "a whole number", path);
            return node.longValue();
        }
        if (type == double.class || type == Double.class) {
            is(node, each -> each.isNumber() && Double.isFinite(each.doubleValue()), "a number", path);
            return node.doubleValue();
        }
        if (type == boolean.class) {
            is(node, JsonNode::isBoolean, "true or false", path);
            return node.booleanValue();
        }
        if (type == String.class) {
            // The name of a layer may be a number, which YAML takes for one.
            is(node, each -> each.isTextual() || each.isIntegralNumber(), "a text", path);
            return node.asText();
        }
        if (type == OptionalDouble.class) {
            return OptionalDouble.of((Double) value(node, double.class, path));
        }
        if (type == OptionalInt.class) {
            return OptionalInt.of((Integer) value(node, int.class, path));
        }
        if (type == OptionalLong.class) {
            return OptionalLong.of((Long) value(node, long.class, path));
        }
        if (type instanceof ParameterizedType container) {
            Type element = container.getActualTypeArguments()[0];
            return container.getRawType() == Optional.class
                    ? Optional.of(value(node, element, path))
                    : list(node, element, path);
        }
        Class<?> single = (Class<?>) type;
        if (single.isEnum()) {
            return constant(node, single, path);
        }
        if (single.isRecord()) {
            return record(node, usual(single), path);
        }
        return family(node, single, path);
    }

    private List<Object> list(JsonNode node, Type element, String path) {
        is(node, JsonNode::isArray, "a list", path);
        List<Object> out = new ArrayList<>();
        for (int i = 0; i < node.size(); i++) {
            out.add(value(node.get(i), element, path + "[" + i + "]"));
        }
        return List.copyOf(out);
    }

    private static Record usual(Class<?> type) {
        Record usual = USUAL.get(type);
        if (usual == null) {
            throw new IllegalStateException("no usual values for " + type);
        }
        return usual;
    }

    private static Object constant(JsonNode node, Class<?> type, String path) {
        List<String> names = Arrays.stream(type.getEnumConstants())
                .map(each -> ((Enum<?>) each).name().toLowerCase(Locale.ROOT))
                .toList();
        is(node, each -> names.contains(each.asText()), "one of " + String.join(", ", names), path);
        return type.getEnumConstants()[names.indexOf(node.asText())];
    }

    private Object family(JsonNode node, Class<?> family, String path) {
        is(node, JsonNode::isObject, "an object with a type", path);
        String word = node.path("type").asText();
        if (family == Loss.class && word.equals(CUSTOM)) {
            String name = node.path("name").asText();
            return custom.apply(name)
                    .orElseThrow(
                            () -> new QuireException(
                                    path + ": \"" + name
                                            + "\" is a loss of one's own, and a file holds only its name: say which it is when reading"));
        }
        List<Word> words = Word.of(family);
        Word known = words.stream()
                .filter(row -> row.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new QuireException(at(path, "type") + ": there is no '" + word + "'"
                        + Nearest.of(word, words.stream().map(Word::word).toList(), ", did you mean", "; there are")));
        return record(node, known.usual(), path);
    }

    private static void is(JsonNode node, Predicate<JsonNode> test, String expected, String path) {
        if (!test.test(node)) {
            throw new QuireException(
                    (path.isEmpty() ? "the specification" : path) + ": expected " + expected + ", got " + kind(node));
        }
    }

    private static String at(String path, String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    /** A value for messages: as it stands if it is short. */
    static String kind(JsonNode node) {
        String text = node.isMissingNode() ? "nothing" : node.toString();
        return text.length() <= 40 ? text : text.substring(0, 39) + "…";
    }
}
