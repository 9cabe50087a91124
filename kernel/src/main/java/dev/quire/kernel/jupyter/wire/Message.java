package dev.quire.kernel.jupyter.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * One message of Jupyter's protocol.
 *
 * @param identities whom it comes from or goes to, as the socket has it; on IOPub the topic
 * @param header its identity, type and date
 * @param parent the header of the message it answers; empty where there is none
 * @param metadata what is not part of the content
 * @param content depends on the type
 * @param buffers binary parts
 */
public record Message(
        List<byte[]> identities,
        ObjectNode header,
        ObjectNode parent,
        ObjectNode metadata,
        ObjectNode content,
        List<byte[]> buffers) {
    static final String ID = "msg_id";
    static final String TYPE = "msg_type";

    public Message {
        identities = List.copyOf(identities);
        buffers = List.copyOf(buffers);
    }

    /** Such as {@code execute_request}. */
    public String type() {
        return header.path(TYPE).asText();
    }

    public String id() {
        return header.path(ID).asText();
    }

    /** A field of the content; a missing node where it has none. */
    public JsonNode field(String name) {
        return content.path(name);
    }
}
