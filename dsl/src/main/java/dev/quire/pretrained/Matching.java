package dev.quire.pretrained;

import dev.quire.QuireException;
import dev.quire.graph.DType;
import dev.quire.graph.Parameter;
import dev.quire.store.Safetensors;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What parameters of a network are read from, after all names and shapes were found to fit. */
final class Matching {
    /** A parameter and the tensors that it is read from. */
    private record Pair(Parameter parameter, Naming.Layout layout, List<Safetensors.Entry> tensors) {}

    /** More than this many differences help nobody. */
    private static final int SHOWN = 40;

    private final List<Pair> pairs;

    private Matching(List<Pair> pairs) {
        this.pairs = pairs;
    }

    /**
     * Finds the tensors of each parameter.
     *
     * @param place of the files, for messages
     * @param stored the tensors by the names of the files
     * @param parameters by the names that the stored network would give them
     * @throws QuireException lists all that is missing, of another shape, or left over
     */
    static Matching of(
            String place, Naming naming, Map<String, Safetensors.Entry> stored, Map<String, Parameter> parameters) {
        Map<String, Safetensors.Entry> left = new TreeMap<>();
        stored.forEach((name, entry) -> left.put(naming.plain(name), entry));
        Map<String, Safetensors.Entry> all = Map.copyOf(left);
        boolean isPrefixed = stored.keySet().stream().anyMatch(name -> name.startsWith(naming.prefix()));
        List<Pair> pairs = new ArrayList<>();
        List<String> wrong = new ArrayList<>();
        parameters.forEach((name, parameter) -> {
            // A counter of batches starts at 0 here; nothing else is a whole number.
            if (parameter.type().dtype() != DType.FLOAT32) {
                return;
            }
            Naming.Origin origin = naming.origin(name);
            List<Safetensors.Entry> tensors = new ArrayList<>();
            for (int i = 0; i < origin.tensors().size(); i++) {
                String plain = origin.tensors().get(i);
                Safetensors.Entry entry = all.get(plain);
                List<Long> expected = origin.shape(i, parameter.type().shape());
                if (entry == null) {
                    wrong.add(naming.stored(plain, isPrefixed) + " is missing, expected shape " + text(expected));
                } else if (!fits(entry.shape(), expected)) {
                    wrong.add(entry.name() + " has shape " + text(entry.shape()) + ", expected " + text(expected));
                } else {
                    tensors.add(entry);
                }
                left.remove(plain);
            }
            pairs.add(new Pair(parameter, origin.layout(), tensors));
        });
        left.forEach((plain, entry) -> {
            if (!naming.mayBeLeft(plain)) {
                wrong.add(entry.name() + " of shape " + text(entry.shape()) + " is not expected");
            }
        });
        refuse(place, wrong);
        return new Matching(pairs);
    }

    private static void refuse(String place, List<String> wrong) {
        if (wrong.isEmpty()) {
            return;
        }
        int shown = Math.min(SHOWN, wrong.size());
        throw new QuireException("the weights of " + place + " do not fit the network in " + wrong.size()
                + (wrong.size() == 1 ? " place:\n  " : " places:\n  ")
                + String.join("\n  ", wrong.subList(0, shown))
                + (wrong.size() > shown ? "\n  and " + (wrong.size() - shown) + " more" : "")
                + "\nTake the config.json that was saved with these weights, or describe the network that they are of");
    }

    private static boolean fits(List<Long> shape, List<Long> expected) {
        return shape.size() == expected.size()
                && IntStream.range(0, shape.size())
                        .allMatch(i ->
                                expected.get(i) == Naming.ANY || shape.get(i).equals(expected.get(i)));
    }

    private static String text(List<Long> shape) {
        return shape.isEmpty()
                ? "scalar"
                : shape.stream()
                        .map(size -> size == Naming.ANY ? "any" : size.toString())
                        .collect(Collectors.joining("x"));
    }

    /** The values of each, by the parameter's name in the network, row-major. */
    void read(BiConsumer<String, float[]> into) {
        pairs.forEach(pair -> into.accept(pair.parameter().name(), values(pair)));
    }

    private static float[] values(Pair pair) {
        List<float[]> parts = pair.tensors().stream().map(Floats::of).toList();
        float[] first = parts.get(0);
        return switch (pair.layout()) {
            case SAME, ONE_MORE_AXIS -> first;
            case TRANSPOSED ->
                transposed(
                        first, Math.toIntExact(pair.parameter().type().shape().size(1)));
            case JOINED -> joined(parts);
            case PLUS_FIRST_ROW ->
                plusFirstRow(
                        first,
                        parts.get(1),
                        Math.toIntExact(pair.parameter().type().shape().size(1)));
        };
    }

    /** @param rows of what is given, which become columns */
    private static float[] transposed(float[] values, int rows) {
        float[] out = new float[values.length];
        int columns = values.length / rows;
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                out[j * rows + i] = values[i * columns + j];
            }
        }
        return out;
    }

    private static float[] joined(List<float[]> parts) {
        float[] out = new float[parts.stream().mapToInt(part -> part.length).sum()];
        int at = 0;
        for (float[] part : parts) {
            System.arraycopy(part, 0, out, at, part.length);
            at += part.length;
        }
        return out;
    }

    private static float[] plusFirstRow(float[] values, float[] rows, int width) {
        for (int i = 0; i < values.length; i++) {
            values[i] += rows[i % width];
        }
        return values;
    }
}
