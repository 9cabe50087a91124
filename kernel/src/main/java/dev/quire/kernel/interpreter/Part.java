package dev.quire.kernel.interpreter;

/** One part of a cell. Java keeps its place in the cell: before it there are only blanks and line ends. */
sealed interface Part {
    /** Java up to the next magic. */
    record Java(String source) implements Part {}

    /**
     * A magic, known or not.
     *
     * @param line where it stands, from 1
     * @param name with its percent signs
     * @param argument what follows on its line
     * @param body the lines below, for the magic of a cell
     * @param java the argument, or for the magic of a cell the body, at its place
     */
    record Command(int line, String name, String argument, String body, String java) implements Part {
        /** Whether it takes the rest of the cell. */
        boolean isForCell() {
            return name.startsWith("%%");
        }
    }
}
