package dev.quire.kernel.jupyter;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.quire.kernel.comm.Comm;
import dev.quire.kernel.comm.CommMessage;
import dev.quire.kernel.comm.Comms;
import dev.quire.kernel.jupyter.wire.KernelLog;
import dev.quire.kernel.jupyter.wire.Message;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** Comms over the sockets of a kernel. */
final class JupyterComms implements Comms {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final Publisher publisher;
    private final Origins origins;
    private final KernelLog log;
    private final Map<String, Target> targets = new ConcurrentHashMap<>();
    private final Map<String, Open> open = new ConcurrentHashMap<>();

    JupyterComms(Publisher publisher, Origins origins, KernelLog log) {
        this.publisher = publisher;
        this.origins = origins;
        this.log = log;
    }

    @Override
    public Comm open(
            String target, ObjectNode data, ObjectNode metadata, List<byte[]> buffers, Consumer<CommMessage> received) {
        Open comm = new Open(UUID.randomUUID().toString(), target);
        comm.received = received;
        open.put(comm.id, comm);
        ObjectNode content = comm.content(data).put("target_name", target);
        publisher.comm(origins.current(), "comm_open", content, metadata, buffers);
        return comm;
    }

    @Override
    public void register(String target, Target answer) {
        targets.put(target, answer);
    }

    /** Takes {@code comm_open}, {@code comm_msg} or {@code comm_close} of a front end. */
    void received(Message message) {
        String id = message.field("comm_id").asText();
        boolean isClosing = message.type().equals("comm_close");
        CommMessage what = new CommMessage(message.field("data"), message.buffers(), isClosing);
        if (message.type().equals("comm_open")) {
            opened(id, message.field("target_name").asText(), what);
            return;
        }
        Open comm = isClosing ? open.remove(id) : open.get(id);
        if (comm == null) {
            log.say("dropped a " + message.type() + ": there is no comm " + id);
        } else {
            comm.received.accept(what);
        }
    }

    private void opened(String id, String name, CommMessage first) {
        Open comm = new Open(id, name);
        Target target = targets.get(name);
        open.put(id, comm);
        if (target == null) {
            log.say("closed a comm: nothing here answers to " + name);
            comm.close();
            return;
        }
        try {
            comm.received = target.opened(comm, first);
        } catch (RuntimeException | Error e) {
            comm.close();
            throw e;
        }
    }

    /** The comms that are open, all or those of one target. */
    ObjectNode info(Message request) {
        ObjectNode content = JSON.objectNode().put("status", "ok");
        ObjectNode comms = content.putObject("comms");
        String wanted = request.field("target_name").asText("");
        open.values().stream()
                .filter(comm -> wanted.isEmpty() || wanted.equals(comm.target))
                .forEach(comm -> comms.putObject(comm.id).put("target_name", comm.target));
        return content;
    }

    private final class Open implements Comm {
        private final String id;
        private final String target;
        private volatile Consumer<CommMessage> received = message -> {};

        Open(String id, String target) {
            this.id = id;
            this.target = target;
        }

        @Override
        public String id() {
            return id;
        }

        @Override
        public void send(ObjectNode data, List<byte[]> buffers) {
            if (open.containsKey(id)) {
                publisher.comm(origins.current(), "comm_msg", content(data), JSON.objectNode(), buffers);
            }
        }

        @Override
        public void close() {
            if (open.remove(id) != null) {
                ObjectNode content = content(JSON.objectNode());
                publisher.comm(origins.current(), "comm_close", content, JSON.objectNode(), List.of());
            }
        }

        private ObjectNode content(ObjectNode data) {
            ObjectNode content = JSON.objectNode().put("comm_id", id);
            content.set("data", data);
            return content;
        }
    }
}
