package dev.quire.metric;

import java.util.AbstractList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.RandomAccess;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Immutable rows of equal width to which one is added without copying those before: a long run makes a history an epoch,
 * each one row longer than the last. Lists that grew from each other share an array, of which each reads its own part.
 */
final class Rows extends AbstractList<List<Double>> implements RandomAccess {
    private static final int FIRST = 16;

    private final List<Double>[] all;
    private final int size;
    /** How many places of the array are taken, by whichever list. */
    private final AtomicInteger taken;

    private Rows(List<Double>[] all, int size, AtomicInteger taken) {
        this.all = all;
        this.size = size;
        this.taken = taken;
    }

    static Rows of(List<? extends List<Double>> rows) {
        if (rows instanceof Rows same) {
            return same;
        }
        List<Double>[] all = array(Math.max(FIRST, rows.size()));
        int size = 0;
        for (List<Double> row : rows) {
            all[size++] = List.copyOf(row);
        }
        return new Rows(all, size, new AtomicInteger(size));
    }

    /** These and one more. */
    Rows and(List<Double> row) {
        if (size == all.length || !taken.compareAndSet(size, size + 1)) {
            List<Double>[] longer = Arrays.copyOf(all, Math.max(FIRST, 2 * size));
            longer[size] = List.copyOf(row);
            return new Rows(longer, size + 1, new AtomicInteger(size + 1));
        }
        all[size] = List.copyOf(row);
        return new Rows(all, size + 1, taken);
    }

    @Override
    public List<Double> get(int index) {
        return all[Objects.checkIndex(index, size)];
    }

    @Override
    public int size() {
        return size;
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static List<Double>[] array(int length) {
        return (List<Double>[]) new List[length];
    }
}
