package dev.quire.view;

import dev.quire.metric.History;

/**
 * Where a training run stands: facts only, so that any front end can say them its own way.
 *
 * @param epoch the epoch under way, from 1
 * @param epochs how many epochs are planned
 * @param step steps done in this epoch
 * @param steps steps an epoch has
 * @param loss the mean loss of this epoch so far; NaN before the first step
 * @param learningRate the learning rate of the last step; NaN when it is not known
 * @param examplesPerSecond how fast it goes; NaN when it is not known yet
 * @param device where it runs, such as {@code cpu}
 * @param bytes the memory in use on the device; 0 when it is not known
 * @param history the finished epochs
 */
public record TrainingState(
        int epoch,
        int epochs,
        long step,
        long steps,
        double loss,
        double learningRate,
        double examplesPerSecond,
        String device,
        long bytes,
        History history) {

    /** A run that is about to begin. */
    public static TrainingState start(int epochs, long steps, String device) {
        return new TrainingState(1, epochs, 0, steps, Double.NaN, Double.NaN, Double.NaN, device, 0, History.empty());
    }

    /** So many steps into an epoch. */
    public TrainingState at(int newEpoch, long newStep, double newLoss) {
        return new TrainingState(
                newEpoch, epochs, newStep, steps, newLoss, learningRate, examplesPerSecond, device, bytes, history);
    }

    public TrainingState withSpeed(double newExamplesPerSecond, double newLearningRate, long newBytes) {
        return new TrainingState(
                epoch, epochs, step, steps, loss, newLearningRate, newExamplesPerSecond, device, newBytes, history);
    }

    public TrainingState with(History newHistory) {
        return new TrainingState(
                epoch, epochs, step, steps, loss, learningRate, examplesPerSecond, device, bytes, newHistory);
    }

    /** The part of the planned work that is done, 0 to 1. */
    public double done() {
        double all = Math.max(1, (double) epochs * steps);
        return Math.max(0, Math.min(1, ((epoch - 1.0) * steps + step) / all));
    }
}
