package dev.quire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.quire.engine.GraphRun.Values;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.StreamSupport;

/**
 * Reference figures: from the folder that the system property {@code quire.fixtures} names, else from
 * {@code ../shared/fixtures} beside the repository, else the copies among the test resources.
 */
public final class Fixtures {
    private static final double TOLERANCE = 1e-5;

    private Fixtures() {}

    /** One file of figures, such as {@code pytorch/layers.json}. */
    public static JsonNode read(String name) {
        try (InputStream in = open(name)) {
            return new ObjectMapper().readTree(in);
        } catch (IOException e) {
            throw new AssertionError("cannot read " + name, e);
        }
    }

    private static InputStream open(String name) throws IOException {
        String folder = System.getProperty("quire.fixtures", "");
        if (!folder.isBlank() && Files.exists(Path.of(folder, name))) {
            return Files.newInputStream(Path.of(folder, name));
        }
        Path beside = Path.of(System.getProperty("quire.root", "."), "../shared/fixtures", name);
        if (Files.exists(beside)) {
            return Files.newInputStream(beside);
        }
        InputStream copy = Fixtures.class.getResourceAsStream("/fixtures/" + name);
        if (copy == null) {
            throw new IOException("no copy of " + name + " among the test resources");
        }
        return copy;
    }

    /** An array of the figures. */
    public static Values values(JsonNode array) {
        long[] sizes = StreamSupport.stream(array.get("shape").spliterator(), false)
                .mapToLong(JsonNode::asLong)
                .toArray();
        JsonNode data = array.get("data");
        float[] out = new float[data.size()];
        for (int i = 0; i < out.length; i++) {
            out[i] = (float) data.get(i).asDouble();
        }
        return new Values(sizes, out);
    }

    /** Fails unless {@code |a - b| <= 1e-5 * max(1, |b|)} everywhere. */
    public static void same(String what, Values actual, JsonNode expected) {
        Values figures = values(expected);
        assertThat(actual.sizes()).as(what).isEqualTo(figures.sizes());
        for (int i = 0; i < figures.data().length; i++) {
            double allowed = TOLERANCE * Math.max(1, Math.abs(figures.data()[i]));
            assertThat((double) actual.data()[i])
                    .as("%s[%d]", what, i)
                    .isCloseTo(figures.data()[i], org.assertj.core.api.Assertions.within(allowed));
        }
    }
}
