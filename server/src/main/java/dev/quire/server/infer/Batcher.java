package dev.quire.server.infer;

import dev.quire.data.HostTensor;
import dev.quire.inference.Model;
import dev.quire.inference.Port;
import dev.quire.server.http.Problem;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Calls a model for many clients. Where a call takes one thread, a request that comes while the model is free is answered
 * on the thread that asks: no thread has to wake another for it. What comes while as many calls run as may goes into the
 * next one together, which a thread of this makes; others write those answers, so that the next call begins at once.
 */
public final class Batcher implements AutoCloseable {
    private final Model model;
    private final BatchRule rule;
    private final Executor answering;
    private final ServingFigures.Model figures;
    private final int calls;
    private final boolean isDirect;
    private final Thread worker;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<Batch.Asked> waiting = new ArrayDeque<>();
    private final Deque<Batch> free = new ArrayDeque<>();
    private int running;
    private boolean isClosed;
    private boolean wasJoined;
    private volatile boolean canJoin;

    /**
     * @param model closed with this
     * @param answering runs what follows the answers of joined requests
     * @param figures of the name under which the model is asked
     */
    public Batcher(Model model, BatchRule rule, Executor answering, ServingFigures.Model figures) {
        this.model = model;
        this.rule = rule;
        this.answering = answering;
        this.figures = figures;
        this.calls = Math.min(rule.calls(), model.atOnce());
        // libtorch keeps threads for each thread that calls it with more than one: it is called from a single one.
        this.isDirect = model.atOnce() > 1;
        this.canJoin = rule.rows() > 1
                && model.inputs().stream().allMatch(Port::isBatched)
                && model.outputs().stream().allMatch(Port::isBatched);
        this.worker = new Thread(this::work, "quire-model-" + model.name());
        worker.setDaemon(true);
        worker.start();
    }

    public Model model() {
        return model;
    }

    /**
     * Asks the model.
     *
     * @param inputs by name, which fit the model
     * @param rows in each
     * @return the answer, there or to come; empty where this is closed, and another has taken its place
     * @throws Problem 503 when too many wait
     */
    public Optional<CompletableFuture<Reply>> ask(Map<String, Given> inputs, int rows) {
        Batch.Asked asked = new Batch.Asked(inputs, rows, new CompletableFuture<>(), System.nanoTime());
        Batch own;
        lock.lock();
        try {
            if (isClosed) {
                return Optional.empty();
            }
            if (isDirect && running < calls && waiting.isEmpty()) {
                own = begin();
                own.add(asked);
            } else {
                own = null;
                enqueue(asked);
            }
        } finally {
            lock.unlock();
        }
        if (own != null) {
            call(own, Runnable::run);
        }
        return Optional.of(asked.answer());
    }

    private void enqueue(Batch.Asked asked) {
        if (waiting.size() >= rule.queue()) {
            throw new Problem(
                    503,
                    "more than " + rule.queue() + " requests wait for the model " + model.name(),
                    "try again in a second, or send several rows in one request");
        }
        waiting.addLast(asked);
        changed.signal();
    }

    /** How many requests wait. */
    public int waiting() {
        lock.lock();
        try {
            return waiting.size();
        } finally {
            lock.unlock();
        }
    }

    /** The memory of a call that is under way from now on; under the lock. */
    private Batch begin() {
        running++;
        Batch kept = free.pollLast();
        return kept == null ? new Batch() : kept;
    }

    private void end(Batch batch) {
        lock.lock();
        try {
            running--;
            free.addLast(batch);
            if (isClosed || !waiting.isEmpty()) {
                changed.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    private void work() {
        try {
            for (Batch batch = next(); batch != null; batch = next()) {
                boolean isOne = batch.size() == 1;
                // Where nobody waits for this thread, the answer is there sooner than another thread would be.
                call(batch, answers -> {
                    if (isOne && waiting() == 0) {
                        answers.run();
                    } else {
                        deliver(answers);
                    }
                });
            }
        } finally {
            model.close();
        }
    }

    /** Waits for requests; null where there are none and will be none, and no call is under way. */
    private @Nullable Batch next() {
        lock.lock();
        try {
            while (waiting.isEmpty() || running >= calls) {
                if (isClosed && waiting.isEmpty() && running == 0) {
                    return null;
                }
                changed.awaitUninterruptibly();
            }
            Batch batch = begin();
            take(batch);
            if (wasJoined && canJoin && !isClosed) {
                linger(batch);
            }
            wasJoined = batch.size() > 1;
            return batch;
        } finally {
            lock.unlock();
        }
    }

    private void take(Batch batch) {
        while (!waiting.isEmpty() && (batch.isEmpty() || canJoin) && batch.takes(waiting.getFirst(), rule.rows())) {
            batch.add(waiting.removeFirst());
        }
    }

    /** Others asked together with the last batch: their next requests are on their way. */
    private void linger(Batch batch) {
        long left = (long) (rule.milliseconds() * TimeUnit.MILLISECONDS.toNanos(1));
        while (left > 0 && batch.rows() < rule.rows() && waiting.isEmpty() && !isClosed) {
            try {
                left = changed.awaitNanos(left);
            } catch (InterruptedException e) {
                return;
            }
            int before = batch.size();
            take(batch);
            if (batch.size() == before && !waiting.isEmpty()) {
                return;
            }
        }
    }

    private void call(Batch batch, Consumer<Runnable> answers) {
        try {
            answer(batch, answers);
        } finally {
            end(batch);
        }
    }

    private void answer(Batch batch, Consumer<Runnable> answers) {
        int rows = batch.rows();
        long began = System.nanoTime();
        Map<String, HostTensor> outputs;
        try {
            outputs = batch.run(model);
        } catch (Throwable failure) {
            apart(batch, failure, answers);
            return;
        }
        double milliseconds = (System.nanoTime() - began) * 1e-6;
        batch.members().forEach(each -> figures.waited(began - each.at()));
        figures.called(rows, milliseconds);
        boolean isSplit = batch.size() > 1;
        if (isSplit && outputs.values().stream().anyMatch(each -> each.rank() == 0 || each.size(0) != rows)) {
            canJoin = false;
            batch.release().forEach(each -> alone(batch, each, answers));
            return;
        }
        List<Batch.Asked> members = batch.release();
        answers.accept(() -> {
            List<Map<String, HostTensor>> parts = isSplit ? Batch.split(members, outputs) : List.of(outputs);
            for (int i = 0; i < parts.size(); i++) {
                members.get(i).answer().complete(new Reply(parts.get(i), milliseconds, rows));
            }
        });
    }

    /** One request can fail a whole call: each is then asked by itself, so that the others are answered. */
    private void apart(Batch batch, Throwable failure, Consumer<Runnable> answers) {
        List<Batch.Asked> members = batch.release();
        if (members.size() == 1) {
            answers.accept(() -> members.get(0).answer().completeExceptionally(failure));
        } else {
            members.forEach(each -> alone(batch, each, answers));
        }
    }

    private void alone(Batch batch, Batch.Asked asked, Consumer<Runnable> answers) {
        batch.add(asked);
        answer(batch, answers);
    }

    private void deliver(Runnable answers) {
        try {
            answering.execute(answers);
        } catch (RejectedExecutionException ended) {
            answers.run();
        }
    }

    /** Takes no more requests, answers those that wait, and then closes the model. */
    @Override
    public void close() {
        lock.lock();
        try {
            isClosed = true;
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until all is answered and the model is closed.
     *
     * @return whether it came to that in time
     */
    public boolean awaitClosed(long milliseconds) {
        try {
            worker.join(Math.max(1, milliseconds));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return !worker.isAlive();
    }
}
