package dev.quire.train;

import dev.quire.QuireException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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
 * @param clip the largest norm of all gradients together, if any
 * @param precision of the forward and backward pass
 * @param earlyStop when to stop before the last epoch, if ever
 * @param best which epoch's weights it ends with; the last where nothing is said
 */
public record TrainingSpec(
        int epochs,
        int batch,
        Optimizer optimizer,
        Schedule schedule,
        Optional<Loss> loss,
        long seed,
        OptionalDouble clip,
        Precision precision,
        Optional<EarlyStop> earlyStop,
        Optional<Best> best) {
    /** Three epochs, batches of 64, AdamW at 1e-3, a constant rate, seed 0, full precision. */
    public static final TrainingSpec DEFAULT = new TrainingSpec(
            3,
            64,
            new Optimizer.AdamW(1e-3, 0.9, 0.999, 1e-8, 0.01, false),
            new Schedule(new Schedule.Constant(), 0),
            Optional.empty(),
            0,
            OptionalDouble.empty(),
            Precision.FLOAT32,
            Optional.empty(),
            Optional.empty());

    /** The element type of the forward and backward pass; weights, loss and norms stay in 32 bits. */
    public enum Precision {
        FLOAT32,
        BFLOAT16
    }

    public TrainingSpec {
        atLeastOne("epochs", epochs);
        atLeastOne("batch", batch);
        if (clip.isPresent() && !(clip.getAsDouble() > 0)) {
            throw new QuireException("clip: the norm must be more than 0, got " + clip.getAsDouble());
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
        return new TrainingSpec(value, batch, optimizer, schedule, loss, seed, clip, precision, earlyStop, best);
    }

    public TrainingSpec batch(int value) {
        return new TrainingSpec(epochs, value, optimizer, schedule, loss, seed, clip, precision, earlyStop, best);
    }

    public TrainingSpec optimizer(Optimizer value) {
        return new TrainingSpec(epochs, batch, value, schedule, loss, seed, clip, precision, earlyStop, best);
    }

    public TrainingSpec schedule(Schedule value) {
        return new TrainingSpec(epochs, batch, optimizer, value, loss, seed, clip, precision, earlyStop, best);
    }

    public TrainingSpec loss(Loss value) {
        return new TrainingSpec(
                epochs, batch, optimizer, schedule, Optional.of(value), seed, clip, precision, earlyStop, best);
    }

    public TrainingSpec seed(long value) {
        return new TrainingSpec(epochs, batch, optimizer, schedule, loss, value, clip, precision, earlyStop, best);
    }

    public TrainingSpec clip(double value) {
        return new TrainingSpec(
                epochs, batch, optimizer, schedule, loss, seed, OptionalDouble.of(value), precision, earlyStop, best);
    }

    public TrainingSpec precision(Precision value) {
        return new TrainingSpec(epochs, batch, optimizer, schedule, loss, seed, clip, value, earlyStop, best);
    }

    public TrainingSpec earlyStop(EarlyStop value) {
        return new TrainingSpec(
                epochs, batch, optimizer, schedule, loss, seed, clip, precision, Optional.of(value), best);
    }

    public TrainingSpec best(Best value) {
        return new TrainingSpec(
                epochs, batch, optimizer, schedule, loss, seed, clip, precision, earlyStop, Optional.of(value));
    }

    /** In one line, in the words that make it: {@code epochs(3), batch(64), adamW(0.001), cosine(), seed(42)}. */
    public String words() {
        List<String> words = new ArrayList<>();
        words.add("epochs(" + epochs + ")");
        words.add("batch(" + batch + ")");
        words.add(word(optimizer) + "(" + optimizer.learningRate() + ")");
        words.add(word(schedule.curve()) + "(" + (schedule.warmup() > 0 ? "warmup(" + schedule.warmup() + ")" : "")
                + ")");
        clip.ifPresent(norm -> words.add("clip(" + norm + ")"));
        if (precision == Precision.BFLOAT16) {
            words.add("bf16()");
        }
        earlyStop.ifPresent(early -> words.add("earlyStop(" + early.patience() + ", \"" + early.metric() + "\")"));
        best.ifPresent(option -> words.add("best(\"" + option.metric() + "\")"));
        words.add("seed(" + seed + ")");
        return String.join(", ", words);
    }

    private static String word(Object record) {
        String name = record.getClass().getSimpleName();
        return name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1);
    }

    private static void atLeastOne(String argument, int value) {
        if (value < 1) {
            throw new QuireException(argument + " must be at least 1, got " + value);
        }
    }
}
