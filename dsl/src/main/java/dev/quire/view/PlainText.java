package dev.quire.view;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.BaseStream;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Any value as text: what {@code toString} should have said. Long values are abbreviated, values that hold themselves
 * end, streams are not read; nothing is thrown.
 */
final class PlainText {
    private static final int DEPTH = 8;
    private static final int ELEMENTS = 20;
    private static final int LINE = 100;
    private static final int WORD = 200;
    /** More than anybody reads, less than a front end chokes on. */
    private static final int LONGEST = 200_000;
    /** Elements of elements, all together: a value can hold another twenty times, which holds another twenty times. */
    private static final int ALL = 1_000;

    private final Set<Object> around = Collections.newSetFromMap(new IdentityHashMap<>());
    private int shown;

    private PlainText() {}

    /** A value by itself: text as it is, anything else as it would stand inside a collection. */
    static String of(@Nullable Object value) {
        String text =
                value instanceof CharSequence ? safely(value, PlainText::string) : new PlainText().nested(value, DEPTH);
        return Cropping.text(text, LONGEST + WORD);
    }

    /** What is said of a value, or in a few words that it failed to say it. */
    private static String safely(Object value, Function<Object, String> text) {
        try {
            return text.apply(value);
        } catch (Exception | StackOverflowError | OutOfMemoryError | LinkageError | AssertionError e) {
            return failed(value, e);
        }
    }

    static String failed(Object value, Throwable e) {
        String why = e.getClass().getSimpleName() + (e.getMessage() == null ? "" : ": " + e.getMessage());
        return "<" + value.getClass().getTypeName() + " cannot be shown: " + why + ">";
    }

    private String nested(@Nullable Object value, int depth) {
        if (value == null) {
            return "null";
        }
        if (around.contains(value)) {
            return "(itself)";
        }
        if (depth == 0 || ++shown > ALL) {
            return Cropping.GAP;
        }
        around.add(value);
        try {
            return safely(value, known -> known(known, depth));
        } finally {
            around.remove(value);
        }
    }

    private String known(Object value, int depth) {
        Function<@Nullable Object, String> inner = element -> nested(element, depth - 1);
        if (value instanceof CharSequence) {
            String text = string(value);
            return text.length() <= WORD ? text : text.substring(0, WORD) + Cropping.GAP;
        }
        if (value.getClass().isArray()) {
            return ArrayText.of(value, inner);
        }
        if (value instanceof Map<?, ?> map) {
            return elements(map.entrySet(), "{", "}", e -> inner.apply(e.getKey()) + "=" + inner.apply(e.getValue()));
        }
        if (value instanceof Collection<?> collection) {
            return elements(collection, "[", "]", inner);
        }
        if (value instanceof Optional<?> optional) {
            return optional.map(x -> "Optional[" + inner.apply(x) + "]").orElse("Optional.empty");
        }
        if (value instanceof BaseStream<?, ?>) {
            return "a stream, not read: collect it, as with toList()";
        }
        if (value instanceof Throwable thrown) {
            return thrown(thrown);
        }
        return value instanceof Record row ? record(row, inner) : string(value);
    }

    /** On one line where they fit, else one a line; of many the first ones and how many more there are. */
    private static <T extends @Nullable Object> String elements(
            Collection<T> of, String open, String close, Function<? super T, String> text) {
        List<String> shown = new ArrayList<>();
        Iterator<T> each = of.iterator();
        while (each.hasNext() && shown.size() < ELEMENTS) {
            shown.add(text.apply(each.next()));
        }
        if (of.size() > shown.size()) {
            shown.add("… " + Numbers.count(of.size() - shown.size()) + " more");
        }
        String line = open + String.join(", ", shown) + close;
        if (line.length() <= LINE && !line.contains("\n")) {
            return line;
        }
        return shown.stream()
                .map(element -> "  " + element.replace("\n", "\n  "))
                .collect(Collectors.joining(",\n", open + "\n", "\n" + close));
    }

    /** What was thrown and why, without frames. */
    private static String thrown(Throwable thrown) {
        StringBuilder out = new StringBuilder(string(thrown));
        Throwable cause = thrown.getCause();
        for (int depth = 0; cause != null && depth < DEPTH; depth++) {
            out.append("\ncaused by ").append(string(cause));
            cause = cause.getCause();
        }
        return out.toString();
    }

    /** A record as Java prints it, but with arrays and collections that can be read; in its own words if it has any. */
    private static String record(Record value, Function<@Nullable Object, String> inner) {
        String name = value.getClass().getSimpleName();
        String own = string(value);
        String plain = components(value, name, String::valueOf);
        return own.equals(plain) ? components(value, name, inner) : own;
    }

    private static String components(Record value, String name, Function<@Nullable Object, String> text) {
        List<String> parts = new ArrayList<>();
        for (RecordComponent component : value.getClass().getRecordComponents()) {
            try {
                component.getAccessor().setAccessible(true);
                parts.add(component.getName() + "="
                        + text.apply(component.getAccessor().invoke(value)));
            } catch (ReflectiveOperationException | RuntimeException closed) {
                return ""; // its module does not open it to us: then its own words are all there is
            }
        }
        return name + "[" + String.join(", ", parts) + "]";
    }

    private static String string(Object value) {
        return Cropping.text(String.valueOf(value.toString()), LONGEST);
    }
}
