package dev.quire.data.known;

import java.io.PrintStream;

/** Is told how far a long piece of work has come. */
public interface Progress {
    /**
     * So much is done; called several times a second.
     *
     * @param what what is being done, such as {@code mnist: train-images-idx3-ubyte.gz}
     * @param done bytes so far
     * @param total bytes in all, or -1 when it is not known
     */
    void update(String what, long done, long total);

    /** The work has ended, well or not. */
    void close();

    /** Tells nobody. */
    static Progress silent() {
        return new Progress() {
            @Override
            public void update(String what, long done, long total) {}

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
