package dev.quire.kernel.jupyter.wire;

import java.io.PrintStream;

/** What goes to the standard error of the process, whatever cells make of {@code System.err}: Jupyter shows it in its own log. */
public final class KernelLog {
    private final PrintStream out;

    public KernelLog(PrintStream out) {
        this.out = out;
    }

    /** One line that says what happened and why. */
    public void say(String what) {
        out.println("quire kernel: " + what);
        out.flush();
    }

    /** A fault of Quire, with its trace. */
    public void fault(String where, Throwable fault) {
        synchronized (out) {
            say(where + ": " + fault);
            fault.printStackTrace(out);
            out.flush();
        }
    }
}
