package dev.quire.server.page;

import dev.quire.data.Fingerprint;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;

/**
 * The files that the application is made of, read once. Their version follows from what they hold, so that a browser may
 * keep them for ever.
 */
final class PageFiles {
    private static final String PAGE = "index.html";
    private static final List<String> OWN = List.of(
            "api.js",
            "app.css",
            "app.js",
            "bars.js",
            "base.css",
            "charts.js",
            "deployments.js",
            "dom.js",
            "draw.js",
            "drawing.js",
            "epochs.js",
            "families.js",
            "go.js",
            "icon.svg",
            "jobs.js",
            "live.js",
            "metrics.js",
            "pad.js",
            "projects.js",
            "runs.js",
            "table.js",
            "theme.js",
            "train.js",
            "watch.js");
    private static final Map<String, String> TYPES =
            Map.of("js", "text/javascript", "css", "text/css", "svg", "image/svg+xml");

    /**
     * A file.
     *
     * @param type of its content
     */
    @SuppressWarnings("ArrayRecordComponent")
    record File(String type, byte[] content) {}

    private final Map<String, File> files = new TreeMap<>();
    private final String version;
    private final String page;

    PageFiles() {
        OWN.forEach(name -> files.put(name, new File(type(name), read(name))));
        files.put("chart.js", new File("text/javascript", charts()));
        this.version = hash();
        this.page = text(PAGE).replace("VERSION", version);
    }

    /** What every page of the application begins as. */
    String page() {
        return page;
    }

    /** Stands in the addresses of the files. */
    String version() {
        return version;
    }

    /** One file. */
    Optional<File> find(String name) {
        return Optional.ofNullable(files.get(name));
    }

    /** A file of this package as text. */
    static String text(String name) {
        return new String(read(name), StandardCharsets.UTF_8);
    }

    private String hash() {
        MessageDigest digest = Fingerprint.sha256();
        files.forEach((name, file) -> {
            digest.update(name.getBytes(StandardCharsets.UTF_8));
            digest.update(file.content());
        });
        return Fingerprint.hex(digest.digest()).substring(0, 12);
    }

    private static String type(String name) {
        return Objects.requireNonNull(TYPES.get(name.substring(name.lastIndexOf('.') + 1)));
    }

    private static byte[] read(String path) {
        try (InputStream in = PageFiles.class.getResourceAsStream(path)) {
            return Objects.requireNonNull(in, path).readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Chart.js as its jar carries it; its version stands in the path. */
    private static byte[] charts() {
        Properties known = new Properties();
        try (InputStream in =
                PageFiles.class.getResourceAsStream("/META-INF/maven/org.webjars.npm/chart.js/pom.properties")) {
            known.load(Objects.requireNonNull(in, "chart.js is not on the class path"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return read("/META-INF/resources/webjars/chart.js/" + known.getProperty("version") + "/dist/chart.umd.min.js");
    }
}
