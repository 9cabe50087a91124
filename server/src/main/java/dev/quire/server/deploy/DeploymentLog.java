package dev.quire.server.deploy;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Supplier;

/** The last lines of what a deployment did. Their text is made when it is asked for. */
public final class DeploymentLog {
    /** How many lines are kept. */
    public static final int KEPT = 1000;

    private final Deque<Entry> entries = new ArrayDeque<>();

    private record Entry(long millis, Supplier<String> text) {}

    /**
     * A line.
     *
     * @param at when
     */
    public record Line(Instant at, String text) {}

    synchronized void add(Supplier<String> text) {
        if (entries.size() == KEPT) {
            entries.removeFirst();
        }
        entries.addLast(new Entry(System.currentTimeMillis(), text));
    }

    void add(String text) {
        add(() -> text);
    }

    /** The last lines, oldest first. */
    public synchronized List<Line> last(int limit) {
        List<Line> out = new ArrayList<>();
        int skipped = Math.max(0, entries.size() - limit);
        for (Entry entry : entries) {
            if (skipped-- <= 0) {
                out.add(new Line(
                        Instant.ofEpochMilli(entry.millis()), entry.text().get()));
            }
        }
        return out;
    }
}
