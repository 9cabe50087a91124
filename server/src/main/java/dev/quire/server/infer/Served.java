package dev.quire.server.infer;

import dev.quire.inference.Model;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A model under a name, whose version can change while it is asked: no request falls between two versions. */
public final class Served implements AutoCloseable {
    private final ServingFigures.Model figures;
    private volatile @Nullable Version current;

    /**
     * @param figures of its name
     */
    public Served(ServingFigures.Model figures) {
        this.figures = figures;
    }

    /** The figures of its name. */
    public ServingFigures.Model figures() {
        return figures;
    }

    /** What answers now. */
    public record Version(Which which, Batcher batcher) {
        public Model model() {
            return batcher.model();
        }
    }

    /** An answer, and who gave it. */
    public record Said(Version by, Reply reply) {}

    /** What answers now; empty where it is stopped. */
    public Optional<Version> version() {
        return Optional.ofNullable(current);
    }

    /**
     * Asks what answers now.
     *
     * @param inputs by name
     * @param rows in each
     * @return the answer to come; empty where it is stopped
     */
    public Optional<CompletableFuture<Said>> ask(Map<String, Given> inputs, int rows) {
        for (Version now = current; now != null; now = current) {
            Version asked = now;
            Optional<CompletableFuture<Reply>> coming = now.batcher().ask(inputs, rows);
            if (coming.isPresent()) {
                return coming.map(reply -> reply.thenApply(said -> new Said(asked, said)));
            }
            // It was closed meanwhile, which happens after another took its place.
            Thread.onSpinWait();
        }
        return Optional.empty();
    }

    /** Lets another answer from now on. The one before answers what it was asked, and is then closed. */
    public synchronized void change(Version next) {
        Version before = current;
        current = next;
        if (before != null) {
            before.batcher().close();
        }
    }

    /** Answers what was asked, and nothing more. */
    public synchronized void stop() {
        Version before = current;
        current = null;
        if (before != null) {
            before.batcher().close();
        }
    }

    @Override
    public void close() {
        stop();
    }
}
