package dev.quire.server.guard;

import dev.quire.server.http.Body;
import dev.quire.server.http.Problem;
import dev.quire.server.http.Refused;
import java.util.function.LongSupplier;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/** A request whose body ends with an error where it is too large, or comes too slowly. */
final class Bounded extends Request.Wrapper {
    private final long most;
    private final Limits limits;
    private final LongSupplier clock = System::nanoTime;
    private final long began = clock.getAsLong();
    private long seen;
    private Content.@Nullable Chunk failed;

    Bounded(Request request, long most, Limits limits) {
        super(request);
        this.most = most;
        this.limits = limits;
    }

    @Override
    public Content.@Nullable Chunk read() {
        if (failed != null) {
            return failed;
        }
        Content.Chunk chunk = super.read();
        if (chunk == null || Content.Chunk.isFailure(chunk)) {
            return chunk;
        }
        seen += chunk.remaining();
        if (seen > most) {
            return refuse(chunk, Body.tooLarge(most));
        }
        double seconds = (clock.getAsLong() - began) * 1e-9;
        double allowed = limits.slowSeconds() + (double) seen / limits.slowBytesPerSecond();
        if (!chunk.isLast() && seconds > allowed) {
            return refuse(
                    chunk,
                    new Problem(
                            408,
                            "the body comes with less than " + limits.slowBytesPerSecond() + " bytes a second",
                            "send it faster"));
        }
        return chunk;
    }

    private Content.Chunk refuse(Content.Chunk chunk, Problem problem) {
        chunk.release();
        Content.Chunk refused = Content.Chunk.from(new Refused(problem), true);
        failed = refused;
        return refused;
    }
}
