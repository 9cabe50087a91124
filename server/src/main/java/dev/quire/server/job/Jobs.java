package dev.quire.server.job;

import dev.quire.run.Run;
import dev.quire.server.dataset.Shelf;
import dev.quire.server.http.Id;
import dev.quire.server.http.Problem;
import dev.quire.server.live.Live;
import dev.quire.server.live.Message;
import dev.quire.server.store.Store;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The queue of jobs. So many train at once, the others wait in the order in which they came. What was under way when the
 * server stopped, however it stopped, goes on at the next start.
 */
public final class Jobs {
    private static final Logger LOG = LoggerFactory.getLogger(Jobs.class);
    /** How often the store is looked at for jobs that another server has added, in milliseconds. */
    private static final long LOOK = 2000;
    /** How long an end waits for jobs to write their checkpoint, in milliseconds. */
    private static final long PATIENCE = 30_000;

    private final JobStore store;
    private final Training training;
    private final Live live;
    private final String agent;
    private final int atOnce;
    private final int most;
    private final Map<String, Run> running = new ConcurrentHashMap<>();
    private final List<Thread> workers = new ArrayList<>();
    private final Object news = new Object();
    private volatile Consumer<Job> trained = job -> {};
    private volatile boolean isEnding;

    /**
     * @param runs where runs are recorded
     * @param agent the id of this machine
     * @param atOnce jobs that train at the same time
     * @param most jobs that may wait
     */
    public Jobs(Store store, Shelf shelf, Path runs, Live live, String agent, int atOnce, int most) {
        this.store = new JobStore(store);
        this.training = new Training(shelf, runs, live, this.store);
        this.live = live;
        this.agent = agent;
        this.atOnce = atOnce;
        this.most = most;
    }

    /** What is done, on the thread of the job, before it is told that a job has ended with weights. */
    public void whenTrained(Consumer<Job> done) {
        trained = done;
    }

    /** Begins to work, first with what was interrupted. */
    public void begin() {
        int interrupted = store.giveBack(agent);
        if (interrupted > 0) {
            LOG.info("{} interrupted jobs go on", interrupted);
        }
        for (int i = 0; i < atOnce; i++) {
            Thread worker = new Thread(this::work, "quire-jobs-" + i);
            worker.setDaemon(true);
            worker.start();
            workers.add(worker);
        }
    }

    /** Ends work: running jobs keep a checkpoint, and go on at the next start. */
    public void end() {
        isEnding = true;
        running.values().forEach(Run::stop);
        wake();
        long until = System.currentTimeMillis() + PATIENCE;
        for (Thread worker : workers) {
            try {
                worker.join(Math.max(1, until - System.currentTimeMillis()));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    /**
     * Puts a job into the queue.
     *
     * @throws Problem 429 when the queue is full
     */
    public Job submit(Submission submission) {
        return submit(submission, Optional.empty());
    }

    /**
     * Puts a job into the queue.
     *
     * @param configuration the id of that of a project which it is made of
     * @throws Problem 429 when the queue is full
     */
    public Job submit(Submission submission, Optional<String> configuration) {
        Job job = submission.job(Id.fresh(), Instant.now());
        if (!store.add(job, most, configuration)) {
            throw new Problem(
                    429,
                    "the queue is full: " + most + " jobs wait",
                    "try again when some are done, stop one that waits, or start the server with a longer queue");
        }
        Message message = Message.of(job.id(), "state");
        message.content().put("state", Job.State.PENDING.word());
        live.tell(message);
        wake();
        return find(job.id());
    }

    /**
     * A job.
     *
     * @throws Problem 400 when it is no id, 404 when there is none
     */
    public Job find(String id) {
        return store.find(Id.of("job", id))
                .orElseThrow(() ->
                        Problem.missing("there is no job " + id, "GET /v1/jobs lists them; it may have been deleted"));
    }

    /** The newest first. */
    public List<Job> list(int most, Optional<Job.State> state) {
        return store.list(most, state);
    }

    /** How many are in this state. */
    public int count(Job.State state) {
        return store.count(state);
    }

    /** The run of the newest job of a model that has weights. */
    public Optional<String> trained(String model) {
        return store.trained(model);
    }

    /** The run of a job that trains in this process now. */
    public Optional<Run> running(String id) {
        return Optional.ofNullable(running.get(id));
    }

    /**
     * Ends a job: at once where it waits, after the steps under way where it trains.
     *
     * @throws Problem 404 when there is none, 409 when it has ended
     */
    public Job stop(String id) {
        Job job = find(id);
        if (job.state() == Job.State.PENDING
                && store.end(id, Job.State.PENDING, Job.State.STOPPED, "stopped before it began")) {
            tellEnd(find(id));
            return find(id);
        }
        if (find(id).state().isFinal()) {
            throw Problem.conflict(
                    "job " + id + " has ended already, it is "
                            + find(id).state().word(),
                    "submit it again if it is to be trained again");
        }
        store.wantStop(id);
        running(id).ifPresent(Run::stop);
        return find(id);
    }

    /**
     * Removes a job that has ended. The record of its run stays.
     *
     * @throws Problem 404 when there is none, 409 when it has not ended
     */
    public void delete(String id) {
        Job job = find(id);
        if (!store.delete(id)) {
            throw Problem.conflict(
                    "job " + id + " is " + job.state().word(),
                    "stop it first: POST /v1/jobs/" + id + "/stop, and wait until it has ended");
        }
    }

    private void work() {
        while (!isEnding) {
            try {
                Optional<Job> next = store.claim(agent);
                if (next.isPresent()) {
                    work(next.get());
                } else {
                    sleep();
                }
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                LOG.error("the queue of jobs cannot be read", e);
                try {
                    sleep();
                } catch (InterruptedException interrupted) {
                    return;
                }
            }
        }
    }

    private void work(Job job) {
        Training.Ending ending = job.stopWanted() ? new Training.Ending(Job.State.STOPPED, "stopped") : guarded(job);
        running.remove(job.id());
        boolean isInterrupted = isEnding
                && ending.state() == Job.State.STOPPED
                && !find(job.id()).stopWanted();
        if (isInterrupted) {
            store.giveBack(job);
            return;
        }
        if (ending.state() != Job.State.FAILED) {
            finish(job);
        }
        if (store.end(job.id(), Job.State.RUNNING, ending.state(), ending.detail())) {
            tellEnd(find(job.id()));
        }
    }

    private void finish(Job job) {
        try {
            trained.accept(find(job.id()));
        } catch (RuntimeException | Error e) {
            LOG.error("what follows job {} failed", job.id(), e);
        }
    }

    /** A fault of ours ends the job, not the queue. */
    private Training.Ending guarded(Job job) {
        try {
            return training.work(job, run -> {
                running.put(job.id(), run);
                // Who asked before there was a run to stop, or ended the server, is heard now.
                if (isEnding || find(job.id()).stopWanted()) {
                    run.stop();
                }
            });
        } catch (RuntimeException | Error e) {
            LOG.error("job {} failed", job.id(), e);
            return new Training.Ending(Job.State.FAILED, "an error in the server ended it: " + e);
        }
    }

    private void tellEnd(Job job) {
        live.tell(result(job));
    }

    /** How a job ended. */
    static Message result(Job job) {
        Message message = Message.of(job.id(), "result");
        message.content()
                .put("state", job.state().word())
                .put("detail", job.detail())
                .put("run", job.run());
        return message;
    }

    /** Whoever sleeps looks again, whatever woke it. */
    @SuppressWarnings("WaitNotInLoop")
    private void sleep() throws InterruptedException {
        synchronized (news) {
            if (!isEnding) {
                news.wait(LOOK);
            }
        }
    }

    private void wake() {
        synchronized (news) {
            news.notifyAll();
        }
    }
}
