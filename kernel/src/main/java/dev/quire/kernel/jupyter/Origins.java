package dev.quire.kernel.jupyter;

import java.util.concurrent.ForkJoinWorkerThread;
import org.jspecify.annotations.Nullable;

/**
 * Which request a thread works for. A thread that a cell has started works for that cell as long as it lives; the
 * threads that cells run on work for the cell of the moment. They are known by their thread group, which is that of a
 * session and not that of the kernel. Workers of fork-join pools are shared by all cells, so they count as of the moment
 * too.
 */
final class Origins {
    private sealed interface Mark {
        /** A thread that serves one cell after another. */
        record Lasting() implements Mark {}

        record For(Origin origin) implements Mark {}
    }

    private final ThreadGroup kernel = group();
    private final InheritableThreadLocal<@Nullable Mark> marks = new InheritableThreadLocal<>() {
        @Override
        protected @Nullable Mark childValue(@Nullable Mark parent) {
            return parent instanceof Mark.Lasting && group() != kernel ? new Mark.For(newest) : parent;
        }
    };
    private volatile Origin newest = Origin.NONE;

    private static ThreadGroup group() {
        return Thread.currentThread().getThreadGroup();
    }

    /** Says that this thread and those that it starts serve one cell after another. */
    void enterKernel() {
        marks.set(new Mark.Lasting());
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
