package dev.quire.kernel.interpreter.magic;

import com.sun.management.OperatingSystemMXBean;
import dev.quire.kernel.session.CellResult;
import java.lang.management.ManagementFactory;
import java.util.Locale;

/**
 * Says how long Java takes: the time that passed, and what all processors spent, compiling
 * included.
 *
 * @param name with its percent signs
 * @param usage how it is written
 * @param purpose what it does
 */
public record TimeMagic(String name, String usage, String purpose) implements Magic {
    private static final double MILLISECOND = 1e6;
    private static final double SECOND = 1e9;

    /** Times one line. */
    public static TimeMagic ofLine() {
        return new TimeMagic("%time", "%time EXPRESSION", "Says how long a line of Java takes; its value is kept.");
    }

    /** Times a cell. */
    public static TimeMagic ofCell() {
        return new TimeMagic("%%time", "%%time", "Says how long the cell takes; its value is kept.");
    }

    @Override
    public boolean takesJava() {
        return !name.startsWith("%%");
    }

    @Override
    public CellResult run(Call call) throws InterruptedException {
        if (takesJava() && call.argument().isEmpty()) {
            throw call.misused("there is nothing to time");
        }
        if (!takesJava()) {
            call.expectNoArgument();
        }
        long spent = processorNanos();
        long start = System.nanoTime();
        CellResult result = call.java().run();
        long wall = System.nanoTime() - start;
        long processor = processorNanos() - spent;
        System.out.println("time " + words(wall) + (spent < 0 ? "" : ", processors " + words(processor)));
        return result;
    }

    /** What all threads have used so far; negative where the system does not say. */
    private static long processorNanos() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
                ? system.getProcessCpuTime()
                : -1;
    }

    private static String words(long nanos) {
        return nanos < SECOND
                ? String.format(Locale.ROOT, "%.1f ms", nanos / MILLISECOND)
                : String.format(Locale.ROOT, "%.2f s", nanos / SECOND);
    }
}
