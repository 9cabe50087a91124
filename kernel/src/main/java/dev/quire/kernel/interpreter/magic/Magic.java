package dev.quire.kernel.interpreter.magic;

import dev.quire.kernel.session.CellResult;

/** A word of a cell that is not Java. */
public interface Magic {
    /** What a cell calls it: {@code %maven} is a line of its own, {@code %%bash} takes the rest of the cell. */
    String name();

    /** How it is written, in one line. */
    String usage();

    /** What it does, in one line. */
    String purpose();

    /** Whether what follows on its line is Java, which goes on to further lines while a bracket is open. */
    default boolean takesJava() {
        return false;
    }

    /**
     * Does it, on a thread that is interrupted when the cell is stopped.
     *
     * @throws dev.quire.QuireException what the user can put right; {@link Call#misused} for wrong arguments
     * @throws InterruptedException when the cell was stopped
     */
    CellResult run(Call call) throws Exception;
}
