package dev.quire.run;

import dev.quire.train.Option;
import dev.quire.train.TrainingSpec;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What is said about how a run is kept, which does not change how it comes out. */
public sealed interface RunOption extends Option {
    @Override
    default TrainingSpec applyTo(TrainingSpec spec) {
        return spec;
    }

    /** What the run is called; a name that is taken gets {@code -v1}, {@code -v2}. */
    record Named(String name) implements RunOption {}

    /** Nothing is written to disk. */
    record Unrecorded() implements RunOption {}

    /** An equal run that has ended is given back, without training. */
    record Reuse() implements RunOption {}

    /** Takes the place and the name of equal runs before. */
    record Overwrite() implements RunOption {}

    /** Keeps a checkpoint of every epoch. */
    record KeepEpochs() implements RunOption {}

    /**
     * Goes on from a checkpoint.
     *
     * @param from {@code last} or {@code best} of the newest run of this network on this data, or the path of a file
     */
    record Resume(String from) implements RunOption {}

    /**
     * Goes on with one very run in its folder, from its newest checkpoint, whether it crashed or was stopped; from the
     * beginning where it has none.
     *
     * @param run its name
     */
    record GoOn(String run) implements RunOption {}

    /**
     * Records below another folder than {@link RunFolder#root()}.
     *
     * @param root of the records
     */
    record Below(Path root) implements RunOption {}

    /** Where runs are recorded. */
    static Path root(List<Option> options) {
        return find(options, Below.class).map(Below::root).orElseGet(RunFolder::root);
    }

    /** The last option of a kind. */
    static <T extends RunOption> Optional<T> find(List<Option> options, Class<T> kind) {
        return options.stream().filter(kind::isInstance).map(kind::cast).reduce((first, second) -> second);
    }
}
