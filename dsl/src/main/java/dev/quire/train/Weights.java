package dev.quire.train;

import dev.quire.graph.Parameter;
import dev.quire.pretrained.StoredWeights;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Weights in main memory.
 *
 * @param flat all parameters one after another, in the order of the plan
 * @param buffers the content of each buffer, little-endian
 */
public record Weights(float[] flat, List<byte[]> buffers) {
    /** These with values from files in their place; done in place, as weights may be large. */
    Weights with(Plan plan, StoredWeights stored) {
        Map<String, Integer> starts = new HashMap<>();
        int from = 0;
        for (Parameter parameter : plan.parameters()) {
            starts.put(parameter.name(), from);
            from += Math.toIntExact(parameter.type().shape().count());
        }
        Map<String, byte[]> contents = new HashMap<>();
        for (int i = 0; i < buffers.size(); i++) {
            contents.put(plan.buffers().get(i).name(), buffers.get(i));
        }
        stored.read((name, values) -> {
            Integer start = starts.get(name);
            if (start != null) {
                System.arraycopy(values, 0, flat, start, values.length);
            } else {
                ByteBuffer.wrap(Objects.requireNonNull(contents.get(name)))
                        .order(ByteOrder.nativeOrder())
                        .asFloatBuffer()
                        .put(values);
            }
        });
        return this;
    }

    /** The parameters by name, each row-major. */
    public Map<String, float[]> byName(List<Parameter> parameters) {
        Map<String, float[]> out = new LinkedHashMap<>();
        int from = 0;
        for (Parameter parameter : parameters) {
            int count = Math.toIntExact(parameter.type().shape().count());
            out.put(parameter.name(), Arrays.copyOfRange(flat, from, from + count));
            from += count;
        }
        return out;
    }
}
