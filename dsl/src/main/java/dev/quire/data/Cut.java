package dev.quire.data;

import dev.quire.QuireException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Takes examples out of splits. */
final class Cut {
    private static final long LIMIT_SEED = 0;

    private Cut() {}

    /** At most n examples of each split. */
    static Map<Split, Examples> limit(Dataset data, int n) {
        Labels.requireOne("limit", n);
        return each(data, examples -> limit(examples, data.fields(), n));
    }

    private static Examples limit(Examples examples, List<Field> fields, int n) {
        if (examples.count() <= n) {
            return examples;
        }
        return examples instanceof Windows windows
                ? part(windows, 0, n + windows.context())
                : Selected.of(examples, Sampling.stratified(Labels.of(examples, fields), n, LIMIT_SEED));
    }

    /** At most n examples of each class in each split. */
    static Map<Split, Examples> perClass(Dataset data, int n) {
        Labels.requireOne("perClass", n);
        if (!Labels.areClasses(data.target())) {
            throw new QuireException(data.name() + " has no classes to count by: use limit(n)");
        }
        return each(
                data,
                examples -> Selected.of(examples, Sampling.firstOfEachClass(Labels.of(examples, data.fields()), n)));
    }

    private static Map<Split, Examples> each(Dataset data, UnaryOperator<Examples> change) {
        Map<Split, Examples> out = new EnumMap<>(data.splits());
        out.replaceAll((split, examples) -> change.apply(examples));
        return out;
    }

    static Map<Split, Examples> split(Dataset data, double validation, double test, long seed) {
        Examples train = data.train().examples();
        long units = train instanceof Windows windows ? windows.tokens().limit() / Long.BYTES : train.count();
        int forValidation = share(data, Split.VALIDATION, validation, units);
        int forTest = share(data, Split.TEST, test, units);
        if (forValidation + forTest >= units) {
            throw new QuireException("split(%s, %s) leaves none of the %,d training examples of %s: take smaller parts"
                    .formatted(validation, test, units, data.name()));
        }
        Map<Split, Examples> out = new EnumMap<>(data.splits());
        if (train instanceof Windows windows) {
            int left = Math.toIntExact(units) - forValidation - forTest;
            out.put(Split.TRAIN, window(data, windows, 0, left));
            if (forValidation > 0) {
                out.put(Split.VALIDATION, window(data, windows, left, forValidation));
            }
            if (forTest > 0) {
                out.put(Split.TEST, window(data, windows, left + forValidation, forTest));
            }
            return out;
        }
        int[] labels = Labels.of(train, data.fields());
        Examples left = train;
        if (forTest > 0) {
            long[] chosen = Sampling.stratified(labels, forTest, seed);
            out.put(Split.TEST, Selected.of(train, chosen));
            left = Selected.of(train, Sampling.others(labels.length, chosen));
        }
        if (forValidation > 0) {
            int[] leftLabels = Labels.of(left, data.fields());
            long[] chosen = Sampling.stratified(leftLabels, forValidation, seed);
            out.put(Split.VALIDATION, Selected.of(left, chosen));
            left = Selected.of(left, Sampling.others(leftLabels.length, chosen));
        }
        out.put(Split.TRAIN, left);
        return out;
    }

    /** How many examples a fraction is, rounded up. */
    private static int share(Dataset data, Split split, double fraction, long units) {
        String word = split.name().toLowerCase(Locale.ROOT);
        if (!(fraction >= 0 && fraction < 1)) {
            throw new QuireException("a " + word + " fraction of " + fraction + ": must be from 0 to below 1");
        }
        Examples there = data.splits().get(split);
        if (fraction > 0 && there != null) {
            throw new QuireException("%s has a %s split already, of %,d examples: leave its fraction at 0"
                    .formatted(data.name(), word, there.count()));
        }
        return Math.toIntExact((long) Math.ceil(units * fraction));
    }

    private static Windows window(Dataset data, Windows windows, int first, int tokens) {
        if (tokens <= windows.context()) {
            throw new QuireException("a split of %,d tokens of %s holds no window of %,d and its target: %s"
                    .formatted(tokens, data.name(), windows.context(), "take a larger part, or a shorter context"));
        }
        return part(windows, first, tokens);
    }

    private static Windows part(Windows windows, int first, int tokens) {
        ByteBuffer part =
                windows.tokens().slice(first * Long.BYTES, tokens * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        return new Windows(part, windows.context());
    }
}
