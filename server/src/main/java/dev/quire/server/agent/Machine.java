package dev.quire.server.agent;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A machine at a moment. Its name says what it is; the names of the host and of its user are told to nobody.
 *
 * @param system such as {@code Linux amd64}
 * @param processors that Java may use
 * @param load share of the time that they are busy, from 0 to 1; null where it is not known yet
 * @param loadAverage processes that ran or waited over the last minute; null where the system does not say
 * @param memory in bytes
 * @param memoryUsed in bytes, without what the system would give up
 * @param gpus with their own load and memory
 */
record Machine(
        String system,
        int processors,
        @Nullable Double load,
        @Nullable Double loadAverage,
        long memory,
        long memoryUsed,
        List<Gpu> gpus) {
    private static final Path MEMORY = Path.of("/proc/meminfo");
    private static final Pattern TOTAL = Pattern.compile("MemTotal:\\s+(\\d+) kB");
    private static final Pattern AVAILABLE = Pattern.compile("MemAvailable:\\s+(\\d+) kB");

    Machine {
        gpus = List.copyOf(gpus);
    }

    /** This one, now. */
    static Machine now(List<Gpu> gpus) {
        OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        long memory = system.getTotalMemorySize();
        long free = Math.max(system.getFreeMemorySize(), available(memory));
        return new Machine(
                System.getProperty("os.name") + " " + System.getProperty("os.arch"),
                Runtime.getRuntime().availableProcessors(),
                known(Math.min(1, system.getCpuLoad())),
                known(system.getSystemLoadAverage()),
                memory,
                Math.max(0, memory - free),
                gpus);
    }

    private static @Nullable Double known(double value) {
        return value >= 0 && Double.isFinite(value) ? value : null;
    }

    /** What Linux could give to programs, caches of files among it; 0 where it does not say, or in a limited container. */
    private static long available(long memory) {
        try {
            String told = Files.isReadable(MEMORY) ? Files.readString(MEMORY) : "";
            return kibibytes(TOTAL, told).filter(total -> total == memory).isPresent()
                    ? kibibytes(AVAILABLE, told).orElse(0L)
                    : 0;
        } catch (IOException unknown) {
            return 0;
        }
    }

    private static Optional<Long> kibibytes(Pattern what, String told) {
        Matcher found = what.matcher(told);
        return found.find() ? Optional.of(Long.parseLong(found.group(1)) * 1024) : Optional.empty();
    }
}
