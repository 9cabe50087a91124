package dev.quire.server.live;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.quire.server.http.Json;
import java.time.Instant;

/**
 * Something that happened.
 *
 * @param topic whom it is about, such as the id of a job
 * @param type {@code state}, {@code step}, {@code epoch}, {@code log}, {@code result}, ...
 * @param content as it is sent
 */
public record Message(String topic, String type, ObjectNode content) {
    private static final String STEP = "step";

    /** About a job, now; what else is to be said is added to its content. */
    public static Message of(String job, String type) {
        ObjectNode content = Json.MAPPER.createObjectNode();
        content.put("type", type).put("job", job).put("at", Instant.now().toString());
        return new Message(job, type, content);
    }

    /** Whether it is one of many: it may be left out where there are too many. */
    boolean isStep() {
        return type.equals(STEP);
    }
}
