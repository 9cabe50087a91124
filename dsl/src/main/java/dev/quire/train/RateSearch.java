package dev.quire.train;

import dev.quire.QuireException;
import dev.quire.data.Split;
import dev.quire.engine.Device;
import java.util.Arrays;

/**
 * Trains a network of its own for a short while, with a learning rate that grows by the same factor each step (Smith
 * 2017), and notes the loss. The network is thrown away.
 */
public final class RateSearch {
    /** It is over when the loss is so many times the smallest so far. */
    private static final double TOO_MUCH = 4;

    /** The last losses, of which the mean decides whether it is over. */
    private static final int LAST = 5;

    private RateSearch() {}

    /**
     * What was noted.
     *
     * @param rates the learning rate of each step, growing
     * @param losses the loss of each step, before what it changed
     */
    public record Found(double[] rates, double[] losses) {}

    /**
     * Searches; it ends before the last step where the loss grows out of hand.
     *
     * @param steps how many at the most, at least 2
     * @param from the first learning rate
     * @param to the last learning rate
     * @throws QuireException when this thread is interrupted
     */
    public static Found run(Plan plan, Device device, int steps, double from, double to) {
        double[] rates = new double[steps];
        double[] losses = new double[steps];
        for (int i = 0; i < steps; i++) {
            rates[i] = from * Math.pow(to / from, (double) i / (steps - 1));
        }
        int done = 0;
        try (Network network = Network.start(plan, device);
                Feed feed = network.feed(Split.TRAIN)) {
            network.forget();
            Pace pace = new Pace();
            long left = 0;
            int pass = 0;
            double best = Double.POSITIVE_INFINITY;
            while (done < steps && !isOver(losses, done, best)) {
                if (left == 0) {
                    feed.shuffled(Seeds.order(plan.spec().seed(), ++pass));
                    left = feed.count();
                }
                long begin = System.nanoTime();
                Feed.Piece piece = feed.next(plan.spec().batch(), Math.min(pace.steps(), steps - done));
                if (piece.steps() == 0 || Thread.currentThread().isInterrupted()) {
                    throw new QuireException("lrFind was stopped after " + done + " of " + steps + " steps");
                }
                left -= piece.examples();
                int first = done;
                long[] seeds = new long[piece.steps()];
                Arrays.setAll(seeds, i -> Seeds.step(plan.spec().seed(), first + i));
                float[] found = network.train(piece, Arrays.copyOfRange(rates, done, done + seeds.length), seeds)
                        .losses();
                pace.took(piece.steps(), (System.nanoTime() - begin) * 1e-9);
                for (float loss : found) {
                    losses[done++] = loss;
                    best = done < LAST ? best : Math.min(best, recent(losses, done));
                }
            }
        }
        int kept = 0;
        while (kept < done && Double.isFinite(losses[kept])) {
            kept++;
        }
        return new Found(Arrays.copyOf(rates, kept), Arrays.copyOf(losses, kept));
    }

    private static boolean isOver(double[] losses, int done, double best) {
        return (done > 0 && !Double.isFinite(losses[done - 1]))
                || (done > 2 * LAST && recent(losses, done) > TOO_MUCH * Math.max(best, 1e-6));
    }

    private static double recent(double[] losses, int done) {
        return Arrays.stream(losses, Math.max(0, done - LAST), done).average().orElse(Double.POSITIVE_INFINITY);
    }
}
