package dev.quire.server.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a body holds, for the OpenAPI document.
 *
 * @param mediaType such as {@code application/json}
 * @param tree the schema, as OpenAPI writes it
 */
public record Schema(String mediaType, JsonNode tree) {
    public static final String JSON = "application/json";

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final SnakeCaseStrategy NAMES = new SnakeCaseStrategy();

    /** A record as JSON. A component is required unless it is {@code @Nullable}. */
    public static Schema of(Class<?> type) {
        return new Schema(JSON, type(type));
    }

    /** A list of records as JSON. */
    public static Schema listOf(Class<?> type) {
        return new Schema(JSON, array(type(type)));
    }

    /** A list of these. */
    public Schema list() {
        return new Schema(mediaType, array(tree));
    }

    /** An object with the fields of this one and of another. */
    public Schema with(Schema other) {
        ObjectNode out = tree.deepCopy();
        out.withObject("/properties").setAll((ObjectNode) other.tree().path("properties"));
        other.tree().path("required").forEach(out.withArray("required")::add);
        return new Schema(mediaType, out);
    }

    /** A JSON object of any fields. */
    public static Schema object() {
        return new Schema(JSON, NODES.objectNode().put("type", "object"));
    }

    /** Bytes. */
    public static Schema bytes(String mediaType) {
        return new Schema(mediaType, NODES.objectNode().put("type", "string").put("format", "binary"));
    }

    /** A text. */
    public static Schema text(String mediaType) {
        return new Schema(mediaType, NODES.objectNode().put("type", "string"));
    }

    /** A form with files. */
    public static Schema form(Map<String, Boolean> fileByField) {
        ObjectNode out = NODES.objectNode().put("type", "object");
        ObjectNode fields = out.putObject("properties");
        fileByField.forEach((name, isFile) -> {
            ObjectNode field = fields.putObject(name).put("type", "string");
            if (isFile) {
                field.put("format", "binary");
            }
        });
        return new Schema("multipart/form-data", out);
    }

    private static ObjectNode array(JsonNode items) {
        ObjectNode out = NODES.objectNode().put("type", "array");
        out.set("items", items);
        return out;
    }

    private static ObjectNode type(Type type) {
        if (type instanceof ParameterizedType generic) {
            Type[] arguments = generic.getActualTypeArguments();
            if (Collection.class.isAssignableFrom((Class<?>) generic.getRawType())) {
                return array(type(arguments[0]));
            }
            ObjectNode out = NODES.objectNode().put("type", "object");
            out.set("additionalProperties", type(arguments[1]));
            return out;
        }
        Class<?> plain = (Class<?>) type;
        ObjectNode out = NODES.objectNode();
        if (plain == String.class) {
            return out.put("type", "string");
        }
        if (plain == Instant.class) {
            return out.put("type", "string").put("format", "date-time");
        }
        if (plain == int.class || plain == Integer.class) {
            return out.put("type", "integer").put("format", "int32");
        }
        if (plain == long.class || plain == Long.class) {
            return out.put("type", "integer").put("format", "int64");
        }
        if (plain == double.class || plain == Double.class || plain == float.class || plain == Float.class) {
            return out.put("type", "number");
        }
        if (plain == boolean.class || plain == Boolean.class) {
            return out.put("type", "boolean");
        }
        if (plain.isEnum()) {
            out.put("type", "string");
            Arrays.stream(plain.getEnumConstants())
                    .map(each -> Json.tree(each).asText())
                    .forEach(out.putArray("enum")::add);
            return out;
        }
        if (ObjectNode.class.isAssignableFrom(plain)) {
            return out.put("type", "object");
        }
        return plain.isRecord() ? record(plain) : out;
    }

    private static ObjectNode record(Class<?> type) {
        ObjectNode out = NODES.objectNode().put("type", "object");
        ObjectNode properties = out.putObject("properties");
        for (RecordComponent component : type.getRecordComponents()) {
            String name = Objects.requireNonNull(NAMES.translate(component.getName()));
            properties.set(name, type(component.getGenericType()));
            if (!isNullable(component.getAnnotatedType())) {
                out.withArray("required").add(name);
            }
        }
        return out;
    }

    private static boolean isNullable(AnnotatedType type) {
        return type.isAnnotationPresent(Nullable.class);
    }
}
