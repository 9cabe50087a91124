package dev.quire.pretrained;

import dev.quire.graph.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;

/**
 * How files name and lay out the parameters of a network: a table from Quire's names to theirs.
 *
 * @param prefix what may stand before the names of all tensors but those of the head
 * @param rows the first that fits a name decides
 */
record Naming(String prefix, List<Row> rows) {
    /** A size of a tensor that does not matter. */
    static final long ANY = -1;

    /** The names of Quire itself. */
    static final Naming OWN = new Naming("", List.of(row("(.*)", "$1")));

    private static final Pattern HEADS = Pattern.compile(
            "(classifier|cls_classifier|distillation_classifier|pooler|cls|qa_outputs|lm_head|score|decoder)\\..*");

    /** How a parameter follows from the tensors of the file. */
    enum Layout {
        /** It is the tensor. */
        SAME,
        /** Rows and columns change places. */
        TRANSPOSED,
        /** The tensor has a first axis of size 1 more. */
        ONE_MORE_AXIS,
        /** The tensors stand one after another along the first axis. */
        JOINED,
        /** The first row of the second tensor is added to each row of the first. */
        PLUS_FIRST_ROW
    }

    /**
     * A row of the table.
     *
     * @param name a pattern of Quire's names
     * @param layout how the parameter follows from the tensors
     * @param tensors their names, with {@code $1} for what the pattern's first group found
     */
    record Row(Pattern name, Layout layout, List<String> tensors) {}

    /**
     * What a parameter is read from.
     *
     * @param layout how it follows from the tensors
     * @param tensors their names, without prefix
     */
    record Origin(Layout layout, List<String> tensors) {
        /** The shape that one of the tensors must have; {@link #ANY} for a size that does not matter. */
        List<Long> shape(int tensor, Shape parameter) {
            List<Long> sizes =
                    new ArrayList<>(LongStream.of(parameter.sizes()).boxed().toList());
            switch (layout) {
                case SAME -> {}
                case TRANSPOSED -> Collections.reverse(sizes);
                case ONE_MORE_AXIS -> sizes.add(0, 1L);
                case JOINED -> sizes.set(0, sizes.get(0) / tensors.size());
                case PLUS_FIRST_ROW -> {
                    if (tensor > 0) {
                        sizes.set(0, ANY);
                    }
                }
            }
            return sizes;
        }
    }

    static Naming prefixed(String prefix, Row... rows) {
        return new Naming(prefix, List.of(rows));
    }

    static Row row(String name, String tensor) {
        return row(name, Layout.SAME, tensor);
    }

    static Row row(String name, Layout layout, String... tensors) {
        return new Row(Pattern.compile(name), layout, List.of(tensors));
    }

    /** What a parameter of this name is read from; a name that is in no row is taken as it is. */
    Origin origin(String name) {
        for (Row row : rows) {
            Matcher found = row.name().matcher(name);
            if (found.matches()) {
                return new Origin(
                        row.layout(),
                        row.tensors().stream().map(found::replaceFirst).toList());
            }
        }
        return new Origin(Layout.SAME, List.of(name));
    }

    /** A name in a file without its prefix, and with the names of today where older files have others. */
    String plain(String stored) {
        String plain = !prefix.isEmpty() && stored.startsWith(prefix) ? stored.substring(prefix.length()) : stored;
        if (plain.endsWith("LayerNorm.gamma")) {
            return plain.substring(0, plain.length() - "gamma".length()) + "weight";
        }
        return plain.endsWith("LayerNorm.beta") ? plain.substring(0, plain.length() - "beta".length()) + "bias" : plain;
    }

    /** The name that a file has, or would have. */
    String stored(String plain, boolean isPrefixed) {
        return isPrefixed && !HEADS.matcher(plain).matches() ? prefix + plain : plain;
    }

    /** Whether a tensor may be left over: counters, what follows from the sizes, a head that another one replaces. */
    boolean mayBeLeft(String plain) {
        return (!prefix.isEmpty() && HEADS.matcher(plain).matches())
                || Arrays.asList(plain.split("\\.")).contains("num_batches_tracked")
                || plain.endsWith("embeddings.position_ids")
                || plain.matches("h\\.\\d+\\.attn\\.(bias|masked_bias)");
    }
}
