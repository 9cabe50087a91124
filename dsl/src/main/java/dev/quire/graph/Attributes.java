package dev.quire.graph;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The constants of a node, by name: {@code Long}, {@code Double}, {@code Boolean}, {@code String}, {@code List<Long>},
 * {@link Shape} or {@link DType}. A name that is absent prints as {@code None}.
 */
public record Attributes(Map<String, Object> values) {
    public static final Attributes NONE = new Attributes(Map.of());

    public Attributes {
        values = Collections.unmodifiableMap(new TreeMap<>(values));
    }

    public static Attributes of(String name, Object value) {
        return NONE.with(name, value);
    }

    /** These attributes and one more; numbers widen to {@code long} and {@code double}. */
    public Attributes with(String name, Object value) {
        Map<String, Object> out = new TreeMap<>(values);
        out.put(name, value instanceof Integer number ? (Object) number.longValue() : value);
        return new Attributes(out);
    }

    public @Nullable Object find(String name) {
        return values.get(name);
    }

    public long integer(String name) {
        return (Long) required(name);
    }

    public double real(String name) {
        return (Double) required(name);
    }

    public boolean flag(String name) {
        return (Boolean) required(name);
    }

    public Shape shape(String name) {
        return (Shape) required(name);
    }

    public DType dtype(String name) {
        return (DType) required(name);
    }

    @SuppressWarnings("unchecked") // every list put in is a List<Long>
    public List<Long> integers(String name) {
        return (List<Long>) required(name);
    }

    private Object required(String name) {
        Object value = values.get(name);
        if (value == null) {
            throw new IllegalArgumentException("no attribute " + name + " among " + values.keySet());
        }
        return value;
    }
}
