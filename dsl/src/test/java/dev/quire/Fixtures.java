package dev.quire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Reference figures: from the folder that the system property {@code quire.fixtures} names, else from
 * {@code ../shared/fixtures} beside the repository, else the copies among the test resources.
 */
public final class Fixtures {
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
        if (!folder.isBlank()) {
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
}
