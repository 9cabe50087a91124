package dev.quire.kernel.session.weave;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.invoke.MutableCallSite;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What the classes of cells call at the start of each method and at each turn of a loop.
 *
 * <p>While nobody is to stop, it leads nowhere, and the JIT compiler knows: in compiled code nothing is left of it, and a
 * hot loop is as fast as without. {@link #stop} makes it lead to a check; the JVM then throws away the code that was
 * compiled without one.
 */
public final class Checkpoint {
    private static final MethodHandle OPEN = MethodHandles.empty(MethodType.methodType(void.class));
    private static final MutableCallSite SITE = new MutableCallSite(OPEN);
    private static final MethodHandle GATE = SITE.dynamicInvoker();
    private static final MethodHandle CHECK = check();
    private static final Map<Thread, Stop> STOPPED = new ConcurrentHashMap<>();

    /** A run that trains ends by itself after its chunk, and calls code of cells when it tells of its end. */
    private static final String TRAINING = "dev.quire.train.";

    private static final long TRAINING_NANOS = TimeUnit.SECONDS.toNanos(2);

    /** For the loops of a {@code finally} block. */
    private static final long TIDYING_NANOS = TimeUnit.MILLISECONDS.toNanos(60);

    private Checkpoint() {}

    /**
     * Goes on, or ends the code of a thread that was told to stop.
     *
     * @throws Throwable only {@link CellStopped}
     */
    public static void pass() throws Throwable {
        GATE.invokeExact();
    }

    /** From now on the thread ends at its next checkpoint, and at each one after that. */
    public static void stop(Thread thread) {
        STOPPED.putIfAbsent(thread, new Stop());
        lead(CHECK);
    }

    /** As {@link #stop}, with no time left for anything. */
    public static void stopAtOnce(Thread thread) {
        STOPPED.computeIfAbsent(thread, each -> new Stop()).isUrgent = true;
        lead(CHECK);
    }

    /** The thread may go on. */
    public static void release(Thread thread) {
        if (STOPPED.remove(thread) != null && STOPPED.isEmpty()) {
            lead(OPEN);
            if (!STOPPED.isEmpty()) {
                lead(CHECK);
            }
        }
    }

    private static synchronized void lead(MethodHandle target) {
        if (SITE.getTarget() != target) {
            SITE.setTarget(target);
            MutableCallSite.syncAll(new MutableCallSite[] {SITE});
        }
    }

    private static MethodHandle check() {
        try {
            return MethodHandles.lookup()
                    .findStatic(Checkpoint.class, "checkThread", MethodType.methodType(void.class));
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("checkThread", e);
        }
    }

    @SuppressWarnings("UnusedMethod") // called through its handle
    private static void checkThread() {
        Stop stop = STOPPED.get(Thread.currentThread());
        if (stop != null && stop.isDue()) {
            throw new CellStopped();
        }
    }

    private static final class Stop {

        private final long asked = System.nanoTime();
        private volatile boolean isUrgent;
        private @Nullable Long thrown;

        boolean isDue() {
            long now = System.nanoTime();
            if (isUrgent) {
                return true;
            }
            if (thrown != null) {
                return now - thrown > TIDYING_NANOS;
            }
            if (now - asked < TRAINING_NANOS && isCalledByTraining()) {
                return false;
            }
            thrown = now;
            return true;
        }

        private static boolean isCalledByTraining() {
            return StackWalker.getInstance()
                    .walk(frames ->
                            frames.anyMatch(frame -> frame.getClassName().startsWith(TRAINING)));
        }
    }
}
