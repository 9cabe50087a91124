package dev.quire.server.infer;

import dev.quire.QuireException;

/**
 * How requests for one model are joined. A request goes at once, and alone, while fewer calls are under way than may be;
 * what comes meanwhile is joined.
 *
 * @param rows at most so many in one call of the model; 1 joins none
 * @param milliseconds a batch that is not full waits for more at most so long, and only while several clients ask
 * @param queue requests that may wait; further ones are refused
 * @param calls of one model at the same time, at most; and no more than {@link dev.quire.inference.Model#atOnce}
 */
public record BatchRule(int rows, double milliseconds, int queue, int calls) {
    /** 64 rows, no waiting for more, 1,024 requests, as many calls at once as the model is faster by. */
    public static final BatchRule DEFAULT = new BatchRule(64, 0, 1024, Integer.MAX_VALUE);

    public BatchRule {
        if (rows < 1 || rows > 4096) {
            throw new QuireException("a batch of at most " + rows + " rows: give from 1 to 4096");
        }
        if (!(milliseconds >= 0 && milliseconds <= 1000)) {
            throw new QuireException("a batch that waits " + milliseconds + " ms: give from 0 to 1000");
        }
        if (calls < 1) {
            throw new QuireException(calls + " calls of a model at the same time: give at least 1");
        }
        if (queue < 1) {
            throw new QuireException("a queue of " + queue + " requests: give at least 1");
        }
    }

    /** Each request by itself. */
    public static BatchRule alone() {
        return new BatchRule(1, 0, DEFAULT.queue, DEFAULT.calls);
    }

    /** With at most so many calls of a model at the same time. */
    public BatchRule calls(int most) {
        return new BatchRule(rows, milliseconds, queue, most);
    }
}
