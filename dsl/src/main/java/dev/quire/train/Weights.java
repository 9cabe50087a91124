package dev.quire.train;

import dev.quire.graph.Parameter;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Weights in main memory.
 *
 * @param flat all parameters one after another, in the order of the plan
 * @param buffers the content of each buffer, little-endian
 */
public record Weights(float[] flat, List<byte[]> buffers) {
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
