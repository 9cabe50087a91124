package dev.quire.run;

import dev.quire.data.Example;
import dev.quire.view.Chart;
import dev.quire.view.Display;
import dev.quire.view.Displayable;
import dev.quire.view.Sheets;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Where in a picture the last convolution found what speaks for a class (Grad-CAM, Selvaraju et al. 2017). What speaks
 * against it is left out.
 *
 * @param example the picture
 * @param about the class asked about
 * @param probability that the network gives it, 0 to 1
 * @param heat rows of values as the last convolution has them, the largest 1; all 0 where nothing speaks for the class
 */
public record GradCam(Example example, String about, double probability, float[][] heat) implements Displayable {
    /** The picture, and beside it the same under the map. */
    public Chart chart() {
        boolean isEmpty = Arrays.stream(heat).allMatch(row -> max(row) == 0);
        return Sheets.heat(
                String.format(
                        Locale.ROOT,
                        isEmpty ? "nothing speaks for %s  %.1f %%" : "what speaks for %s  %.1f %%",
                        about,
                        100 * probability),
                example.image(),
                heat);
    }

    static float max(float[] row) {
        float most = 0;
        for (float value : row) {
            most = Math.max(most, value);
        }
        return most;
    }

    @Override
    public Display display() {
        return chart().display();
    }

    @Override
    public String plain() {
        return chart().text();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof GradCam map
                && example.equals(map.example)
                && about.equals(map.about)
                && Arrays.deepEquals(heat, map.heat);
    }

    @Override
    public int hashCode() {
        return 31 * about.hashCode() + Arrays.deepHashCode(heat);
    }

    @Override
    public String toString() {
        return "GradCam[" + about + ", " + heat.length + "x" + (heat.length == 0 ? 0 : heat[0].length) + "]";
    }
}
