package dev.quire.server.http;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** What a record from a client must have: every component that is not {@code @Nullable}, as the document says. */
final class Required {
    private static final SnakeCaseStrategy NAMES = new SnakeCaseStrategy();

    private Required() {}

    /**
     * Looks into records and lists of records.
     *
     * @throws Problem 400 when a field is missing or null
     */
    static void check(Object value) {
        check(value, "");
    }

    private static void check(Object value, String path) {
        if (value instanceof Collection<?> all) {
            int i = 0;
            for (Object each : all) {
                String place = path + "[" + i++ + "]";
                if (each == null) {
                    throw missing(place);
                }
                check(each, place);
            }
        } else if (value instanceof Record) {
            for (RecordComponent component : value.getClass().getRecordComponents()) {
                String place = (path.isEmpty() ? "" : path + ".") + NAMES.translate(component.getName());
                Object content = content(value, component);
                if (content != null) {
                    check(content, place);
                } else if (!component.getAnnotatedType().isAnnotationPresent(Nullable.class)) {
                    throw missing(place);
                }
            }
        }
    }

    private static @Nullable Object content(Object value, RecordComponent component) {
        try {
            component.getAccessor().setAccessible(true);
            return component.getAccessor().invoke(value);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException(component + " cannot be read", e);
        }
    }

    private static Problem missing(String place) {
        return Problem.bad("there is no " + place, "send it; /openapi.json says what is expected");
    }
}
