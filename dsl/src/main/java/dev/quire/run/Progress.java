package dev.quire.run;

import dev.quire.QuireException;
import dev.quire.metric.History;
import dev.quire.train.RunEvent;
import dev.quire.train.StopReason;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** How a run goes, as its events tell, until it is over: what others wait for, and ask to stop, from any thread. */
final class Progress {
    private final String name;
    private final CountDownLatch over = new CountDownLatch(1);
    private volatile History history = History.empty();
    private volatile @Nullable StopReason reason;
    private volatile String sentence = "it is training";
    private volatile @Nullable Throwable failure;
    private volatile boolean stopWanted;

    /** Of a run that begins. */
    Progress(String name) {
        this.name = name;
    }

    /** Of a run that is over. */
    static Progress over(String name, History history, Optional<StopReason> reason, String sentence) {
        Progress progress = new Progress(name);
        progress.history = history;
        progress.reason = reason.orElse(null);
        progress.sentence = sentence;
        progress.end();
        return progress;
    }

    void follow(RunEvent event) {
        if (event instanceof RunEvent.Epoch epoch) {
            history = epoch.history();
        } else if (event instanceof RunEvent.Ended ended) {
            sentence = ended.sentence();
            reason = ended.reason();
        }
    }

    /** What {@link #await} throws. */
    void fail(Throwable thrown) {
        failure = thrown;
    }

    void end() {
        over.countDown();
    }

    void stop() {
        stopWanted = true;
    }

    boolean isStopWanted() {
        return stopWanted;
    }

    boolean isTraining() {
        return over.getCount() > 0;
    }

    /**
     * @throws QuireException when the run failed, or this thread is interrupted, which leaves the run alone
     */
    void await() {
        try {
            over.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new QuireException("stopped waiting for run " + name + ", which goes on: its stop() ends it");
        }
        Throwable thrown = failure;
        if (thrown != null) {
            throw new QuireException("run " + name + " failed: " + sentence, thrown);
        }
    }

    String name() {
        return name;
    }

    History history() {
        return history;
    }

    Optional<StopReason> reason() {
        return Optional.ofNullable(reason);
    }

    String sentence() {
        return sentence;
    }

    Optional<Throwable> failure() {
        return Optional.ofNullable(failure);
    }
}
