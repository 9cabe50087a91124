package dev.quire.kernel.jupyter.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.quire.kernel.mime.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Messages to frames, and back. */
public final class Codec {
    /** Larger messages are dropped, bytes. */
    public static final long LIMIT = Json.LIMIT;

    private static final byte[] DELIMITER = "<IDS|MSG>".getBytes(StandardCharsets.US_ASCII);
    private static final int PARTS = 4;

    private final Signatures signatures;

    public Codec(String key) {
        this.signatures = new Signatures(key);
    }

    public List<byte[]> encode(Message message) {
        List<byte[]> parts = new ArrayList<>(PARTS);
        for (ObjectNode part : List.of(message.header(), message.parent(), message.metadata(), message.content())) {
            parts.add(bytes(part));
        }
        List<byte[]> frames = new ArrayList<>(message.identities());
        frames.add(DELIMITER);
        frames.add(signatures.sign(parts));
        frames.addAll(parts);
        frames.addAll(message.buffers());
        return frames;
    }

    /** Through a string: half of a surrogate pair becomes a question mark there, and fails where bytes are written at once. */
    private static byte[] bytes(ObjectNode part) {
        return Json.write(part).getBytes(StandardCharsets.UTF_8);
    }

    /**
     * The message that came in frames.
     *
     * @throws BadMessage if they are no message, are not signed with the key of the connection, or came before
     */
    public Message decode(List<byte[]> frames) throws BadMessage {
        long size = frames.stream().mapToLong(frame -> frame.length).sum();
        if (size > LIMIT) {
            throw new BadMessage("it has " + (size >> 20) + " MB; at most " + (LIMIT >> 20) + " are taken");
        }
        int delimiter = 0;
        while (delimiter < frames.size() && !Arrays.equals(frames.get(delimiter), DELIMITER)) {
            delimiter++;
        }
        int first = delimiter + 2;
        if (frames.size() < first + PARTS) {
            throw new BadMessage(
                    "it has " + frames.size() + " frames, and no delimiter before a signature and four parts");
        }
        List<byte[]> parts = frames.subList(first, first + PARTS);
        signatures.check(frames.get(delimiter + 1), parts);
        Message message = new Message(
                frames.subList(0, delimiter),
                object(parts.get(0), "header"),
                object(parts.get(1), "parent header"),
                object(parts.get(2), "metadata"),
                object(parts.get(3), "content"),
                frames.subList(first + PARTS, frames.size()));
        for (String name : List.of(Message.ID, Message.TYPE)) {
            if (!message.header().path(name).isTextual()) {
                throw new BadMessage("its header has no " + name);
            }
        }
        return message;
    }

    private static ObjectNode object(byte[] part, String name) throws BadMessage {
        JsonNode node;
        try {
            node = Json.read(part);
        } catch (IOException e) {
            throw new BadMessage("its " + name + " is not JSON: " + firstLine(e));
        }
        if (node instanceof ObjectNode object) {
            return object;
        }
        throw new BadMessage("its " + name + " is not a JSON object");
    }

    private static String firstLine(IOException e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }
}
