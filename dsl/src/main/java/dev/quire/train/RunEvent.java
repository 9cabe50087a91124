package dev.quire.train;

import dev.quire.engine.Device;
import dev.quire.metric.History;

/** What a run tells while it goes on, in order: started, steps and epochs, ended. */
public sealed interface RunEvent {
    /**
     * Training begins.
     *
     * @param plan what will run
     * @param stepsPerEpoch optimizer updates an epoch
     * @param on where
     */
    record Started(Plan plan, long stepsPerEpoch, Device on) implements RunEvent {
        /** Where, in a word. */
        public String device() {
            return on.toString();
        }
    }

    /**
     * Some steps were done in one native call.
     *
     * @param epoch from 1
     * @param first the number of the first of these steps in the run, from 0
     * @param losses the loss of each
     * @param rates the learning rate of each
     * @param examples examples seen in this epoch so far
     * @param seconds since this epoch began
     */
    record Steps(int epoch, long first, float[] losses, double[] rates, long examples, double seconds)
            implements RunEvent {
        /** The number of the last of these steps, from 0. */
        public long last() {
            return first + losses.length - 1;
        }
    }

    /**
     * An epoch is done and validated.
     *
     * @param epoch from 1
     * @param history with this epoch as its last row
     */
    record Epoch(int epoch, History history) implements RunEvent {}

    /**
     * Training is over.
     *
     * @param reason why
     * @param sentence the reason in words, with what to try where something went wrong
     * @param history of all epochs
     */
    record Ended(StopReason reason, String sentence, History history) implements RunEvent {
        /** Ended by an error; one that says nothing is called by its name. */
        public static Ended failed(Throwable error, History history) {
            String message = error.getMessage();
            return new Ended(StopReason.FAILED, message == null ? error.toString() : message, history);
        }
    }
}
