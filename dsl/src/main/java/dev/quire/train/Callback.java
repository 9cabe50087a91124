package dev.quire.train;

/** Code of one's own that follows a run. It is called on the training thread: what it takes, training waits for. */
public interface Callback extends Option {
    /** Something happened. */
    void on(RunEvent event, Control control);

    /** A callback watches a run and does not change what it learns, so it is no part of the specification. */
    @Override
    default TrainingSpec applyTo(TrainingSpec spec) {
        return spec;
    }

    /** What a callback can ask for. */
    @FunctionalInterface
    interface Control {
        /** Ends the run after the steps under way. */
        void stop(String why);
    }
}
