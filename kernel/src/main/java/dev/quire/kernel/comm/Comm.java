package dev.quire.kernel.comm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** One open comm. Any thread may send. */
public interface Comm extends AutoCloseable {
    /** Its id, which both sides know it by. */
    String id();

    /** Sends a message; after {@link #close} nothing happens. */
    void send(ObjectNode data, List<byte[]> buffers);

    /** Ends it on both sides. */
    @Override
    void close();
}
