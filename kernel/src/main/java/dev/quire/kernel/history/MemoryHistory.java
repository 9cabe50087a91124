package dev.quire.kernel.history;

import java.util.ArrayList;
import java.util.List;

/** The cells of this session alone: where no file can be written. */
public final class MemoryHistory implements History {
    private final List<Entry> entries = new ArrayList<>();

    @Override
    public int session() {
        return 1;
    }

    @Override
    public synchronized void add(int line, String source, String output) {
        entries.add(new Entry(session(), line, source, output));
    }

    @Override
    public synchronized List<Entry> entries() {
        return List.copyOf(entries);
    }
}
