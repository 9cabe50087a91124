package dev.quire.kernel.session.weave;

/** Ends the code of a cell that was told to stop. An error, so that a cell's {@code catch (Exception)} lets it pass. */
public final class CellStopped extends Error {
    private static final long serialVersionUID = 1;

    CellStopped() {
        super("the cell was stopped", null, false, false);
    }
}
