package dev.quire.server.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Follows the jobs of a server, one after the other: what trains now, then the next. Where the server goes away it tries
 * again, after one second, two, four, up to half a minute; nothing is told twice.
 */
public final class Watch {
    private static final long LOOK = 500;
    private static final long LONGEST = 30_000;
    private static final int RECENT = 50;

    private final Client client;
    private final Told told;
    private final long firstWait;
    private final Set<String> ended = new HashSet<>();
    private final Map<String, Seen> seen = new HashMap<>();
    private boolean hasLooked;
    private volatile boolean isStopped;

    /** What is told. */
    public interface Told {
        /** A job that is followed from now on. */
        void job(JsonNode job);

        /** A message of that job, as the server sends it. */
        void message(JsonNode message);

        /** Something about the watching itself. */
        void notice(String text);
    }

    /** How far a job has been told. */
    private static final class Seen {
        private int epoch;
        private long step;
        private String at = "";
        private boolean isAnnounced;
    }

    /**
     * @param firstWait milliseconds before the first try after the server has gone
     */
    public Watch(Client client, Told told, long firstWait) {
        this.client = client;
        this.told = told;
        this.firstWait = firstWait;
    }

    /** Ends it, from any thread. */
    public void stop() {
        isStopped = true;
    }

    /**
     * Follows until it is stopped.
     *
     * @throws dev.quire.QuireException when the server refuses, as without its token
     * @throws InterruptedException when the thread is interrupted
     */
    public void run() throws InterruptedException {
        long wait = firstWait;
        boolean isWaiting = false;
        while (!isStopped) {
            try {
                List<JsonNode> jobs = next();
                wait = firstWait;
                if (jobs.isEmpty()) {
                    if (!isWaiting) {
                        told.notice("waits for a job at " + client.address());
                    }
                    isWaiting = true;
                    Thread.sleep(LOOK);
                } else {
                    isWaiting = false;
                    follow(jobs.get(0));
                }
            } catch (Unreachable e) {
                told.notice("the server at " + client.address() + " does not answer, the next try is in "
                        + (wait + 999) / 1000 + " s");
                sleep(wait);
                wait = Math.min(LONGEST, 2 * wait);
            }
        }
    }

    private void sleep(long milliseconds) throws InterruptedException {
        long until = System.currentTimeMillis() + milliseconds;
        while (!isStopped && System.currentTimeMillis() < until) {
            Thread.sleep(Math.min(100, milliseconds));
        }
    }

    /** What has not been told to its end, the oldest first: of those that ended before, only what was being followed. */
    private List<JsonNode> next() {
        List<JsonNode> out = new ArrayList<>();
        for (JsonNode job : client.get("/v1/jobs?num=" + RECENT)) {
            String id = job.path("id").asText();
            String state = job.path("state").asText();
            boolean isOver = !state.equals("running") && !state.equals("pending");
            if (isOver && !hasLooked) {
                ended.add(id);
            } else if (!ended.contains(id) && !state.equals("pending")) {
                out.add(0, job);
            }
        }
        hasLooked = true;
        return out;
    }

    private void follow(JsonNode job) throws InterruptedException {
        String id = job.path("id").asText();
        Seen before = seen.computeIfAbsent(id, key -> new Seen());
        if (!before.isAnnounced) {
            before.isAnnounced = true;
            told.job(job);
        }
        AtomicBoolean isOver = new AtomicBoolean();
        CompletableFuture<Void> following = client.follow("/v1/jobs/" + id + "/live", message -> {
            if (isNew(message, before)) {
                told.message(message);
            }
            isOver.compareAndSet(false, message.path("type").asText().equals("result"));
        });
        while (!isStopped && !isOver.get() && !following.isDone()) {
            Thread.sleep(50);
        }
        following.cancel(true);
        if (following.isCompletedExceptionally() && !following.isCancelled()) {
            following.join();
        }
        if (isOver.get()) {
            ended.add(id);
            seen.remove(id);
        } else if (!isStopped) {
            sleep(firstWait);
        }
    }

    private static boolean isNew(JsonNode message, Seen before) {
        String type = message.path("type").asText();
        if (type.equals("epoch")) {
            int epoch = message.path("epoch").asInt();
            boolean isNew = epoch > before.epoch;
            before.epoch = Math.max(before.epoch, epoch);
            return isNew;
        }
        if (type.equals("step")) {
            long step = message.path("step").asLong();
            boolean isNew = step > before.step;
            before.step = Math.max(before.step, step);
            return isNew;
        }
        String at = message.path("at").asText();
        boolean isNew = at.compareTo(before.at) > 0;
        before.at = isNew ? at : before.at;
        return isNew;
    }
}
