package dev.quire.server.live;

import dev.quire.server.http.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Supplier;
import org.eclipse.jetty.websocket.api.Session;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells watchers what happens. Whoever tells never waits: one thread hands everything on, and takes no more than a small
 * share of the time for steps, however many watch.
 */
public final class Live implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Live.class);

    /** Topics whose past is kept. */
    private static final int TOPICS = 200;
    /** How much longer than it took to tell all of a step the next one is waited for. */
    private static final int PAUSE = 50;

    private final LinkedBlockingQueue<Runnable> work = new LinkedBlockingQueue<>();
    private final Map<String, Backlog> backlogs = new LinkedHashMap<>();
    private final Map<String, Set<Watcher>> watchers = new ConcurrentHashMap<>();
    private final Map<Session, Watcher> bySession = new ConcurrentHashMap<>();
    private final AtomicBoolean isOpen = new AtomicBoolean(true);
    private final Thread thread = new Thread(this::work, "quire-live");
    private long stepsFrom = System.nanoTime();

    /** The topic of those who watch everything. */
    private static final String ALL = "";

    public Live() {
        thread.setDaemon(true);
        thread.start();
    }

    /** Tells all who watch, as soon as may be. */
    public void tell(Message message) {
        work.add(() -> hand(message));
    }

    /**
     * Begins to tell a client, with what it missed.
     *
     * @param topic whom it watches; empty for all
     * @param before what is known of a topic that nothing was told of since the start of the server
     */
    public void watch(Session session, Optional<String> topic, Supplier<List<Message>> before) {
        watch(session, topic, before, Optional::of);
    }

    /**
     * As {@link #watch(Session, Optional, Supplier)}, in the words of another protocol.
     *
     * @param as what the client is told of a message; empty for nothing
     */
    public void watch(
            Session session,
            Optional<String> topic,
            Supplier<List<Message>> before,
            Function<String, Optional<String>> as) {
        work.add(() -> {
            Watcher watcher = new Watcher(session, as);
            bySession.put(session, watcher);
            Backlog backlog = topic.map(backlogs::get).orElse(null);
            watcher.catchUp(
                    backlog != null
                            ? backlog.all()
                            : before.get().stream()
                                    .map(message -> Json.text(message.content()))
                                    .toList());
            watchers.computeIfAbsent(topic.orElse(ALL), key -> ConcurrentHashMap.newKeySet())
                    .add(watcher);
        });
    }

    /** A client has gone. */
    public void forget(Session session) {
        work.add(() -> {
            Watcher watcher = bySession.remove(session);
            if (watcher != null) {
                watchers.values().forEach(each -> each.remove(watcher));
                watchers.values().removeIf(Set::isEmpty);
            }
        });
    }

    private void hand(Message message) {
        String text = Json.text(message.content());
        Backlog backlog = backlogs.computeIfAbsent(message.topic(), topic -> new Backlog());
        backlog.add(message, text);
        if (backlogs.size() > TOPICS) {
            backlogs.remove(backlogs.keySet().iterator().next());
        }
        long began = System.nanoTime();
        if (message.isStep() && began < stepsFrom) {
            return;
        }
        for (String topic : List.of(message.topic(), ALL)) {
            watchers.getOrDefault(topic, Set.of()).forEach(each -> each.send(text, message.isStep()));
        }
        if (message.isStep()) {
            long took = System.nanoTime() - began;
            stepsFrom = began + PAUSE * took;
        }
    }

    private void work() {
        while (isOpen.get()) {
            try {
                work.take().run();
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                LOG.error("a message could not be told", e);
            }
        }
    }

    @Override
    public void close() {
        isOpen.set(false);
        thread.interrupt();
    }
}
