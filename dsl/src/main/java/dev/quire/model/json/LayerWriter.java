package dev.quire.model.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.quire.QuireException;
import dev.quire.graph.TensorType;
import dev.quire.model.Custom;
import dev.quire.model.Functional;
import dev.quire.model.Layer;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Layers as JSON. */
final class LayerWriter {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    ObjectNode layer(Layer layer, Place place) {
        place.check();
        if (layer instanceof Custom custom) {
            return NODES.objectNode().put("type", LayerReader.CUSTOM).put("name", custom.name());
        }
        LayerType type = LayerType.ALL.stream()
                .filter(row -> row.record() == layer.getClass())
                .filter(row -> Fields.values((Record) layer)
                        .entrySet()
                        .containsAll(row.fixed().entrySet()))
                .findFirst()
                .orElseThrow(() -> new QuireException(
                        place.path() + ": a " + layer.getClass().getSimpleName()
                                + " cannot be written, it is a class of your own: make it with layer(\"name\", …), which is"
                                + " written by its name"));
        ObjectNode out = NODES.objectNode().put("type", type.word());
        Map<String, Object> values = Fields.values((Record) layer);
        values.forEach((name, value) -> {
            if (!type.fixed().containsKey(name) && !isUsual(type, (Record) layer, name)) {
                out.set(name, value(value, place.field(name)));
            }
        });
        return out;
    }

    /** Whether a layer without this field would be read as the same. */
    private static boolean isUsual(LayerType type, Record layer, String field) {
        Object usual = type.defaults().get(field);
        if (usual == null) {
            return false;
        }
        Map<String, Object> values = Fields.values(layer);
        Object replaced = usual instanceof LayerType.Like like ? values.get(like.field()) : usual;
        values.put(field, replaced);
        try {
            return Fields.make(layer.getClass(), (name, javaType) -> values.get(name))
                    .equals(layer);
        } catch (QuireException doesNotFitTheOthers) {
            return false;
        }
    }

    private JsonNode value(Object value, Place place) {
        if (value instanceof Integer number) {
            return NODES.numberNode(number);
        }
        if (value instanceof Double number) {
            return NODES.numberNode(number);
        }
        if (value instanceof Boolean flag) {
            return NODES.booleanNode(flag);
        }
        if (value instanceof Enum<?> word) {
            return NODES.textNode(word.name().toLowerCase(Locale.ROOT));
        }
        if (value instanceof Layer layer) {
            return layer(layer, place);
        }
        if (value instanceof TensorType type) {
            ArrayNode shape = NODES.arrayNode();
            for (long size : type.shape().sizes()) {
                shape.add(size);
            }
            return NODES.objectNode()
                    .put("dtype", type.dtype().name().toLowerCase(Locale.ROOT))
                    .set("shape", shape);
        }
        if (value instanceof Functional.Step step) {
            ObjectNode out = NODES.objectNode();
            out.set("layer", layer(step.layer(), place.field("layer")));
            out.set("from", value(step.from(), place));
            return out;
        }
        if (value instanceof Functional.Source source) {
            return source.output() == 0
                    ? NODES.numberNode(source.place())
                    : NODES.arrayNode().add(source.place()).add(source.output());
        }
        if (value instanceof List<?> list) {
            ArrayNode out = NODES.arrayNode();
            for (int i = 0; i < list.size(); i++) {
                out.add(value(list.get(i), place.at(i)));
            }
            return out;
        }
        return NODES.textNode(value.toString());
    }
}
