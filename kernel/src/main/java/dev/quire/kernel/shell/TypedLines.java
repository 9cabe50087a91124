package dev.quire.kernel.shell;

import dev.quire.kernel.history.History;
import java.time.Instant;
import java.util.List;
import org.jline.reader.impl.history.DefaultHistory;

/** What the arrow keys and Ctrl-R find: what was typed at this prompt, and what was kept of earlier sessions. */
final class TypedLines extends DefaultHistory {
    private static final int MOST = 2000;

    private final History kept;

    TypedLines(History kept) {
        this.kept = kept;
    }

    /** Once, when the reader of lines is there. New lines are kept by the prompt, when they have run. */
    @Override
    public void load() {
        String before = "";
        List<History.Entry> entries = kept.tail(MOST);
        for (History.Entry entry : entries) {
            String source = entry.source().strip();
            if (!source.equals(before) && !source.isEmpty()) {
                internalAdd(Instant.EPOCH, source);
            }
            before = source;
        }
        resetIndex();
    }

    @Override
    public void save() {
        // Lines go into the file one by one.
    }
}
