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

/**
 * Calls a model for many clients: what waits while a call runs goes into the next one together. One thread calls the
 * model, others write the answers, so that the next call begins at once.
 */
public final class Batcher implements AutoCloseable {
    private final Model model;
    private final BatchRule rule;
    private final Executor answering;
    private final ServingFigures.Model figures;
    private final int most;
    private final Thread worker;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<Batch.Asked> waiting = new ArrayDeque<>();
    private final Batch batch = new Batch();
    private boolean isClosed;
    private boolean isIdle;
    private boolean wasJoined;
    private boolean canJoin;

    /**
     * @param model closed with this
     * @param answering runs what follows an answer
     * @param figures of the name under which the model is asked
     */
    public Batcher(Model model, BatchRule rule, Executor answering, ServingFigures.Model figures) {
        this.model = model;
        this.rule = rule;
        this.answering = answering;
        this.figures = figures;
        this.canJoin = rule.rows() > 1
                && model.inputs().stream().allMatch(Port::isBatched)
                && model.outputs().stream().allMatch(Port::isBatched);
        this.most = rule.rows();
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
     * @return the answer to come; empty where this is closed, and another has taken its place
     * @throws Problem 503 when too many wait
     */
    public Optional<CompletableFuture<Reply>> ask(Map<String, Given> inputs, int rows) {
        Batch.Asked asked = new Batch.Asked(inputs, rows, new CompletableFuture<>(), System.nanoTime());
        lock.lock();
        try {
            if (isClosed) {
                return Optional.empty();
            }
            if (waiting.size() >= rule.queue()) {
                throw new Problem(
                        503,
                        "more than " + rule.queue() + " requests wait for the model " + model.name(),
                        "try again in a second, or send several rows in one request");
            }
            waiting.addLast(asked);
            if (isIdle) {
                changed.signal();
            }
        } finally {
            lock.unlock();
        }
        return Optional.of(asked.answer());
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

    private void work() {
        try {
            while (fill()) {
                call();
            }
        } finally {
            model.close();
        }
    }

    /** Waits for requests; false where there are none and will be none. */
    private boolean fill() {
        lock.lock();
        try {
            while (waiting.isEmpty()) {
                if (isClosed) {
                    return false;
                }
                isIdle = true;
                changed.awaitUninterruptibly();
                isIdle = false;
            }
            take();
            if (wasJoined && canJoin && !isClosed) {
                linger();
            }
            wasJoined = batch.size() > 1;
            return true;
        } finally {
            lock.unlock();
        }
    }

    private void take() {
        while (!waiting.isEmpty() && (batch.isEmpty() || canJoin) && batch.takes(waiting.getFirst(), most)) {
            batch.add(waiting.removeFirst());
        }
    }

    /** Others asked together with the last batch: their next requests are on their way. */
    private void linger() {
        long left = (long) (rule.milliseconds() * TimeUnit.MILLISECONDS.toNanos(1));
        while (left > 0 && batch.rows() < most && waiting.isEmpty() && !isClosed) {
            try {
                isIdle = true;
                left = changed.awaitNanos(left);
            } catch (InterruptedException e) {
                return;
            } finally {
                isIdle = false;
            }
            int before = batch.size();
            take();
            if (batch.size() == before && !waiting.isEmpty()) {
                return;
            }
        }
    }

    private void call() {
        int rows = batch.rows();
        long began = System.nanoTime();
        Map<String, HostTensor> outputs;
        try {
            outputs = batch.run(model);
        } catch (Throwable failure) {
            apart(failure);
            return;
        }
        double milliseconds = (System.nanoTime() - began) * 1e-6;
        batch.members().forEach(each -> figures.waited(began - each.at()));
        figures.called(rows, milliseconds);
        boolean isSplit = batch.size() > 1;
        if (isSplit && outputs.values().stream().anyMatch(each -> each.rank() == 0 || each.size(0) != rows)) {
            canJoin = false;
            batch.release().forEach(this::alone);
            return;
        }
        List<Batch.Asked> members = batch.release();
        Runnable answers = () -> {
            List<Map<String, HostTensor>> parts = isSplit ? Batch.split(members, outputs) : List.of(outputs);
            for (int i = 0; i < parts.size(); i++) {
                members.get(i).answer().complete(new Reply(parts.get(i), milliseconds, rows));
            }
        };
        if (!isSplit && waiting() == 0) {
            // Nobody waits for this thread: the answer is there sooner than another thread would be.
            answers.run();
        } else {
            deliver(answers);
        }
    }

    /** One request can fail a whole call: each is then asked by itself, so that the others are answered. */
    private void apart(Throwable failure) {
        List<Batch.Asked> members = batch.release();
        if (members.size() == 1) {
            deliver(() -> members.get(0).answer().completeExceptionally(failure));
        } else {
            members.forEach(this::alone);
        }
    }

    private void deliver(Runnable answers) {
        try {
            answering.execute(answers);
        } catch (RejectedExecutionException ended) {
            answers.run();
        }
    }

    private void alone(Batch.Asked asked) {
        batch.add(asked);
        call();
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
