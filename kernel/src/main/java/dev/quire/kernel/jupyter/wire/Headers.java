package dev.quire.kernel.jupyter.wire;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;

/** The headers of what one kernel sends. */
public final class Headers {
    public static final String PROTOCOL = "5.4";

    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSX").withZone(ZoneOffset.UTC);

    private final String session = unique();
    private final AtomicLong count = new AtomicLong();

    /** No secret: what makes secrets takes a while to load. */
    private static String unique() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        return new UUID(random.nextLong(), random.nextLong()).toString();
    }

    /** Now, as headers have it. */
    public static String now() {
        return DATE.format(Instant.now());
    }

    /** A new header. */
    public ObjectNode of(String type) {
        return JsonNodeFactory.instance
                .objectNode()
                .put(Message.ID, session + "_" + count.incrementAndGet())
                .put(Message.TYPE, type)
                .put("session", session)
                .put("username", "kernel")
                .put("date", now())
                .put("version", PROTOCOL);
    }
}
