package dev.quire.run;

import dev.quire.metric.History;
import dev.quire.view.Chart;
import dev.quire.view.Charts;
import dev.quire.view.Display;
import dev.quire.view.Displayable;
import dev.quire.view.EpochCard;
import java.util.List;
import java.util.Optional;

/** A run of a list: recorded, in this session or an earlier one, or of this session alone. */
public final class ListedRun implements Displayable {
    private final RunRow row;
    private final Optional<RunFolder> folder;
    private final Optional<Run> held;

    ListedRun(RunRow row, Optional<RunFolder> folder, Optional<Run> held) {
        this.row = row;
        this.folder = folder;
        this.held = held;
    }

    /** What the list says of it. */
    public RunRow row() {
        return row;
    }

    public String name() {
        return row.name();
    }

    /** {@code training}, {@code crashed}, {@code damaged}, or why it ended: {@code completed}, {@code stopped}, ... */
    public String state() {
        return row.state();
    }

    /** Its record; empty where it is not recorded. */
    public Optional<RunFolder> folder() {
        return folder;
    }

    /** What was measured, a row an epoch. */
    public History history() {
        return folder.map(place -> StoredRun.of(place).history())
                .or(() -> held.map(Run::history))
                .orElseGet(History::empty);
    }

    /** Loss and metrics as they fell and rose. */
    public Chart plot() {
        return Charts.curves(history());
    }

    /**
     * The run with its weights: that of this session, or from its record.
     *
     * @throws dev.quire.QuireException when its data is not known by name, or its record cannot be read
     */
    public Run run() {
        return held.orElseGet(
                () -> folder.map(place -> StoredRun.of(place).reload()).orElseThrow());
    }

    @Override
    public Display display() {
        return row.state().equals(RunRow.DAMAGED)
                ? Display.text(plain())
                : EpochCard.of(history(), List.of(toString()));
    }

    @Override
    public String plain() {
        return toString();
    }

    @Override
    public String toString() {
        return "run " + row.name() + ": " + row.state() + (row.sentence().isEmpty() ? "" : "; " + row.sentence());
    }
}
