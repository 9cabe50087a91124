package dev.quire.engine;

import ai.djl.engine.Engine;
import ai.djl.pytorch.jni.JniUtils;
import dev.quire.QuireException;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** libtorch itself: loaded on first use, with the chosen device. */
public final class Torch {
    private static @Nullable Engine engine;
    private static int threads;

    private Torch() {}

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

    /** Runs what comes next with so many threads, but no more than an op may use. */
    public static void use(int wanted) {
        int now = Math.min(wanted, threads());
        if (JniUtils.getNumThreads() != now) {
            JniUtils.setNumThreads(now);
        }
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
