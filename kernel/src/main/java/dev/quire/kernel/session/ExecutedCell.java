package dev.quire.kernel.session;

/**
 * A cell that has run.
 *
 * @param number what errors call it, as in {@code In[5]}
 * @param source its text
 * @param ending how it ended
 * @param message what was wrong; empty where nothing was
 */
public record ExecutedCell(int number, String source, Ending ending, String message) {
    /** How a cell ended. */
    public enum Ending {
        DONE,
        FAILED,
        INTERRUPTED
    }

    static ExecutedCell of(int number, String source, CellResult result) {
        if (result instanceof CellResult.Failed failed) {
            return new ExecutedCell(
                    number, source, Ending.FAILED, failed.error().text());
        }
        return new ExecutedCell(
                number, source, result instanceof CellResult.Done ? Ending.DONE : Ending.INTERRUPTED, "");
    }
}
