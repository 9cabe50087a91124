package dev.quire.kernel.history;

import java.util.List;

/** The cells that were run, in this session and in earlier ones. */
public interface History {
    /**
     * One cell.
     *
     * @param session its session, counted from 1
     * @param line its number there
     * @param output the text of its value; empty where it had none
     */
    record Entry(int session, int line, String source, String output) {}

    /** The number of this session. */
    int session();

    /** Adds a cell of this session. */
    void add(int line, String source, String output);

    /** Every cell there is, the oldest first. */
    List<Entry> entries();

    /** The cells of a session from one line to another, which is left out. A number below 1 counts back from now. */
    default List<Entry> range(int session, int start, int stop) {
        int wanted = session > 0 ? session : session() + session;
        return entries().stream()
                .filter(entry -> entry.session() == wanted && entry.line() >= start && entry.line() < stop)
                .toList();
    }

    /** The last cells. */
    default List<Entry> tail(int count) {
        return last(entries(), count);
    }

    /**
     * The last cells that fit a pattern with {@code *} and {@code ?}.
     *
     * @param unique whether of several with the same text only the newest counts
     */
    default List<Entry> search(String pattern, boolean unique, int count) {
        Glob glob = new Glob(pattern);
        List<Entry> found =
                entries().stream().filter(entry -> glob.fits(entry.source())).toList();
        return last(unique ? Glob.newest(found) : found, count);
    }

    private static List<Entry> last(List<Entry> entries, int count) {
        return entries.subList(Math.max(0, entries.size() - Math.max(0, count)), entries.size());
    }
}
