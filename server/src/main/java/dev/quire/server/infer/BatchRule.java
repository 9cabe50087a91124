package dev.quire.server.infer;

import dev.quire.QuireException;

/**
 * How requests for one model are joined. A request that finds the model idle goes at once.
 *
 * @param rows at most so many in one call of the model; 1 joins none
 * @param milliseconds a batch that is not full waits for more at most so long, and only while several clients ask
 * @param queue requests that may wait; further ones are refused
 */
public record BatchRule(int rows, double milliseconds, int queue) {
    /** 64 rows, half a millisecond, 1,024 requests. */
    public static final BatchRule DEFAULT = new BatchRule(64, 0.5, 1024);

    public BatchRule {
        if (rows < 1 || rows > 4096) {
            throw new QuireException("a batch of at most " + rows + " rows: give from 1 to 4096");
        }
        if (!(milliseconds >= 0 && milliseconds <= 1000)) {
            throw new QuireException("a batch that waits " + milliseconds + " ms: give from 0 to 1000");
        }
        if (queue < 1) {
            throw new QuireException("a queue of " + queue + " requests: give at least 1");
        }
    }

    /** Each request by itself. */
    public static BatchRule alone() {
        return new BatchRule(1, 0, DEFAULT.queue);
    }
}
