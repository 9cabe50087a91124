package dev.quire.train;

import dev.quire.QuireException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Everything that decides how a network is trained, apart from network and data. Equal specifications on equal data
 * are the same run.
 *
 * @param epochs passes over the training split, at least 1
 * @param batch examples a step, at least 1
 * @param optimizer how a step changes the parameters
 * @param schedule the learning rate over the run
 * @param loss what is made small; empty to follow from the data
 * @param seed of every random draw: first weights, order of examples, dropout, augmentation
 * @param precision of the forward and backward pass
 * @param gradient what becomes of the gradients
 * @param parameters how parameters differ from each other
 * @param sampling which examples make a batch
 * @param average how much of an average of the weights each step keeps, if one is kept: at least 0 and less than 1
 * @param monitor what is measured and what follows from it
 * @param limits what ends training early
 */
public record TrainingSpec(
        int epochs,
        int batch,
        Optimizer optimizer,
        Schedule schedule,
        Optional<Loss> loss,
        long seed,
        Precision precision,
        GradientRule gradient,
        ParameterRule parameters,
        SamplingRule sampling,
        OptionalDouble average,
        Monitor monitor,
        Limits limits) {
    /** Three epochs, batches of 64, AdamW at 1e-3, a constant rate, seed 0, full precision. */
    public static final TrainingSpec DEFAULT = new TrainingSpec(
            3,
            64,
            new Optimizer.AdamW(1e-3, 0.9, 0.999, 1e-8, 0.01, false),
            new Schedule(new Schedule.Constant(), 0),
            Optional.empty(),
            0,
            Precision.FLOAT32,
            GradientRule.NONE,
            ParameterRule.NONE,
            SamplingRule.NONE,
            OptionalDouble.empty(),
            Monitor.NONE,
            Limits.NONE);

    /** The element type of the forward and backward pass; weights, loss and norms stay in 32 bits. */
    public enum Precision {
        FLOAT32,
        BFLOAT16
    }

    public TrainingSpec {
        atLeastOne("epochs", epochs);
        atLeastOne("batch", batch);
        if (average.isPresent() && !(average.getAsDouble() >= 0 && average.getAsDouble() < 1)) {
            throw new QuireException("ema: the decay must be at least 0 and less than 1, got " + average.getAsDouble());
        }
    }

    /** The defaults with these options, the later one deciding. */
    public static TrainingSpec of(List<Option> options) {
        TrainingSpec spec = DEFAULT;
        for (Option option : options) {
            spec = option.applyTo(spec);
        }
        return spec;
    }

    public TrainingSpec epochs(int value) {
        return new TrainingSpec(
                value,
                batch,
                optimizer,
                schedule,
                loss,
                seed,
                precision,
                gradient,
                parameters,
                sampling,
                average,
                monitor,
                limits);
    }

    public TrainingSpec batch(int value) {
        return new TrainingSpec(
                epochs,
                value,
                optimizer,
                schedule,
                loss,
                seed,
                precision,
                gradient,
                parameters,
                sampling,
                average,
                monitor,
                limits);
    }

    public TrainingSpec optimizer(Optimizer value) {
        return new TrainingSpec(
                epochs,
                batch,
                value,
                schedule,
                loss,
                seed,
                precision,
                gradient,
                parameters,
                sampling,
                average,
                monitor,
                limits);
    }

    public TrainingSpec schedule(Schedule value) {
        return new TrainingSpec(
                epochs,
                batch,
                optimizer,
                value,
                loss,
                seed,
                precision,
                gradient,
                parameters,
                sampling,
                average,
                monitor,
                limits);
    }

    public TrainingSpec loss(Loss value) {
        return new TrainingSpec(
                epochs,
                batch,
                optimizer,
                schedule,
                Optional.of(value),
                seed,
                precision,
                gradient,
                parameters,
                sampling,
                average,
                monitor,
                limits);
    }

    public TrainingSpec seed(long value) {
        return new TrainingSpec(
                epochs,
                batch,
                optimizer,
                schedule,
                loss,
                value,
                precision,
                gradient,
                parameters,
                sampling,
                average,
                monitor,
                limits);
    }

    public TrainingSpec precision(Precision value) {
        return new TrainingSpec(
                epochs,
                batch,
                optimizer,
                schedule,
                loss,
                seed,
                value,
                gradient,
                parameters,
                sampling,
                average,
                monitor,
                limits);
    }

    public TrainingSpec gradient(GradientRule value) {
        return new TrainingSpec(
                epochs,
                batch,
                optimizer,
                schedule,
                loss,
                seed,
                precision,
                value,
                parameters,
                sampling,
                average,
                monitor,
                limits);
    }

    public TrainingSpec parameters(ParameterRule value) {
        return new TrainingSpec(
                epochs, batch, optimizer, schedule, loss, seed, precision, gradient, value, sampling, average, monitor,
                limits);
    }

    public TrainingSpec sampling(SamplingRule value) {
        return new TrainingSpec(
                epochs,
                batch,
                optimizer,
                schedule,
                loss,
                seed,
                precision,
                gradient,
                parameters,
                value,
                average,
                monitor,
                limits);
    }

    public TrainingSpec average(double value) {
        return new TrainingSpec(
                epochs,
                batch,
                optimizer,
                schedule,
                loss,
                seed,
                precision,
                gradient,
                parameters,
                sampling,
                OptionalDouble.of(value),
                monitor,
                limits);
    }

    public TrainingSpec monitor(Monitor value) {
        return new TrainingSpec(
                epochs,
                batch,
                optimizer,
                schedule,
                loss,
                seed,
                precision,
                gradient,
                parameters,
                sampling,
                average,
                value,
                limits);
    }

    public TrainingSpec limits(Limits value) {
        return new TrainingSpec(
                epochs,
                batch,
                optimizer,
                schedule,
                loss,
                seed,
                precision,
                gradient,
                parameters,
                sampling,
                average,
                monitor,
                value);
    }

    /** In one line, in the words that make it: {@code epochs(3), batch(64), adamW(0.001), cosine(), seed(42)}. */
    public String words() {
        return Words.of(this);
    }

    private static void atLeastOne(String argument, int value) {
        if (value < 1) {
            throw new QuireException(argument + " must be at least 1, got " + value);
        }
    }
}
