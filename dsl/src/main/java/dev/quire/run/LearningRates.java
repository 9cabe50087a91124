package dev.quire.run;

import dev.quire.QuireException;
import dev.quire.data.Dataset;
import dev.quire.engine.Torch;
import dev.quire.model.Layer;
import dev.quire.train.Option;
import dev.quire.train.Plan;
import dev.quire.train.RateSearch;
import dev.quire.train.TrainingSpec;
import dev.quire.view.Chart;
import dev.quire.view.Display;
import dev.quire.view.Displayable;
import dev.quire.view.MetricCharts;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * The loss over a learning rate that grew by the same factor each step (Smith 2017).
 *
 * @param points one a step, the smallest rate first
 */
public record LearningRates(List<Point> points) implements Displayable {
    /** The steps that are tried. */
    static final int STEPS = 100;

    private static final double FROM = 1e-6;
    private static final double TO = 10;
    private static final int FEWEST = 10;

    /** How many neighbours on either side a smoothed loss is the weighted mean of. */
    private static final int REACH = 6;

    /**
     * One step.
     *
     * @param rate the learning rate
     * @param loss before the step
     */
    public record Point(double rate, double loss) {}

    public LearningRates {
        points = List.copyOf(points);
        if (points.size() < FEWEST) {
            throw new QuireException("lrFind: the loss was not a number after " + points.size()
                    + " steps, at a learning rate of " + FROM
                    + ": look for extreme values in the data, or normalise it");
        }
    }

    /**
     * Trains a network of its own for {@value #STEPS} steps, and throws it away: no run, no record, no weights are left.
     */
    public static LearningRates find(Layer model, Dataset data, List<Option> options) {
        Plan plan = Plan.of(model, data, TrainingSpec.of(options));
        RateSearch.Found found = RateSearch.run(plan, Torch.device(), STEPS, FROM, TO);
        return new LearningRates(IntStream.range(0, found.rates().length)
                .mapToObj(i -> new Point(found.rates()[i], found.losses()[i]))
                .toList());
    }

    /**
     * The learning rate at which the smoothed loss falls the steepest over the logarithm of the rate, before it is at its
     * lowest: a rate to train with, or the peak of a schedule that rises and falls.
     */
    public double suggestion() {
        return points.get(steepest()).rate();
    }

    private int steepest() {
        double[] smoothed = smoothed();
        int lowest = IntStream.range(0, smoothed.length)
                .reduce((a, b) -> smoothed[b] < smoothed[a] ? b : a)
                .orElse(0);
        return IntStream.range(1, Math.max(2, lowest))
                .reduce((a, b) -> fall(smoothed, b) > fall(smoothed, a) ? b : a)
                .orElse(0);
    }

    private static double fall(double[] smoothed, int i) {
        return smoothed[i - 1] - smoothed[Math.min(smoothed.length - 1, i + 1)];
    }

    /** Each the mean of its neighbours on both sides, the near ones weighing more, so that nothing is shifted. */
    private double[] smoothed() {
        return IntStream.range(0, points.size())
                .mapToDouble(i -> {
                    double sum = 0;
                    double weights = 0;
                    // As far to the one side as to the other, or else the ends would tilt.
                    int reach = Math.min(REACH, Math.min(i, points.size() - 1 - i));
                    for (int j = i - reach; j <= i + reach; j++) {
                        double weight = reach + 1.0 - Math.abs(j - i);
                        sum += weight * points.get(j).loss();
                        weights += weight;
                    }
                    return sum / weights;
                })
                .toArray();
    }

    /** Loss over rate, with a ring at the suggestion. */
    public Chart chart() {
        return MetricCharts.rates(
                points.stream().mapToDouble(Point::rate).toArray(),
                points.stream().mapToDouble(Point::loss).toArray(),
                smoothed(),
                steepest());
    }

    @Override
    public Display display() {
        return chart().display();
    }

    @Override
    public String plain() {
        return chart().text() + "\n" + this;
    }

    /** {@code the loss falls steepest at a learning rate of 2.1e-03, of 100 tried from 1e-06 to 10}. */
    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "the loss falls steepest at a learning rate of %.1e, of %d tried from %.0e to %.1g",
                suggestion(),
                points.size(),
                points.get(0).rate(),
                points.get(points.size() - 1).rate());
    }
}
