package dev.quire.model.json;

import dev.quire.QuireException;
import dev.quire.model.Join;
import dev.quire.model.Layer;
import dev.quire.model.Window;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;

/** Records as fields and back. A {@link Window} or {@link Join} inside a layer's record stands in its place. */
final class Fields {
    private static final Set<Class<?>> INLINE = Set.of(Window.class, Join.class);

    private Fields() {}

    /** The fields of a record class and their types, in order. */
    static Map<String, Type> types(Class<?> record) {
        Map<String, Type> out = new LinkedHashMap<>();
        for (RecordComponent component : record.getRecordComponents()) {
            if (INLINE.contains(component.getType())) {
                out.putAll(types(component.getType()));
            } else {
                out.put(component.getName(), component.getGenericType());
            }
        }
        return out;
    }

    /** The fields of a record and their values, in order. */
    static Map<String, Object> values(Record record) {
        Map<String, Object> out = new LinkedHashMap<>();
        for (RecordComponent component : record.getClass().getRecordComponents()) {
            Object value = value(component, record);
            if (INLINE.contains(component.getType())) {
                out.putAll(values((Record) value));
            } else {
                out.put(component.getName(), value);
            }
        }
        return out;
    }

    /** A record of these fields. */
    static <T> T make(Class<T> record, BiFunction<String, Type, Object> field) {
        RecordComponent[] components = record.getRecordComponents();
        Object[] arguments = Arrays.stream(components)
                .map(component -> INLINE.contains(component.getType())
                        ? make(component.getType(), field)
                        : field.apply(component.getName(), component.getGenericType()))
                .toArray();
        try {
            Constructor<T> constructor = record.getConstructor(
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
            return constructor.newInstance(arguments);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof QuireException refused) {
                throw refused;
            }
            throw new IllegalStateException("cannot make a " + record.getSimpleName(), e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot make a " + record.getSimpleName(), e);
        }
    }

    private static Object value(RecordComponent component, Record record) {
        try {
            return component.getAccessor().invoke(record);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot read " + component.getName() + " of " + record, e);
        }
    }

    /** Whether a field holds a layer. */
    static boolean isLayer(Type type) {
        return type instanceof Class<?> single && Layer.class.isAssignableFrom(single);
    }
}
