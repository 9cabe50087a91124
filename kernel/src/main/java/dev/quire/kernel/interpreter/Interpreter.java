package dev.quire.kernel.interpreter;

import dev.quire.kernel.session.CellResult;
import dev.quire.kernel.session.Session;

/** Runs one cell after another, whatever front end sends them. */
public final class Interpreter implements AutoCloseable {
    private final Session session;

    private Interpreter(Session session) {
        this.session = session;
    }

    /**
     * Starts a session of its own.
     *
     * @throws InterruptedException if this thread is interrupted meanwhile
     */
    public static Interpreter open() throws InterruptedException {
        return new Interpreter(Session.open());
    }

    /**
     * Runs a cell and waits for its end.
     *
     * @param cell the number that errors name, as in {@code In[5]}
     * @throws InterruptedException if this thread is interrupted while it waits; the cell is interrupted too, but may
     *     still run
     */
    public CellResult run(int cell, String source) throws InterruptedException {
        return session.run(cell, source);
    }

    /** Stops the cell that runs now, from any thread. */
    public void interrupt() {
        session.interrupt();
    }

    /** Where the Java of the cells runs. */
    public Session session() {
        return session;
    }

    @Override
    public void close() {
        session.close();
    }
}
