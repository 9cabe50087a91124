package dev.quire.server.job;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.quire.metric.History;
import dev.quire.server.live.Live;
import dev.quire.server.live.Message;
import dev.quire.train.Callback;
import dev.quire.train.RunEvent;

/** Tells of a run while it trains: a step about every ten, at most ten a second, and every epoch. */
final class Follower implements Callback {
    private static final int EVERY = 10;
    private static final double A_SECOND = 10;

    private final Job job;
    private final Live live;
    private final Runnable begun;
    private double allowed = A_SECOND;
    private long last = System.nanoTime();

    /**
     * @param begun called before the first step
     */
    Follower(Job job, Live live, Runnable begun) {
        this.job = job;
        this.live = live;
        this.begun = begun;
    }

    @Override
    public void on(RunEvent event, Control control) {
        if (event instanceof RunEvent.Started started) {
            begun.run();
            log("trains " + started.plan().data().name() + " on " + started.device() + ", " + started.stepsPerEpoch()
                    + " steps an epoch");
        } else if (event instanceof RunEvent.Steps steps) {
            tell(steps);
        } else if (event instanceof RunEvent.Epoch epoch) {
            tell(epoch);
        }
    }

    private void tell(RunEvent.Steps steps) {
        long now = System.nanoTime();
        allowed = Math.min(A_SECOND, allowed + (now - last) * 1e-9 * A_SECOND);
        last = now;
        int count = steps.losses().length;
        int candidates = (int) ((steps.last() + 1) / EVERY - steps.first() / EVERY);
        int told = (int) Math.min(candidates, allowed);
        for (int i = 1; i <= told; i++) {
            // Evenly spread over the tens in this call, the last among them.
            long ten = steps.first() / EVERY + (long) candidates * i / told;
            int index = (int) Math.min(count - 1, ten * EVERY - 1 - steps.first());
            Message message = Message.of(job.id(), "step");
            message.content()
                    .put("step", steps.first() + index + 1)
                    .put("epoch", steps.epoch())
                    .put("loss", steps.losses()[index])
                    .put("learning_rate", steps.rates()[index]);
            live.tell(message);
        }
        allowed -= told;
    }

    private void tell(RunEvent.Epoch epoch) {
        live.tell(epoch(job.id(), epoch.history(), epoch.history().epochs() - 1));
    }

    /** An epoch with all that was measured; what is no number is left out. */
    static Message epoch(String job, History history, int row) {
        Message message = Message.of(job, "epoch");
        ObjectNode metrics = message.content()
                .put("epoch", history.rows().get(row).get(0).intValue())
                .putObject("metrics");
        for (int i = 1; i < history.columns().size(); i++) {
            double value = history.rows().get(row).get(i);
            if (Double.isFinite(value)) {
                metrics.put(history.columns().get(i), value);
            }
        }
        return message;
    }

    void log(String text) {
        Message message = Message.of(job.id(), "log");
        message.content().put("message", text);
        live.tell(message);
    }
}
