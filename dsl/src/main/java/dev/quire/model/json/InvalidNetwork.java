package dev.quire.model.json;

import dev.quire.QuireException;

/** A described network that cannot be built; the message has a line for each problem. */
public final class InvalidNetwork extends QuireException {
    private static final long serialVersionUID = 1;

    private final transient Problems problems;

    InvalidNetwork(Problems problems) {
        super((problems.size() == 1 ? "" : "the network has " + problems.size() + " problems\n") + problems.plain());
        this.problems = problems;
    }

    /** At least one. */
    public Problems problems() {
        return problems;
    }
}
