package dev.quire.data.image;

import dev.quire.QuireException;
import dev.quire.data.DataFolders;
import dev.quire.data.Dataset;
import dev.quire.data.Examples;
import dev.quire.data.Field;
import dev.quire.data.Fingerprint;
import dev.quire.data.Origin;
import dev.quire.data.Progress;
import dev.quire.data.Selected;
import dev.quire.data.Split;
import dev.quire.data.transform.Rescale;
import dev.quire.graph.DType;
import dev.quire.graph.Shape;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * Images in class folders, in a folder or in an archive of one. What fits a memory limit is decoded to memory. More
 * than that is decoded whenever it is read, from a folder, or once to a file under the cache folder, from an archive.
 */
public final class ImageFolder {
    static final String REMEDY = ": put it right, or leave such files out with skipBroken()";

    private final DataFolders folders;
    private final Progress progress;
    private final Bounds bounds;

    /**
     * @param folders says where the cache is
     * @param progress is told how far decoding has come
     */
    public ImageFolder(DataFolders folders, Progress progress) {
        this(folders, progress, Bounds.STANDARD);
    }

    private ImageFolder(DataFolders folders, Progress progress, Bounds bounds) {
        this.folders = folders;
        this.progress = progress;
        this.bounds = bounds;
    }

    /**
     * For archives of strangers.
     *
     * @param bytes the most that an archive may hold, unpacked, and its images decoded
     * @param entries the most files and folders in it
     */
    public ImageFolder atMost(long bytes, int entries) {
        return new ImageFolder(folders, progress, new Bounds(entries, bytes));
    }

    /** Caches where the environment says, and tells how far it has come. */
    public static ImageFolder standard(Progress progress) {
        return new ImageFolder(DataFolders.standard(), progress);
    }

    /**
     * The images as a dataset of UINT8 pixels, channels first, rescaled to 0..1 on the device.
     *
     * @param path a folder or a {@code .tar.gz}, {@code .tar} or {@code .zip} archive with
     *     {@code train}/{@code val}/{@code test} folders of class folders, or with class folders alone, of which a fifth
     *     is then held out for the test split
     * @throws QuireException naming the file that is broken, of another size, or not where it should be
     */
    public Dataset read(Path path, ImageOption... options) {
        ImageSpec spec = ImageSpec.of(options);
        try {
            Source source = Source.of(path, bounds);
            return source instanceof FolderSource folder ? folder(folder, spec) : archive(source, spec);
        } catch (IOException e) {
            throw new QuireException(path + " cannot be read: " + e.getMessage(), e);
        }
    }

    static String differ(Path first, Decoder.Size size, Path second, Decoder.Size other) {
        return "%s is %s pixels, %s is %s: all images of a dataset have one size, say resize(%d)"
                .formatted(first, size, second, other, Math.min(64, Math.min(size.height(), other.height())));
    }

    private Dataset folder(FolderSource source, ImageSpec spec) throws IOException {
        Catalogue catalogue = catalogue(source, spec);
        Optional<Decoder.Size> size = firstSize(source, catalogue, spec);
        if (size.isEmpty() || fits(catalogue, size.get(), spec)) {
            return decoded(
                    source, catalogue, decode(source, catalogue, spec, given -> heap(catalogue, given, spec)), spec);
        }
        BitSet broken = new BitSet();
        if (spec.skipBroken()) {
            broken = decode(source, catalogue, spec, given -> new Unkept()).broken();
        } else if (!spec.resizes()) {
            requireOneSize(source, catalogue, size.get());
        }
        FolderPixels pixels = new FolderPixels(source, catalogue.items(), spec, size.get());
        IntFunction<byte[]> hashes =
                index -> hash(source, catalogue.items().get(index).name());
        return dataset(source, catalogue, size.get(), pixels, broken, hashes, spec);
    }

    /** Looks at every image and keeps none. */
    private static final class Unkept implements PixelStore.Writer {
        @Override
        public void put(int index, byte[] planes) {}

        @Override
        public PixelStore finished() {
            return HeapPixels.of(0, 1);
        }
    }

    private Dataset archive(Source source, ImageSpec spec) throws IOException {
        ImageCache cache = ImageCache.of(folders.cache().resolve("images"), source.path(), spec);
        Optional<ImageCache.Entry> known = cache.open(spec.channels());
        if (known.isPresent()) {
            return decoded(source, known.get().catalogue(), known.get().decoded(), spec);
        }
        Catalogue catalogue = catalogue(source, spec);
        Decoding.Result result = decode(source, catalogue, spec, size -> {
            bounds.check(source.path(), (long) catalogue.items().size() * bytes(size, spec));
            return fits(catalogue, size, spec)
                    ? heap(catalogue, size, spec)
                    : cache.write(catalogue.items().size(), bytes(size, spec));
        });
        if (result.pixels() instanceof MappedPixels) {
            cache.finish(catalogue, result);
        }
        return decoded(source, catalogue, result, spec);
    }

    private static Catalogue catalogue(Source source, ImageSpec spec) throws IOException {
        List<String> names = source.list().stream().map(Source.Entry::name).toList();
        return Catalogue.of(source, names, spec);
    }

    private Decoding.Result decode(Source source, Catalogue catalogue, ImageSpec spec, Decoding.Opening opening)
            throws IOException {
        return new Decoding(source, catalogue.items(), spec, progress).run(opening);
    }

    /** The size that all should have; none where the first file is broken, which decoding then says. */
    private static Optional<Decoder.Size> firstSize(FolderSource source, Catalogue catalogue, ImageSpec spec)
            throws IOException {
        if (spec.resizes()) {
            return Optional.of(new Decoder.Size(spec.height(), spec.width()));
        }
        for (Item item : catalogue.items()) {
            try {
                return Optional.of(Decoder.size(source.path().resolve(item.name())));
            } catch (BrokenImage e) {
                if (!spec.skipBroken()) {
                    return Optional.empty();
                }
            }
        }
        return Optional.empty();
    }

    private static void requireOneSize(FolderSource source, Catalogue catalogue, Decoder.Size expected)
            throws IOException {
        Path first = source.path().resolve(catalogue.items().get(0).name());
        for (Item item : catalogue.items()) {
            Path file = source.path().resolve(item.name());
            try {
                Decoder.Size size = Decoder.size(file);
                if (!size.equals(expected)) {
                    throw new QuireException(differ(first, expected, file, size));
                }
            } catch (BrokenImage e) {
                throw new QuireException(file + " " + e.getMessage() + REMEDY, e);
            }
        }
    }

    private static int bytes(Decoder.Size size, ImageSpec spec) {
        return Math.multiplyExact(spec.channels(), size.height() * size.width());
    }

    private static boolean fits(Catalogue catalogue, Decoder.Size size, ImageSpec spec) {
        long bytes = (long) catalogue.items().size() * bytes(size, spec);
        return bytes <= Math.min(spec.memory(), Integer.MAX_VALUE - 8);
    }

    private static HeapPixels heap(Catalogue catalogue, Decoder.Size size, ImageSpec spec) {
        return HeapPixels.of(catalogue.items().size(), bytes(size, spec));
    }

    private static byte[] hash(FolderSource source, String name) {
        try {
            return Fingerprint.sha256().digest(source.bytes(name));
        } catch (IOException e) {
            throw new QuireException(source.path().resolve(name) + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static Dataset decoded(Source source, Catalogue catalogue, Decoding.Result result, ImageSpec spec) {
        byte[][] hashes = result.hashes();
        return dataset(
                source, catalogue, result.size(), result.pixels(), result.broken(), index -> hashes[index], spec);
    }

    private static Dataset dataset(
            Source source,
            Catalogue catalogue,
            Decoder.Size size,
            PixelStore pixels,
            BitSet broken,
            IntFunction<byte[]> hashes,
            ImageSpec spec) {
        Map<Split, Examples> splits = new EnumMap<>(Split.class);
        for (Split split : Split.values()) {
            int[] places = IntStream.range(0, catalogue.items().size())
                    .filter(i -> catalogue.items().get(i).split() == split)
                    .toArray();
            if (places.length > 0) {
                int first = places[0];
                List<Item> items = catalogue.items().subList(first, first + places.length);
                long[] kept = IntStream.of(places)
                        .filter(place -> !broken.get(place))
                        .mapToLong(place -> place - first)
                        .toArray();
                splits.put(split, Selected.of(new ImageExamples(items, first, pixels, hashes), kept));
            }
        }
        int skipped = catalogue.others() + broken.cardinality();
        List<String> remarks = new ArrayList<>();
        if (skipped > 0) {
            remarks.add(skipped + (skipped == 1 ? " broken file skipped" : " broken files skipped"));
        }
        String name = String.valueOf(source.path().toAbsolutePath().normalize().getFileName())
                .replaceFirst("(?i)\\.(zip|tgz|tar|tar\\.gz)$", "");
        Field image = new Field("image", DType.UINT8, Shape.of(spec.channels(), size.height(), size.width()));
        Field label = new Field("label", DType.INT64, Shape.of());
        Dataset data = Dataset.of(name, List.of(image), label, catalogue.classes(), splits)
                .from(Origin.own(source.path().toString(), remarks))
                .transform(new Rescale(1 / 255.0));
        return catalogue.hasSplits() || data.train().count() < 5 ? data : data.split(0, spec.holdOut());
    }
}
