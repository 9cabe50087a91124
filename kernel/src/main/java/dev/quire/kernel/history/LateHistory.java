package dev.quire.kernel.history;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** A history that is opened on a thread of its own: a kernel answers before it has read what others have run. */
public final class LateHistory implements History {
    private final CompletableFuture<History> opened = new CompletableFuture<>();

    /**
     * Begins to open it.
     *
     * @param open gives the history
     */
    public LateHistory(Supplier<History> open) {
        Thread opening = new Thread(
                () -> {
                    try {
                        opened.complete(open.get());
                    } catch (Throwable fault) {
                        opened.completeExceptionally(fault);
                    }
                },
                "quire-history");
        opening.setDaemon(true);
        opening.start();
    }

    @Override
    public int session() {
        return opened.join().session();
    }

    @Override
    public void add(int line, String source, String output) {
        opened.join().add(line, source, output);
    }

    @Override
    public List<Entry> entries() {
        return opened.join().entries();
    }
}
