package dev.quire.server.live;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;

/**
 * A client that watches. What it has not taken yet waits here, and nobody waits for it: steps are left out first, and a
 * client that still does not keep up is let go.
 */
final class Watcher {
    private static final int MOST = 1024;
    private static final int MOST_AT_THE_START = 10_000;
    private static final int TRY_AGAIN_LATER = 1013;
    private static final int PATIENCE_SECONDS = 5;

    private record Waiting(String text, boolean isStep) {}

    private final Session session;
    private final Function<String, Optional<String>> as;
    private final Deque<Waiting> queue = new ArrayDeque<>();
    private boolean isSending;
    private boolean isInLoop;
    private boolean hasGone;
    private boolean hasLeft;
    private int most = MOST;

    /**
     * @param as what it is told of a message
     */
    Watcher(Session session, Function<String, Optional<String>> as) {
        this.session = session;
        this.as = as;
    }

    /** What it missed, before anything else. */
    synchronized void catchUp(Iterable<String> missed) {
        most = MOST_AT_THE_START;
        missed.forEach(text -> as.apply(text).ifPresent(said -> queue.add(new Waiting(said, false))));
        next();
    }

    /** Sends when its turn comes; never waits. */
    synchronized void send(String text, boolean isStep) {
        Optional<String> said = hasLeft ? Optional.empty() : as.apply(text);
        if (said.isEmpty()) {
            return;
        }
        queue.add(new Waiting(said.get(), isStep));
        if (queue.size() > most) {
            leaveOutSteps();
        }
        if (queue.size() > most) {
            leave();
            return;
        }
        next();
    }

    /** It is told why, if it reads that far: it may read nothing at all, and would be kept for as long. */
    private void leave() {
        hasLeft = true;
        queue.clear();
        session.close(TRY_AGAIN_LATER, "too slow: connect again for what was missed", Callback.NOOP);
        CompletableFuture.delayedExecutor(PATIENCE_SECONDS, TimeUnit.SECONDS, Runnable::run)
                .execute(session::disconnect);
    }

    private void leaveOutSteps() {
        int wanted = queue.size() - most / 2;
        Iterator<Waiting> each = queue.iterator();
        while (each.hasNext() && wanted > 0) {
            if (each.next().isStep()) {
                each.remove();
                wanted--;
            }
        }
    }

    /** Sends one after the other; where a message has gone at once, in a loop instead of deeper and deeper. */
    private void next() {
        if (isSending) {
            return;
        }
        isSending = true;
        isInLoop = true;
        while (isSending) {
            Waiting first = queue.poll();
            if (first == null) {
                most = MOST;
                isSending = false;
                break;
            }
            hasGone = false;
            session.sendText(first.text(), Callback.from(this::sent, failure -> lost()));
            if (!hasGone) {
                break;
            }
        }
        isInLoop = false;
    }

    private synchronized void sent() {
        if (isInLoop) {
            hasGone = true;
        } else {
            isSending = false;
            next();
        }
    }

    private synchronized void lost() {
        queue.clear();
        session.disconnect();
    }
}
