package dev.quire.data;

import java.nio.ByteBuffer;
import java.util.List;

/** Some examples of others, chosen by number. */
public final class Selected implements Examples {
    private final Examples from;
    private final long[] indices;

    private Selected(Examples from, long[] indices) {
        this.from = from;
        this.indices = indices;
    }

    /** These examples in this order; the same examples when it is all of them as they are. */
    public static Examples of(Examples from, long[] indices) {
        if (isAll(from, indices)) {
            return from;
        }
        if (from instanceof Selected selected) {
            long[] inner = new long[indices.length];
            for (int i = 0; i < inner.length; i++) {
                inner[i] = selected.indices[Math.toIntExact(indices[i])];
            }
            return new Selected(selected.from, inner);
        }
        return new Selected(from, indices.clone());
    }

    private static boolean isAll(Examples from, long[] indices) {
        if (indices.length != from.count()) {
            return false;
        }
        for (int i = 0; i < indices.length; i++) {
            if (indices[i] != i) {
                return false;
            }
        }
        return true;
    }

    /** What the examples are chosen from: never itself a selection. */
    Examples from() {
        return from;
    }

    /** The number of an example in what it is chosen from. */
    long source(long index) {
        return indices[Math.toIntExact(index)];
    }

    @Override
    public long count() {
        return indices.length;
    }

    @Override
    public void read(long index, List<ByteBuffer> into) {
        from.read(source(index), into);
    }
}
