package dev.quire.kernel.jupyter;

import java.util.concurrent.ForkJoinWorkerThread;
import org.jspecify.annotations.Nullable;

/**
 * Which request a thread works for. A thread that a cell has started works for that cell as long as it lives; the
 * threads that cells run on work for the cell of the moment. Workers of fork-join pools are shared by all cells, so they
 * count as of the moment too.
 */
final class Origins {
    private sealed interface Mark {
        /** A thread of the kernel: what it starts is the session's. */
        record OfKernel() implements Mark {}

        /** The session's own thread, which compiles cells: what it starts runs them. */
        record OfSession() implements Mark {}

        /** A thread that runs one cell after another. */
        record OfCells() implements Mark {}

        record For(Origin origin) implements Mark {}
    }

    private final InheritableThreadLocal<@Nullable Mark> marks = new InheritableThreadLocal<>() {
        @Override
        protected @Nullable Mark childValue(@Nullable Mark parent) {
            if (parent instanceof Mark.OfKernel) {
                return new Mark.OfSession();
            }
            if (parent instanceof Mark.OfSession) {
                return new Mark.OfCells();
            }
            return parent instanceof Mark.OfCells ? new Mark.For(newest) : parent;
        }
    };
    private volatile Origin newest = Origin.NONE;

    /** Says that the session's threads are started from this one. */
    void enterKernel() {
        marks.set(new Mark.OfKernel());
    }

    /** A cell begins. */
    void begin(Origin cell) {
        newest = cell;
    }

    /** Works on this thread for a request that is no cell. */
    void during(Origin origin, Runnable work) {
        Mark before = marks.get();
        marks.set(new Mark.For(origin));
        try {
            work.run();
        } finally {
            marks.set(before);
        }
    }

    /** What the current thread works for. */
    Origin current() {
        return marks.get() instanceof Mark.For mark && !(Thread.currentThread() instanceof ForkJoinWorkerThread)
                ? mark.origin()
                : newest;
    }
}
