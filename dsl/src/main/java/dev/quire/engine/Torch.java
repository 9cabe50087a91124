package dev.quire.engine;

import ai.djl.engine.Engine;
import ai.djl.pytorch.jni.JniUtils;
import dev.quire.QuireException;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** libtorch itself: loaded on first use, with the chosen device. */
public final class Torch {
    private static @Nullable Engine engine;
    private static int threads;
    private static int used;

    /** Fair, so that two runs take turns. */
    private static final ReentrantLock COMPUTING = new ReentrantLock(true);

    private Torch() {}

    /**
     * Computes with libtorch to itself. Its random state and its number of threads belong to the process: what is
     * seeded and drawn within one call is the same whatever else goes on, and takes turns with it.
     */
    public static <T> T alone(Supplier<T> work) {
        COMPUTING.lock();
        try {
            return work.get();
        } finally {
            COMPUTING.unlock();
        }
    }

    static synchronized Engine engine() {
        if (engine == null) {
            // DJL warns of a missing CUDA driver on a machine without a GPU, and sends usage figures: neither is
            // wanted.
            System.setProperty("org.slf4j.simpleLogger.log.ai.djl", "error");
            System.setProperty("ai.djl.pytorch.graph_optimizer", "false");
            System.setProperty("OPT_OUT_TRACKING", "true");
            try {
                engine = Engine.getEngine("PyTorch");
            } catch (RuntimeException | LinkageError e) {
                throw new QuireException(
                        "libtorch does not load: " + e.getMessage() + ". Run ./quire doctor to see why.", e);
            }
        }
        return engine;
    }

    /** The version of libtorch. */
    public static String version() {
        return engine().getVersion();
    }

    /** The number of threads an op may use on the processor. */
    public static synchronized int threads() {
        if (threads == 0) {
            engine();
            threads = JniUtils.getNumThreads();
        }
        return threads;
    }

    /** Sets the number of threads an op may use on the processor, at least 1. */
    public static synchronized void threads(int most) {
        engine();
        threads = most;
        JniUtils.setNumThreads(most);
    }

    /** Runs what this thread computes next with so many threads, but no more than an op may use. */
    public static synchronized void use(int wanted) {
        int now = Math.min(wanted, threads());
        // one part of the setting belongs to this thread, another to the process
        if (used != now || JniUtils.getNumThreads() != now) {
            used = now;
            JniUtils.setNumThreads(now);
        }
    }

    /**
     * As {@link #use} for a call beside others, which draws nothing at random: settings of this thread alone, so that
     * what trains meanwhile stays as it is.
     */
    static void beside(int wanted) {
        int now = Math.min(wanted, threads());
        if (JniUtils.getNumThreads() != now) {
            JniUtils.setNumThreads(now);
        }
        JniUtils.setGraphExecutorOptimize(false);
    }

    /** The number of GPUs that libtorch can use. */
    public static int gpus() {
        return engine().getGpuCount();
    }

    /**
     * Where runs train: the first GPU where there is one and libtorch has been built for it, else the processor. The
     * environment variable {@code QUIRE_DEVICE} ({@code cpu} or {@code gpu}) decides otherwise.
     */
    public static Device device() {
        return device(System.getenv());
    }

    static Device device(Map<String, String> environment) {
        String wish = environment.getOrDefault("QUIRE_DEVICE", "").toLowerCase(Locale.ROOT);
        return switch (wish) {
            case "cpu" -> Device.CPU;
            case "gpu" -> {
                if (gpus() == 0) {
                    throw new QuireException("QUIRE_DEVICE asks for a GPU, but libtorch sees none."
                            + " Run ./quire doctor to see why, or set QUIRE_DEVICE=cpu.");
                }
                yield Device.gpu(0);
            }
            case "" -> gpus() > 0 ? Device.gpu(0) : Device.CPU;
            default -> throw new QuireException("QUIRE_DEVICE must be cpu or gpu, got \"" + wish + "\"");
        };
    }
}
