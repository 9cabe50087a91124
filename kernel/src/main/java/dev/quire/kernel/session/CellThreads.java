package dev.quire.kernel.session;

import java.util.function.BiConsumer;

/** The threads of cells, and those that they start: what one of them ends with is told where nobody else looks at it. */
final class CellThreads extends ThreadGroup {
    private volatile BiConsumer<Thread, Throwable> failed;

    CellThreads(BiConsumer<Thread, Throwable> failed) {
        super("quire-cells");
        this.failed = failed;
    }

    /** The session is over: a group is known to the JVM for good, and must not hold the session with it. */
    void forget() {
        failed = super::uncaughtException;
    }

    @Override
    public void uncaughtException(Thread thread, Throwable thrown) {
        if (Thread.getDefaultUncaughtExceptionHandler() == null) {
            failed.accept(thread, thrown);
        } else {
            super.uncaughtException(thread, thrown);
        }
    }
}
