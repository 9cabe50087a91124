package dev.quire.data.known;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.quire.QuireException;
import dev.quire.graph.DType;
import dev.quire.graph.Shape;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a dataset: the file {@code datasets/NAME/manifest.json}.
 *
 * @param name its name and folder
 * @param title a sentence about it
 * @param licence its licence
 * @param source the address of its page
 * @param citation whom to cite
 * @param format how its files are read
 * @param type how the elements of its input are stored
 * @param shape one input, channels first; empty for text
 * @param range the value that stands for 1.0: 255 for bytes; 1 where nothing is rescaled
 * @param standardize whether means and deviations are measured on the training split
 * @param means the mean of each channel on the 0..1 scale; empty for none
 * @param deviations the deviation of each channel
 * @param classes class names by number; empty to take them from the data
 * @param testFraction the part drawn for the test split, 0 where the files say
 * @param validationFraction the part taken for the validation split
 * @param files the files it consists of; none for a table that lies beside the manifest
 * @param images an archive of images that may lie in place of the files; empty for none
 */
record Manifest(
        String name,
        String title,
        String licence,
        String source,
        String citation,
        Format format,
        DType type,
        List<Long> shape,
        double range,
        boolean standardize,
        List<Double> means,
        List<Double> deviations,
        List<String> classes,
        double testFraction,
        double validationFraction,
        List<Resource> files,
        String images) {
    private static final String PLACE = "/dev/quire/datasets/";

    /** How files are read. */
    enum Format {
        /** {@code NAME.csv} beside the manifest; the column {@code target} is a class. */
        TABLE,
        /** Four IDX files: training images, training labels, test images, test labels. */
        IDX,
        /** One archive of the binary batches, the last one for the test split. */
        CIFAR,
        /** One text, read as characters. */
        TEXT
    }

    /**
     * A published file.
     *
     * @param file its name in the folder of the dataset
     * @param urls addresses to download it from, tried in order
     * @param contents what is in it, once decompressed
     */
    record Resource(String file, List<URI> urls, List<Content> contents) {
        Resource {
            urls = List.copyOf(urls);
            contents = List.copyOf(contents);
        }
    }

    /**
     * A file as decompressed.
     *
     * @param name its name, for a file in an archive its path there
     * @param bytes its size
     * @param sha256 the hash of its bytes, in hexadecimal digits
     */
    record Content(String name, int bytes, String sha256) {}

    Manifest {
        shape = orNone(shape);
        means = orNone(means);
        deviations = orNone(deviations);
        classes = orNone(classes);
        files = orNone(files);
        images = images == null ? "" : images;
        range = range == 0 ? 1 : range;
    }

    private static <T> List<T> orNone(@Nullable List<T> list) {
        return list == null ? List.of() : List.copyOf(list);
    }

    static Manifest of(String name) {
        try (InputStream in = open(name, "manifest.json")) {
            return new ObjectMapper().readValue(in, Manifest.class);
        } catch (IOException e) {
            throw new QuireException("the manifest of " + name + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** The names of all manifests on the class path. */
    static List<String> names() {
        URL place = Objects.requireNonNull(Manifest.class.getResource(PLACE + "mnist/manifest.json"));
        try {
            if (!place.getProtocol().equals("jar")) {
                Path folder = Path.of(place.toURI()).getParent();
                return names(
                        Objects.requireNonNull(Objects.requireNonNull(folder).getParent()));
            }
            try (FileSystem archive = FileSystems.newFileSystem(Path.of(
                    ((JarURLConnection) place.openConnection()).getJarFileURL().toURI()))) {
                return names(archive.getPath(PLACE));
            }
        } catch (IOException | URISyntaxException e) {
            throw new QuireException("the manifests of datasets cannot be listed: " + e.getMessage(), e);
        }
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(each -> Files.exists(each.resolve("manifest.json")))
                    .map(each -> String.valueOf(each.getFileName()).replace("/", ""))
                    .sorted()
                    .toList();
        }
    }

    /** A file that lies beside a manifest on the class path. */
    static InputStream open(String name, String file) {
        String path = PLACE + name + "/" + file;
        InputStream in = Manifest.class.getResourceAsStream(path);
        if (in == null) {
            throw new QuireException("no dataset named '" + name + "': there is no " + path + " on the class path");
        }
        return in;
    }

    Shape inputShape() {
        return Shape.of(shape.stream().mapToLong(Long::longValue).toArray());
    }
}
