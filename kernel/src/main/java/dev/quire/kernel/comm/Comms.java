package dev.quire.kernel.comm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.function.Consumer;

/** Opens comms to the front end, and answers those that it opens. */
public interface Comms {
    /**
     * Opens a comm.
     *
     * @param target what the front end has registered, such as {@code jupyter.widget}
     * @param data the first message
     * @param metadata such as the version of the widget protocol
     * @param buffers binary parts of the data
     * @param received takes each message of the front end, on the thread that reads messages: it returns at once
     */
    Comm open(
            String target, ObjectNode data, ObjectNode metadata, List<byte[]> buffers, Consumer<CommMessage> received);

    /** Says what happens when the front end opens a comm for this target; the last word counts. */
    void register(String target, Target answer);

    /** Takes a comm that the front end has opened. */
    @FunctionalInterface
    interface Target {
        /** Takes it, and returns what takes each further message. */
        Consumer<CommMessage> opened(Comm comm, CommMessage first);
    }
}
