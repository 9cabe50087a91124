package dev.quire.data.known;

import dev.quire.QuireException;
import dev.quire.data.DataFolders;
import dev.quire.data.Dataset;
import dev.quire.data.Field;
import dev.quire.data.Origin;
import dev.quire.data.Progress;
import dev.quire.data.image.ImageFolder;
import dev.quire.data.table.CsvSpec;
import dev.quire.data.table.Table;
import dev.quire.data.transform.Rescale;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * Datasets with a manifest. Small tables are bundled; others are looked for in the folders of this machine, and
 * downloaded where they are in none.
 */
public final class Known {
    private final DataFolders folders;
    private final Progress progress;

    /**
     * @param folders where to look and where to keep downloads
     * @param progress is told how far a download has come
     */
    public Known(DataFolders folders, Progress progress) {
        this.folders = folders;
        this.progress = progress;
    }

    /** Looks where the environment says, and tells how far it has come. */
    public static Known standard(Progress progress) {
        return new Known(DataFolders.standard(), progress);
    }

    /**
     * The dataset of this name.
     *
     * @param name the folder of its manifest, such as {@code mnist}
     * @throws QuireException when there is no such dataset, or it is not on this machine and cannot be downloaded
     */
    public Dataset load(String name) {
        return load(name, Text.CONTEXT);
    }

    /**
     * The dataset of this name; for text, as windows of so many tokens.
     *
     * @param context tokens a window
     */
    public Dataset load(String name, int context) {
        Manifest manifest = Manifest.of(name);
        Fetcher fetcher = new Fetcher(manifest, folders, progress);
        return switch (manifest.format()) {
            case TABLE -> finished(manifest, table(manifest));
            case IDX -> finished(manifest, Idx.read(manifest, fetcher));
            case CIFAR -> finished(manifest, images(manifest).orElseGet(() -> Cifar.read(manifest, fetcher)));
            case TEXT -> finished(manifest, Text.read(manifest, fetcher, context));
        };
    }

    /** The names of all that have a manifest, in alphabetical order. */
    public static List<String> names() {
        return Manifest.names();
    }

    private static Dataset table(Manifest manifest) {
        String file = manifest.name() + ".csv";
        try (Reader reader = new InputStreamReader(Manifest.open(manifest.name(), file), StandardCharsets.UTF_8)) {
            Table table = Table.read(file, reader, CsvSpec.STANDARD.withClassification(true));
            Field input = new Field(
                    manifest.shape().size() == 3 ? "image" : "features", manifest.type(), manifest.inputShape());
            return table.dataset(manifest.name(), input);
        } catch (IOException e) {
            throw new QuireException(file + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** The archive of images that lies in place of the published files, if it does and they do not. */
    private Optional<Dataset> images(Manifest manifest) {
        if (folders.find(manifest.name(), manifest.files().get(0).file()).isPresent()) {
            return Optional.empty();
        }
        return folders.find(manifest.name(), manifest.images())
                .map(archive -> new ImageFolder(folders, progress).read(archive).named(manifest.name()));
    }

    /** With the splits, the scale and the origin that the manifest says. */
    private static Dataset finished(Manifest manifest, Dataset data) {
        boolean images = !data.origin().source().isEmpty();
        List<String> remarks = images ? List.of("JPEG copies") : List.of();
        Dataset out = data.from(new Origin(manifest.source(), manifest.licence(), manifest.citation(), remarks))
                .split(manifest.validationFraction(), manifest.testFraction());
        if (manifest.range() != 1 && !images) {
            out = out.transform(new Rescale(1 / manifest.range()));
        }
        if (manifest.standardize()) {
            return out.normalize();
        }
        return manifest.means().isEmpty() ? out : out.normalize(manifest.means(), manifest.deviations());
    }
}
