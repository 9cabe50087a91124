package dev.quire.server.oip;

import dev.quire.server.infer.Given;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request of the protocol, read.
 *
 * @param id given back as it came
 * @param inputs by name
 * @param outputs that are wanted; empty for all
 * @param isBinary whether all outputs are wanted as bytes unless one says otherwise
 */
record InferRequest(@Nullable String id, Map<String, Given> inputs, List<Output> outputs, boolean isBinary) {
    /**
     * A wanted output.
     *
     * @param isBinary whether it is sent as bytes
     */
    record Output(String name, boolean isBinary) {}
}
