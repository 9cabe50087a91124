package dev.quire.view;

import dev.quire.data.Progress;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How far a download has come, as one line with a bar. What is over within a second is not worth a line. At the end a
 * terminal is left clean, and a notebook keeps what came; nothing is shown where a line cannot be drawn over.
 */
public final class ProgressLine implements Progress {
    private static final int BAR = 24;
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final Screen screen;
    private final Duration patience;
    private final long began = System.nanoTime();
    private final Pace pace = new Pace();
    private Screen.@Nullable Live line;
    private String outcome = "";
    private String counted = "";
    private long most;

    ProgressLine(Screen screen, Duration patience) {
        this.screen = screen;
        this.patience = patience;
    }

    /** On the screen of this process. */
    public static ProgressLine onScreen() {
        return new ProgressLine(Screens.current(), PATIENCE);
    }

    @Override
    public synchronized void update(String what, long done, long total, Unit unit) {
        boolean overtaken = what.equals(counted) && done < most;
        if (!screen.isInteractive() || overtaken) {
            return;
        }
        counted = what;
        most = done;
        outcome = what + "  " + amount(done, unit) + (done < total ? " of " + amount(total, unit) : "");
        Display display = Display.text(text(what, done, total, unit));
        if (line == null) {
            if (System.nanoTime() - began >= patience.toNanos()) {
                line = screen.show(display);
            }
        } else if (pace.isDue()) {
            line.update(display);
        }
    }

    @Override
    public synchronized void close() {
        if (line != null) {
            line.update(Display.text(screen.showsHtml() ? outcome : ""));
            line.close();
            line = null;
        }
    }

    private static String text(String what, long done, long total, Unit unit) {
        if (total <= 0) {
            return what + "  " + amount(done, unit);
        }
        int full = (int) (BAR * Math.min(done, total) / total);
        return "%s  %s  %3d %%  %s of %s"
                .formatted(
                        what,
                        "█".repeat(full) + "░".repeat(BAR - full),
                        100 * done / total,
                        amount(done, unit),
                        amount(total, unit));
    }

    private static String amount(long amount, Unit unit) {
        return unit == Unit.BYTES
                ? String.format(Locale.ROOT, "%.1f MB", amount / 1e6)
                : String.format(Locale.ROOT, "%,d", amount);
    }
}
