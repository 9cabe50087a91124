package dev.quire.data;

import java.io.Console;
import java.io.PrintStream;
import java.lang.reflect.Method;
import java.util.Locale;

/** One line with a bar, drawn over. */
final class TerminalLine implements Progress {
    private static final int BAR = 24;
    private static final long PAUSE = 100_000_000;

    private final PrintStream out;
    private long drawn;
    private int width;

    TerminalLine(PrintStream out) {
        this.out = out;
        this.drawn = System.nanoTime() - PAUSE;
    }

    /** From Java 22 on a console may be there without a terminal; before, there is none. */
    static boolean isTerminal() {
        try {
            Method method = Console.class.getMethod("isTerminal");
            return Boolean.TRUE.equals(method.invoke(System.console()));
        } catch (NoSuchMethodException e) {
            return true;
        } catch (ReflectiveOperationException e) {
            return false;
        }
    }

    @Override
    public synchronized void update(String what, long done, long total, Unit unit) {
        if (System.nanoTime() - drawn < PAUSE && done != total) {
            return;
        }
        drawn = System.nanoTime();
        String text = total > 0
                ? "%s  %s  %3d %%  %s of %s"
                        .formatted(what, bar(done, total), 100 * done / total, amount(done, unit), amount(total, unit))
                : "%s  %s".formatted(what, amount(done, unit));
        out.print("\r" + text + " ".repeat(Math.max(0, width - text.length())));
        out.flush();
        width = text.length();
    }

    private static String bar(long done, long total) {
        int full = (int) (BAR * Math.min(done, total) / total);
        return "█".repeat(full) + "░".repeat(BAR - full);
    }

    private static String amount(long amount, Unit unit) {
        return unit == Unit.BYTES
                ? String.format(Locale.ROOT, "%.1f MB", amount / 1e6)
                : String.format(Locale.ROOT, "%,d", amount);
    }

    @Override
    public synchronized void close() {
        if (width > 0) {
            out.print("\r" + " ".repeat(width) + "\r");
            out.flush();
            width = 0;
        }
    }
}
