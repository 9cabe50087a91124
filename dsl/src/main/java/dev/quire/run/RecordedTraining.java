package dev.quire.run;

import dev.quire.QuireException;
import dev.quire.data.Split;
import dev.quire.train.Attended;
import dev.quire.train.Callback;
import dev.quire.train.Network;
import dev.quire.train.Plan;
import dev.quire.train.RunEvent;
import dev.quire.train.StopReason;
import dev.quire.train.Trainer;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The training of a run, which is written down while it goes on.
 *
 * @param recording where, and what it goes on with
 * @param progress is told how it goes
 * @param held gets the network as soon as there is one
 * @param insights answers for the pictures at the end
 */
record RecordedTraining(Plan plan, Recording recording, Progress progress, HeldNetwork held, Insights insights) {

    /** Trains, on this thread. The screen is told how it ended also where it could not begin. */
    void go(Supplier<Network> start, Consumer<RunEvent> screen, List<Callback> callbacks) {
        Optional<Recorder> recorder = Optional.empty();
        Consumer<RunEvent> told = ((Consumer<RunEvent>) progress::follow).andThen(screen);
        try {
            recorder = recording.open(plan);
            Consumer<RunEvent> all = recorder.<Consumer<RunEvent>>map(book -> event -> recorded(event, book, told))
                    .orElse(told);
            Consumer<RunEvent> judged = recording
                    .repeats()
                    .<Consumer<RunEvent>>map(earlier ->
                            event -> all.accept(event instanceof RunEvent.Ended ended ? earlier.judge(ended) : event))
                    .orElse(all);
            Network fresh = begin(start, judged);
            Trainer.train(
                    fresh,
                    new Attended(
                            judged,
                            callbacks,
                            progress::isStopWanted,
                            recording.keeper(plan, recorder),
                            recording.from(),
                            recording.best()));
            recorder.ifPresent(this::picture);
        } catch (RuntimeException | Error e) {
            progress.fail(e);
            throw e;
        } finally {
            try {
                recorder.ifPresent(this::close);
            } finally {
                progress.end();
            }
        }
    }

    private Network begin(Supplier<Network> start, Consumer<RunEvent> listener) {
        try {
            Network fresh = start.get();
            held.hold(fresh);
            return fresh;
        } catch (RuntimeException | Error e) {
            listener.accept(RunEvent.Ended.failed(e, progress.history()));
            throw e;
        }
    }

    /** The record first; how a run failed is told also where it cannot be recorded. */
    private static void recorded(RunEvent event, Recorder recorder, Consumer<RunEvent> told) {
        boolean failed = event instanceof RunEvent.Ended ended && ended.reason() == StopReason.FAILED;
        try {
            recorder.accept(event);
        } catch (QuireException e) {
            if (!failed) {
                throw e;
            }
        }
        told.accept(event);
    }

    /** Pictures that need another pass over the data, where that costs next to nothing; a run never fails for them. */
    private void picture(Recorder recorder) {
        Split split = insights.usual();
        StopReason reason = progress.reason().orElse(null);
        boolean isWanted = reason != StopReason.FAILED
                && reason != StopReason.NON_FINITE
                && !Thread.currentThread().isInterrupted()
                && Insights.hasClasses(plan.data())
                && Figures.areCheap(
                        progress.history(),
                        plan.data().train().count(),
                        plan.data().part(split).count());
        if (isWanted) {
            try {
                recorder.picture(insights.classification(split));
            } catch (RuntimeException e) {
                recorder.remark("no figures of classes: " + e);
            }
        }
    }

    /** Ends the record. A run that cannot be written down to its end has failed; of one that had, the first is told. */
    private void close(Recorder recorder) {
        try {
            recorder.close();
        } catch (QuireException e) {
            Optional<Throwable> before = progress.failure();
            if (before.isEmpty()) {
                progress.follow(RunEvent.Ended.failed(e, progress.history()));
                progress.fail(e);
                throw e;
            }
            if (before.get() != e) {
                before.get().addSuppressed(e);
            }
        }
    }
}
