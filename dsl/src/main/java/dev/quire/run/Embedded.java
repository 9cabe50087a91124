package dev.quire.run;

import dev.quire.metric.projection.Neighbourhood;
import dev.quire.metric.projection.PrincipalComponents;
import dev.quire.view.Chart;
import dev.quire.view.Display;
import dev.quire.view.Displayable;
import dev.quire.view.MetricCharts;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the last dense layer of a network is given for some examples: points that lie close together look alike to it.
 *
 * @param classes the class names; empty where there are none
 * @param labels the class number of each example; 0 where there are none
 * @param points a row an example
 */
public record Embedded(List<String> classes, int[] labels, float[][] points) implements Displayable {
    public Embedded {
        classes = List.copyOf(classes);
    }

    /** How many numbers an example has. */
    public int width() {
        return points.length == 0 ? 0 : points[0].length;
    }

    /** Projected to the two directions in which they spread the most. */
    public Chart pca() {
        return MetricCharts.projection(
                "PCA of the last hidden layer, " + points.length + " examples",
                classes,
                labels,
                PrincipalComponents.of(points, 2));
    }

    /** Put in the plane so that neighbours stay neighbours; a few seconds. Distances between groups mean little. */
    public Chart tsne() {
        return MetricCharts.projection(
                "t-SNE of the last hidden layer, " + points.length + " examples",
                classes,
                labels,
                Neighbourhood.of(points));
    }

    @Override
    public Display display() {
        return pca().display();
    }

    @Override
    public String plain() {
        return toString();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Embedded embedding
                && classes.equals(embedding.classes)
                && Arrays.equals(labels, embedding.labels)
                && Arrays.deepEquals(points, embedding.points);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(labels) + Arrays.deepHashCode(points);
    }

    @Override
    public String toString() {
        return "Embedded[" + points.length + " examples, " + width() + " numbers each]";
    }
}
