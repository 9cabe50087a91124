package dev.quire.kernel.widget;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.quire.kernel.comm.Comm;
import dev.quire.kernel.comm.CommMessage;
import dev.quire.kernel.comm.Comms;
import java.util.List;

/** The state of one widget, the same here and in each front end. */
final class Model implements AutoCloseable {
    static final String TARGET = "jupyter.widget";
    private static final String VERSION = "2.1.0";
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final ObjectNode state;
    private final Listener listener;
    private final Comm comm;

    /** Learns what a person does, on the thread that reads messages. */
    interface Listener {
        /** The state has changed. */
        default void changed(Model model) {}

        /** A button was pressed. */
        default void pressed() {}

        /** The front end has let go of it. */
        default void closed() {}
    }

    /** Tells the front ends of a new model. */
    Model(Comms comms, ObjectNode state, Listener listener) {
        this.state = state;
        this.listener = listener;
        ObjectNode metadata = JSON.objectNode().put("version", VERSION);
        comm = comms.open(TARGET, data(state.deepCopy()), metadata, List.of(), this::received);
    }

    String id() {
        return comm.id();
    }

    /** How another model names this one in its state. */
    String reference() {
        return "IPY_MODEL_" + id();
    }

    synchronized JsonNode value(String key) {
        return state.path(key);
    }

    synchronized ObjectNode state() {
        return state.deepCopy();
    }

    /** Sets a part of the state, here and in the front ends. */
    synchronized void set(String key, JsonNode value) {
        state.set(key, value);
        send("update", JSON.objectNode().set(key, value));
    }

    private void received(CommMessage message) {
        if (message.isClosing()) {
            listener.closed();
            return;
        }
        JsonNode data = message.data();
        switch (data.path("method").asText()) {
            case "update" -> update(data.path("state"));
            case "request_state" -> send("update", state());
            case "custom" -> {
                if (data.path("content").path("event").asText().equals("click")) {
                    listener.pressed();
                }
            }
            default -> {
                // Later versions of the protocol may say more than concerns these widgets.
            }
        }
    }

    private void update(JsonNode change) {
        ObjectNode accepted = JSON.objectNode();
        synchronized (this) {
            change.properties().forEach(entry -> {
                if (state.has(entry.getKey()) && !entry.getKey().startsWith("_")) {
                    state.set(entry.getKey(), entry.getValue());
                    accepted.set(entry.getKey(), entry.getValue());
                }
            });
        }
        if (!accepted.isEmpty()) {
            send("echo_update", accepted);
            listener.changed(this);
        }
    }

    private void send(String method, ObjectNode part) {
        comm.send(data(part).put("method", method), List.of());
    }

    private static ObjectNode data(ObjectNode state) {
        ObjectNode data = JSON.objectNode();
        data.set("state", state);
        data.putArray("buffer_paths");
        return data;
    }

    @Override
    public void close() {
        comm.close();
    }
}
