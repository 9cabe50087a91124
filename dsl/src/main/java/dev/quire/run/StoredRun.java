package dev.quire.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.quire.QuireException;
import dev.quire.data.Dataset;
import dev.quire.data.known.Known;
import dev.quire.metric.History;
import dev.quire.model.Layer;
import dev.quire.run.record.Cell;
import dev.quire.run.record.Export;
import dev.quire.run.record.Reading;
import dev.quire.train.Plan;
import dev.quire.train.StopReason;
import dev.quire.train.TrainingSpec;
import dev.quire.train.Weights;
import dev.quire.view.Chart;
import dev.quire.view.Charts;
import dev.quire.view.ProgressLine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A run as its record tells of it, from this session or an earlier one. */
public final class StoredRun {
    private static final int VERSION = 1;

    private final RunFolder folder;
    private final RecordParts parts;
    private final ObjectNode state;

    private StoredRun(RunFolder folder, ObjectNode state) {
        this.folder = folder;
        this.parts = new RecordParts(folder);
        this.state = state;
    }

    /**
     * Reads the record in a folder.
     *
     * @throws QuireException when it is damaged, or from a newer Quire
     */
    public static StoredRun of(RunFolder folder) {
        try {
            ObjectNode state = RunFolder.read(folder.run());
            int version = state.path("version").asInt();
            if (version < 1) {
                throw new QuireException(
                        "the record " + folder.name() + " is damaged: run.json does not say what it is");
            }
            if (version > VERSION) {
                throw new QuireException("the record " + folder.name() + " is of version " + version
                        + ", this Quire reads version " + VERSION + ": use the Quire that wrote it, or a newer one");
            }
            return new StoredRun(folder, state);
        } catch (IOException e) {
            throw new QuireException("the record " + folder.path() + " cannot be read: " + e.getMessage(), e);
        }
    }

    public String name() {
        return folder.name();
    }

    public RunFolder folder() {
        return folder;
    }

    /** What decides how it comes out, as a hash: equal for equal network, data and specification. */
    public String key() {
        return state.path("key").asText();
    }

    /** {@code training}, {@code crashed}, or why it ended: {@code completed}, {@code stopped}, ... */
    public String state() {
        String said = state.path("state").asText();
        return said.equals(Recorder.TRAINING) && !RecordLock.isHeld(folder) ? "crashed" : said;
    }

    /** Why it ended, in words. */
    public String sentence() {
        return state.path("sentence").asText();
    }

    /** When it began. */
    public Instant started() {
        return Instant.parse(state.path("started").asText());
    }

    /** The name of its data. */
    public String data() {
        return state.path("data").asText();
    }

    /** The kind of its network. */
    public String kind() {
        return state.path("model").asText();
    }

    /** What it was trained on; empty where it had not begun. */
    public String device() {
        return state.path("device").asText();
    }

    /** The curves of loss and metrics. */
    public Chart plot() {
        return Charts.curves(history());
    }

    /**
     * What is to be said about the cells it was started from: those that ran out of order, or again with another text.
     * Empty where nothing is, or nothing is known.
     */
    public List<String> remarks() {
        return parts.remarks();
    }

    /** What was measured, a row an epoch: of a file that was cut off, its whole rows. */
    public History history() {
        return parts.history();
    }

    /** The loss of each step. */
    public float[] losses() {
        return parts.losses();
    }

    /**
     * How it was trained.
     *
     * @throws QuireException when the specification has a loss or an optimizer of the user's own
     */
    public TrainingSpec spec() {
        return parts.spec();
    }

    /**
     * The network.
     *
     * @throws QuireException when it has layers of the user's own
     */
    public Layer model() {
        return parts.model();
    }

    /**
     * The cells of its session: those before, and the one that started it. None where it was started outside of cells.
     */
    public Cells.Told cells() {
        return parts.cells();
    }

    /** All that its record tells, as exports are made of it. */
    public Reading reading() {
        Cells.Told told = cells();
        List<Cell> cells = new ArrayList<>(told.before());
        told.now().ifPresent(cells::add);
        return new Reading(
                name(),
                folder.path(),
                started(),
                state(),
                sentence(),
                parts.json(folder.run()),
                parts.json(folder.spec()),
                parts.modelWords(),
                parts.json(folder.data()),
                parts.json(folder.environment()),
                parts.json(folder.manifest()),
                history(),
                losses(),
                cells,
                told.now().isPresent(),
                remarks());
    }

    /** Whether it has come to an end, and its parts are listed with their hashes. */
    public boolean isListed() {
        return Files.exists(folder.manifest());
    }

    /**
     * Whether the list of its parts was signed with the key that belongs to this one.
     *
     * @param publicKey a PEM file with an Ed25519 key
     * @throws QuireException when it holds none
     */
    public boolean isSignedBy(Path publicKey) {
        try {
            return Manifest.isSignedBy(folder, publicKey);
        } catch (IOException e) {
            throw new QuireException("the signature cannot be checked: " + e.getMessage(), e);
        }
    }

    /**
     * Packs the record into a file that can be sent, read and replayed: the record, the notebook, a script, a page.
     *
     * @param file ends in {@code .zip}
     * @return the file
     * @throws QuireException when it cannot be written
     */
    public Path record(String file) {
        return new Export(this::reading, true).write(Path.of(file));
    }

    /**
     * Writes the network to a file that others open, as {@link Run#export}; its data must be known by its name.
     *
     * @param file in a folder that is there; one of the same name is replaced
     * @return the file
     * @throws QuireException as {@link Run#export} and {@link #reload()}
     */
    public Path export(String file) {
        if (state().equals("training")) {
            throw new QuireException("run " + name() + " still trains: export it when it has ended");
        }
        return reload().export(file);
    }

    /**
     * What was altered since it ended; empty where nothing was.
     *
     * @throws QuireException when it never ended
     */
    public List<String> differences() {
        return parts.differences();
    }

    /** Whether there is a checkpoint, sound or not. */
    boolean hasCheckpoint() {
        return Files.exists(folder.last()) || Files.exists(folder.best());
    }

    /**
     * The newest checkpoint that is sound. The best is newer than the last where a process was killed between the two.
     *
     * @throws QuireException when there is none; names those that are damaged
     */
    public Checkpoint checkpoint() {
        StringBuilder damaged = new StringBuilder();
        List<Checkpoint> sound = new ArrayList<>();
        for (Path file : List.of(folder.best(), folder.last())) {
            if (Files.exists(file)) {
                try {
                    sound.add(Checkpoint.read(file));
                } catch (QuireException e) {
                    damaged.append("; ").append(e.getMessage());
                }
            }
        }
        return sound.stream()
                .reduce((best, last) -> best.step() > last.step() ? best : last)
                .orElseThrow(() -> new QuireException("run " + name() + " has no checkpoint to go on from" + damaged
                        + ": overwrite() begins it anew"));
    }

    /**
     * The run with its weights, on data that is known by its name.
     *
     * @throws QuireException when the data is the user's own, or came out otherwise: give it to {@link #reload(Dataset)}
     */
    public Run reload() {
        Dataset known;
        try {
            known = Known.standard(ProgressLine.onScreen()).load(data());
        } catch (QuireException unknown) {
            throw new QuireException(
                    "run " + name() + " was trained on " + data() + ", which is not known by its name:"
                            + " give the data, as in runs(\"" + name() + "\").reload(data)",
                    unknown);
        }
        return reload(known);
    }

    /**
     * The run with its weights.
     *
     * @param data what it was trained on
     * @throws QuireException when it is other data
     */
    public Run reload(Dataset data) {
        return reload(Plan.of(model(), data, spec()));
    }

    Run reload(Plan plan) {
        if (!parts.identity().equals(Identity.data(plan.data()))) {
            throw new QuireException("run " + name() + " was trained on other examples or transforms than "
                    + plan.data().name() + " has: give it the data it was trained on");
        }
        boolean wantsBest = plan.spec().monitor().best().isPresent() && Files.exists(folder.best());
        Weights weights = (wantsBest ? Checkpoint.read(folder.best()) : checkpoint()).weights(plan);
        Progress ended = Progress.over(name(), history(), reason(), sentence());
        return Run.stored(plan, ended, weights, folder);
    }

    /** Why it ended; empty where it has not, or crashed. */
    public Optional<StopReason> reason() {
        String said = state.path("state").asText().toUpperCase(Locale.ROOT);
        return Arrays.stream(StopReason.values())
                .filter(each -> each.name().equals(said))
                .findFirst();
    }

    @Override
    public String toString() {
        return "run " + name() + ": " + state() + (sentence().isEmpty() ? "" : "; " + sentence());
    }
}
