package dev.quire.kernel.notebook;

import dev.quire.kernel.terminal.Terminal;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One line for each cell: {@code [3/12] var run = train(net, …  4.2 s}. Where a person looks at it, the line is redrawn
 * while the cell runs, with what the cell last showed; elsewhere it is printed once.
 */
final class Progress implements AutoCloseable {
    private static final long REDRAW_MILLIS = 200;
    private static final String CLEAR = "\r\u001b[K";
    private static final int LABEL = 44;

    private final Terminal terminal;
    private final int cells;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "quire-progress");
        thread.setDaemon(true);
        return thread;
    });
    private String label = "";
    private String status = "";
    private Instant start = Instant.now();
    private @Nullable ScheduledFuture<?> redraws;

    Progress(Terminal terminal, int cells) {
        this.terminal = terminal;
        this.cells = cells;
    }

    synchronized void start(int cell, String source) {
        String code = source.lines()
                .map(String::strip)
                .filter(line -> !line.startsWith("//"))
                .collect(Collectors.joining(" "))
                .strip()
                .replace("( ", "(");
        label = "[" + cell + "/" + cells + "] " + terminal.shorten(code, LABEL);
        status = "";
        start = Instant.now();
        if (terminal.isInteractive()) {
            draw();
            redraws = clock.scheduleAtFixedRate(this::draw, REDRAW_MILLIS, REDRAW_MILLIS, TimeUnit.MILLISECONDS);
        } else {
            terminal.out().print(label);
            terminal.out().flush();
        }
    }

    /** What the cell shows at the moment; its last line is drawn. */
    synchronized void status(String text) {
        status = text.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .reduce((earlier, later) -> later)
                .orElse("");
    }

    private synchronized void draw() {
        String line = label + "  " + elapsed(Duration.between(start, Instant.now()));
        String full = status.isEmpty() ? line : line + "  " + status;
        terminal.out().print(CLEAR + terminal.shorten(full, terminal.columns() - 1));
        terminal.out().flush();
    }

    /**
     * Ends the line of a cell.
     *
     * @param how a word when it did not end well, or nothing
     */
    synchronized void end(String how) {
        if (redraws != null) {
            redraws.cancel(false);
            redraws = null;
        }
        String rest = "  " + elapsed(Duration.between(start, Instant.now())) + (how.isEmpty() ? "" : "  " + how);
        terminal.out().println(terminal.isInteractive() ? CLEAR + label + rest : rest);
    }

    static String elapsed(Duration time) {
        long seconds = time.toSeconds();
        return seconds < 60
                ? String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1000.0)
                : seconds < 3600
                        ? String.format("%d min %02d s", seconds / 60, seconds % 60)
                        : String.format("%d h %02d min", seconds / 3600, seconds / 60 % 60);
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
