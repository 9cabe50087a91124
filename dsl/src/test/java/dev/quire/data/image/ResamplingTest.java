package dev.quire.data.image;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Against Pillow, whose figures {@code make_resampled.py} writes. */
class ResamplingTest {
    private static final String FIGURES = "/images/resampled.json";

    private static Pixels pixels(JsonNode json) {
        byte[] planes = new byte[json.path("pixels").size()];
        for (int i = 0; i < planes.length; i++) {
            planes[i] = (byte) json.path("pixels").path(i).intValue();
        }
        return new Pixels(1, json.path("height").intValue(), json.path("width").intValue(), planes);
    }

    private static int furthest(byte[] some, byte[] others) {
        return IntStream.range(0, some.length)
                .map(i -> Math.abs((some[i] & 0xff) - (others[i] & 0xff)))
                .max()
                .orElseThrow();
    }

    @Test
    void every_filter_shrinks_and_grows_as_in_pillow() throws IOException {
        JsonNode figures;
        try (InputStream in = ResamplingTest.class.getResourceAsStream(FIGURES)) {
            figures = new ObjectMapper().readTree(Objects.requireNonNull(in));
        }
        Pixels picture = pixels(figures);
        assertThat(figures.path("resized")).hasSize(18);
        for (JsonNode row : figures.path("resized")) {
            Pixels expected = pixels(row);
            Resampling how = Resampling.numbered(row.path("filter").intValue(), FIGURES);
            Pixels found = picture.resized(expected.height(), expected.width(), how);
            assertThat(furthest(found.planes(), expected.planes()))
                    .as("%s to %dx%d", how, expected.height(), expected.width())
                    .isLessThanOrEqualTo(how == Resampling.BILINEAR ? 1 : 0);
        }
    }
}
