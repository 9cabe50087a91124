package dev.quire.data;

import java.io.PrintStream;

/** Is told how far a long piece of work has come, by one thread or several. */
public interface Progress {
    /** What is counted. */
    enum Unit {
        BYTES,
        IMAGES
    }

    /**
     * So much is done; called several times a second.
     *
     * @param what what is being done, such as {@code mnist: train-images-idx3-ubyte.gz}
     * @param done how much so far
     * @param total how much in all, or -1 when it is not known
     * @param unit what is counted
     */
    void update(String what, long done, long total, Unit unit);

    /** The work has ended, well or not. */
    void close();

    /** Tells nobody. */
    static Progress silent() {
        return new Progress() {
            @Override
            public void update(String what, long done, long total, Unit unit) {}

            @Override
            public void close() {}
        };
    }

    /** A line that is drawn over, when output is a terminal; else nothing. */
    static Progress terminal() {
        return System.console() != null && TerminalLine.isTerminal() ? line(System.err) : silent();
    }

    /** A line that is drawn over. */
    static Progress line(PrintStream out) {
        return new TerminalLine(out);
    }
}
