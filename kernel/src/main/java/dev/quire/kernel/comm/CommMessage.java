package dev.quire.kernel.comm;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * What a front end sends over a comm.
 *
 * @param data any JSON
 * @param buffers binary parts of the data
 * @param isClosing whether it is the last: the front end has closed the comm
 */
public record CommMessage(JsonNode data, List<byte[]> buffers, boolean isClosing) {
    public CommMessage {
        buffers = List.copyOf(buffers);
    }
}
