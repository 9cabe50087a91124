package dev.quire.view;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Maps, and collections of records, as tables. */
final class Collected {
    private static final int ROWS = 30;
    private static final int CELL = 120;

    private Collected() {}

    /** The value as a table, where it is one. */
    static Optional<Grid> grid(Object value) {
        if (value instanceof Map<?, ?> map && !map.isEmpty()) {
            return Optional.of(entries(map));
        }
        return value instanceof Collection<?> rows && !rows.isEmpty() ? records(rows) : Optional.empty();
    }

    private static Grid entries(Map<?, ?> map) {
        List<List<String>> rows = map.entrySet().stream()
                .limit(ROWS)
                .map(entry -> List.of(cell(entry.getKey()), cell(entry.getValue())))
                .toList();
        boolean numbers = map.values().stream().limit(ROWS).allMatch(Number.class::isInstance);
        return new Grid(
                List.of(Grid.Column.words("key"), new Grid.Column("value", numbers)),
                rows,
                List.of(),
                note(map.size(), "entry", "entries"));
    }

    private static Optional<Grid> records(Collection<?> values) {
        List<?> shown = values.stream().limit(ROWS).toList();
        Object first = shown.get(0);
        if (!(first instanceof Record)
                || first instanceof Displayable
                || shown.stream().anyMatch(value -> value == null || value.getClass() != first.getClass())) {
            return Optional.empty();
        }
        RecordComponent[] components = first.getClass().getRecordComponents();
        List<List<String>> rows = new ArrayList<>();
        for (Object value : shown) {
            List<String> row = new ArrayList<>();
            for (RecordComponent component : components) {
                try {
                    component.getAccessor().setAccessible(true);
                    row.add(cell(component.getAccessor().invoke(value)));
                } catch (ReflectiveOperationException | RuntimeException closed) {
                    return Optional.empty(); // its module does not open it to us
                }
            }
            rows.add(row);
        }
        return Optional.of(new Grid(
                Arrays.stream(components)
                        .map(component -> new Grid.Column(component.getName(), isNumber(component.getType())))
                        .toList(),
                rows,
                List.of(),
                first.getClass().getSimpleName() + ": " + note(values.size(), "row", "rows")));
    }

    private static boolean isNumber(Class<?> type) {
        return Number.class.isAssignableFrom(type)
                || (type.isPrimitive() && type != boolean.class && type != char.class);
    }

    private static String note(int size, String one, String many) {
        return Numbers.count(size) + " " + (size == 1 ? one : many)
                + (size > ROWS ? ", the first " + ROWS + " are shown" : "");
    }

    private static String cell(@Nullable Object value) {
        return Ink.cut(PlainText.of(value).replaceAll("\\s*\\R\\s*", " "), CELL);
    }
}
