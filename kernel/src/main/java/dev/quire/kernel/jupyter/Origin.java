package dev.quire.kernel.jupyter;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.quire.kernel.jupyter.wire.Message;
import java.util.List;

/**
 * The request that something is done for: outputs name it, so that they appear below its cell.
 *
 * @param header that of the request
 * @param identities the front end that sent it
 * @param silent whether outputs are left out
 * @param allowsInput whether the front end can be asked for input
 */
record Origin(ObjectNode header, List<byte[]> identities, boolean silent, boolean allowsInput) {
    /** Before the first request. */
    static final Origin NONE = new Origin(JsonNodeFactory.instance.objectNode(), List.of(), false, false);

    static Origin of(Message request) {
        return new Origin(request.header(), request.identities(), false, false);
    }

    static Origin ofCell(Message request) {
        return new Origin(
                request.header(),
                request.identities(),
                request.field("silent").asBoolean(false),
                request.field("allow_stdin").asBoolean(false));
    }
}
