package dev.quire.kernel.session;

/**
 * Where in a cell something happened.
 *
 * @param cell the number of the cell
 * @param line the line, counted from 1
 * @param source that line
 * @param column the character of that line, counted from 0, or {@link #WHOLE_LINE}
 */
public record Place(int cell, int line, String source, int column) {
    public static final int WHOLE_LINE = -1;

    /** Whether nothing but white space or a comment follows. */
    boolean isAtEnd() {
        String rest = column < 0 || column >= source.length()
                ? ""
                : source.substring(column).strip();
        return rest.isEmpty() || rest.startsWith("//") || (column == source.length() - 1);
    }

    /** The line without a column. */
    Place wholeLine() {
        return new Place(cell, line, source, WHOLE_LINE);
    }

    @Override
    public String toString() {
        return "Cell In[" + cell + "], line " + line;
    }
}
