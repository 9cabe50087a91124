package dev.quire.engine;

import ai.djl.util.cuda.CudaUtils;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The memory that work on a device takes. */
public final class Memory {
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final String RESIDENT = "VmRSS:";

    private Memory() {}

    /**
     * Bytes in use: of a GPU all that is taken of it, by whomever; of the processor what this process has in main
     * memory. 0 where the system does not say.
     */
    public static long used(Device device) {
        return device.isGpu() ? onGpu(device) : resident();
    }

    private static long onGpu(Device device) {
        try {
            return CudaUtils.getGpuMemory(device.djl()).getCommitted();
        } catch (RuntimeException | LinkageError noRuntimeLibrary) {
            return 0;
        }
    }

    private static long resident() {
        if (!Files.isReadable(STATUS)) {
            return 0;
        }
        try (Stream<String> lines = Files.lines(STATUS)) {
            return lines.filter(line -> line.startsWith(RESIDENT))
                    .mapToLong(line -> 1024 * Long.parseLong(line.replaceAll("\\D", "")))
                    .findFirst()
                    .orElse(0);
        } catch (IOException | NumberFormatException unreadable) {
            return 0;
        }
    }
}
