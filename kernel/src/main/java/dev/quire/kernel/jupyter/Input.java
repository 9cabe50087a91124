package dev.quire.kernel.jupyter;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.quire.QuireException;
import dev.quire.kernel.jupyter.wire.Message;
import dev.quire.kernel.jupyter.wire.Wire;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.ReentrantLock;

/** Asks the front end of a cell for a line of text. */
final class Input {
    private final Wire wire;
    private final Origins origins;
    private final Runnable flush;
    private final ReentrantLock one = new ReentrantLock();
    private final BlockingQueue<Answer> answers = new LinkedBlockingQueue<>();

    private sealed interface Answer {
        record Line(String text) implements Answer {}

        record Stop() implements Answer {}
    }

    /**
     * @param flush sends what was printed before, which is what the user is to answer
     */
    Input(Wire wire, Origins origins, Runnable flush) {
        this.wire = wire;
        this.origins = origins;
        this.flush = flush;
    }

    /**
     * Asks, and waits for the answer. One asks at a time.
     *
     * @param secret whether the answer is hidden while it is typed
     * @throws QuireException if the front end takes no input, or the wait was interrupted
     */
    String ask(String prompt, boolean secret) {
        Origin origin = origins.current();
        if (!origin.allowsInput()) {
            throw new QuireException("this cell cannot read input: its front end does not ask the user for any"
                    + " (allow_stdin is false). Give the value in the cell, or run the notebook in JupyterLab.");
        }
        try {
            one.lockInterruptibly();
            try {
                answers.clear();
                flush.run();
                ObjectNode content = JsonNodeFactory.instance
                        .objectNode()
                        .put("prompt", prompt)
                        .put("password", secret);
                wire.ask(origin.identities(), "input_request", origin.header(), content);
                if (answers.take() instanceof Answer.Line line) {
                    return line.text();
                }
            } finally {
                one.unlock();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new QuireException("waiting for input was interrupted");
    }

    /** Takes the answer of the front end. */
    void answered(Message message) {
        if (message.type().equals("input_reply")) {
            answers.add(new Answer.Line(message.field("value").asText()));
        }
    }

    /** Ends a wait. */
    void interrupt() {
        if (one.isLocked()) {
            answers.add(new Answer.Stop());
        }
    }
}
