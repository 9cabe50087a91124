package dev.quire.kernel.jupyter;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.quire.kernel.jupyter.wire.Wire;
import dev.quire.kernel.mime.MimeBundle;
import dev.quire.view.Display;
import java.util.List;

/** What every front end hears. Any thread may call; nothing is sent for a silent request but its status. */
final class Publisher {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final Wire wire;

    Publisher(Wire wire) {
        this.wire = wire;
    }

    void status(Origin origin, String state) {
        send(origin, "status", JSON.objectNode().put("execution_state", state));
    }

    void input(Origin origin, String code, int count) {
        loud(origin, "execute_input", JSON.objectNode().put("code", code).put("execution_count", count));
    }

    /**
     * @param name {@code stdout} or {@code stderr}
     */
    void stream(Origin origin, String name, String text) {
        loud(origin, "stream", JSON.objectNode().put("name", name).put("text", text));
    }

    void result(Origin origin, Display display, int count) {
        loud(origin, "execute_result", shown(display).put("execution_count", count));
    }

    /** Shows something that can be replaced under its id. */
    void show(Origin origin, Display display, String id) {
        loud(origin, "display_data", identified(display, id));
    }

    void show(Origin origin, Display display) {
        loud(origin, "display_data", shown(display));
    }

    void update(Origin origin, Display display, String id) {
        loud(origin, "update_display_data", identified(display, id));
    }

    /** Takes the outputs of the cell away, at once or when the next one comes. */
    void clear(Origin origin, boolean wait) {
        loud(origin, "clear_output", JSON.objectNode().put("wait", wait));
    }

    void error(Origin origin, Fault fault) {
        loud(origin, "error", fault.json());
    }

    void comm(Origin origin, String type, ObjectNode content, ObjectNode metadata, List<byte[]> buffers) {
        wire.publish(type, origin.header(), metadata, content, buffers);
    }

    void send(Origin origin, String type, ObjectNode content) {
        wire.publish(type, origin.header(), JSON.objectNode(), content, List.of());
    }

    private void loud(Origin origin, String type, ObjectNode content) {
        if (!origin.silent()) {
            send(origin, type, content);
        }
    }

    private static ObjectNode shown(Display display) {
        ObjectNode content = JSON.objectNode();
        content.set("data", MimeBundle.of(display));
        content.putObject("metadata");
        return content;
    }

    private static ObjectNode identified(Display display, String id) {
        ObjectNode content = shown(display);
        content.putObject("transient").put("display_id", id);
        return content;
    }

    /** An error as front ends have it. */
    record Fault(String name, String message, List<String> traceback) {
        ObjectNode json() {
            ObjectNode json = JSON.objectNode().put("ename", name).put("evalue", message);
            ArrayNode lines = json.putArray("traceback");
            traceback.forEach(lines::add);
            return json;
        }
    }
}
