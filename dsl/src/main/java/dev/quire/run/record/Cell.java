package dev.quire.run.record;

/**
 * A cell that has run.
 *
 * @param number its number, as in {@code In[5]}
 * @param source its text
 * @param ending how it ended: {@code done}, {@code failed} or {@code interrupted}
 * @param id what tells it from other cells of its notebook, however often it runs; empty where nothing does
 */
public record Cell(int number, String source, String ending, String id) {
    /** A cell of no notebook. */
    public Cell(int number, String source, String ending) {
        this(number, source, ending, "");
    }
}
