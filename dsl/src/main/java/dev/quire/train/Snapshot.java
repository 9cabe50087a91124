package dev.quire.train;

import dev.quire.metric.History;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * All that training needs to go on as if it had never stopped. Draws need no state: they follow from seed and step.
 *
 * @param epoch the epoch under way, from 1; after an epoch, the one to come
 * @param step steps done in all
 * @param sums of the epoch under way
 * @param history of the epochs before
 * @param bestEpoch the best epoch so far; 0 before the first
 * @param state all parameters one after another, then each buffer, little-endian
 * @param shown what evaluates: the state, but for an average of the parameters where one is kept
 * @param slots what the optimizer remembers, in the order of the plan
 */
public record Snapshot(
        int epoch,
        long step,
        Sums sums,
        History history,
        int bestEpoch,
        List<ByteBuffer> state,
        Weights shown,
        List<ByteBuffer> slots) {
    public Snapshot {
        state = List.copyOf(state);
        slots = List.copyOf(slots);
    }

    /**
     * What an epoch has added up so far.
     *
     * @param examples how many were seen
     * @param loss the sum of their losses
     * @param metrics the sums of the metrics
     */
    public record Sums(long examples, double loss, List<Double> metrics) {
        /** Nothing yet. */
        public static final Sums NONE = new Sums(0, 0, List.of());

        public Sums {
            metrics = List.copyOf(metrics);
        }
    }

    /** Whether it lies between two epochs. */
    public boolean isBetweenEpochs() {
        return sums.examples() == 0;
    }
}
