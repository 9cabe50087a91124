package dev.quire.view;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Any value as text: what {@code toString} should have said. Long values are abbreviated; nothing is thrown. */
final class PlainText {
    private static final int DEPTH = 8;
    private static final int ELEMENTS = 20;
    private static final int LINE = 100;
    private static final int WORD = 200;

    private PlainText() {}

    /** A value by itself: text as it is, anything else as it would stand inside a collection. */
    static String of(@Nullable Object value) {
        return value instanceof CharSequence ? safely(value, PlainText::string) : nested(value, DEPTH);
    }

    /** What is said of a value, or in a few words that it failed to say it. */
    private static String safely(Object value, Function<Object, String> text) {
        try {
            return text.apply(value);
        } catch (Exception | StackOverflowError | LinkageError | AssertionError e) {
            return failed(value, e);
        }
    }

    static String failed(Object value, Throwable e) {
        String why = e.getClass().getSimpleName() + (e.getMessage() == null ? "" : ": " + e.getMessage());
        return "<" + value.getClass().getTypeName() + " cannot be shown: " + why + ">";
    }

    private static String nested(@Nullable Object value, int depth) {
        if (value == null) {
            return "null";
        }
        return depth == 0 ? "…" : safely(value, known -> known(known, depth));
    }

    private static String known(Object value, int depth) {
        Function<@Nullable Object, String> inner = element -> nested(element, depth - 1);
        if (value instanceof CharSequence) {
            String text = string(value);
            return text.length() <= WORD ? text : text.substring(0, WORD) + "…";
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
        return String.valueOf(value.toString());
    }
}
