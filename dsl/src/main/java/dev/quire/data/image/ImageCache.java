package dev.quire.data.image;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.quire.QuireException;
import dev.quire.data.Fingerprint;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Decoded pixels of an archive that is too large for memory, kept so that it is decoded once. A cache is of one archive
 * (its name, size and time of change) read in one way.
 *
 * @param pixels the file of pixels
 * @param index the file that says what they are; it is written last
 */
record ImageCache(Path pixels, Path index) {
    static ImageCache of(Path folder, Path archive, ImageSpec spec) throws IOException {
        String key = archive.getFileName() + "|" + Files.size(archive) + "|"
                + Files.getLastModifiedTime(archive).toMillis() + "|" + spec.height() + "|" + spec.width() + "|"
                + spec.channels() + "|" + spec.perClass() + "|" + spec.skipBroken();
        String name = Fingerprint.hex(Fingerprint.sha256().digest(key.getBytes(StandardCharsets.UTF_8)))
                .substring(0, 24);
        return new ImageCache(folder.resolve(name + ".pixels"), folder.resolve(name + ".json"));
    }

    private record Index(Catalogue catalogue, Decoder.Size size, List<String> hashes) {}

    /** What is known of an archive that was decoded before. */
    record Entry(Catalogue catalogue, Decoding.Result decoded) {}

    /** The pixels of an earlier run, if they are there. */
    Optional<Entry> open(int channels) throws IOException {
        if (!Files.isRegularFile(index) || !Files.isRegularFile(pixels)) {
            return Optional.empty();
        }
        Index known = new ObjectMapper().readValue(index.toFile(), Index.class);
        int count = known.catalogue().items().size();
        int each = channels * known.size().height() * known.size().width();
        byte[][] hashes = known.hashes().stream().map(HexFormat.of()::parseHex).toArray(byte[][]::new);
        PixelStore store = MappedPixels.of(pixels, count, each);
        return Optional.of(new Entry(known.catalogue(), new Decoding.Result(known.size(), store, hashes)));
    }

    /** Starts the file of pixels. */
    PixelStore.Writer write(int count, int each) throws IOException {
        Files.createDirectories(pixels.toAbsolutePath().getParent());
        long bytes = (long) count * each;
        long free = Files.getFileStore(pixels.toAbsolutePath().getParent()).getUsableSpace();
        if (free < bytes) {
            throw new QuireException("%,d images decoded take %,d MB, in %s are %,d MB free: make room, set QUIRE_CACHE"
                            .formatted(count, bytes / 1_000_000, pixels.getParent(), free / 1_000_000)
                    + " to another disk, or take fewer or smaller images with perClass(n) or resize(n)");
        }
        Path part = pixels.resolveSibling(
                pixels.getFileName() + "." + ProcessHandle.current().pid() + ".part");
        FileChannel channel = FileChannel.open(
                part, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE);
        return new PixelStore.Writer() {
            @Override
            public void put(int index, byte[] planes) throws IOException {
                ByteBuffer buffer = ByteBuffer.wrap(planes);
                long at = (long) index * each;
                while (buffer.hasRemaining()) {
                    at += channel.write(buffer, at);
                }
            }

            @Override
            public PixelStore finished() throws IOException {
                if (channel.size() < bytes) {
                    channel.write(ByteBuffer.allocate(1), bytes - 1);
                }
                channel.close();
                Files.move(part, pixels, StandardCopyOption.REPLACE_EXISTING);
                return MappedPixels.of(pixels, count, each);
            }

            @Override
            public void abandon() throws IOException {
                channel.close();
                Files.deleteIfExists(part);
            }
        };
    }

    /** Writes what the pixels are. */
    void finish(Catalogue catalogue, Decoding.Result decoded) throws IOException {
        Path part = index.resolveSibling(index.getFileName() + ".part");
        List<String> hashes = Stream.of(decoded.hashes()).map(Fingerprint::hex).toList();
        new ObjectMapper().writeValue(part.toFile(), new Index(catalogue, decoded.size(), hashes));
        Files.move(part, index, StandardCopyOption.REPLACE_EXISTING);
    }
}
