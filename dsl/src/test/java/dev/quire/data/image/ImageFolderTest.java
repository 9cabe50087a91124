package dev.quire.data.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quire.QuireException;
import dev.quire.data.DataFolders;
import dev.quire.data.Dataset;
import dev.quire.data.Example;
import dev.quire.data.HoldOut;
import dev.quire.data.Progress;
import dev.quire.data.Split;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.GZIPOutputStream;
import javax.imageio.ImageIO;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageFolderTest {
    @TempDir
    Path folder;

    private Path photos;

    @BeforeEach
    void name() {
        photos = folder.resolve("photos");
    }

    private Dataset read(Path path, ImageOption... options) {
        return new ImageFolder(new DataFolders(Optional.empty(), folder.resolve("cache")), Progress.silent())
                .read(path, options);
    }

    private void refused(Path path, String message, ImageOption... options) {
        assertThatThrownBy(() -> read(path, options))
                .isInstanceOf(QuireException.class)
                .hasMessage(message);
    }

    private static BufferedImage plain(int height, int width, Color color) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setColor(color);
        graphics.fillRect(0, 0, width, height);
        graphics.dispose();
        return image;
    }

    private Path write(String name, BufferedImage image) {
        Path file = photos.resolve(name);
        try {
            Files.createDirectories(file.getParent());
            String format = name.toLowerCase(Locale.ROOT).endsWith("png") ? "png" : "jpg";
            ImageIO.write(image, format, file.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return file;
    }

    /** Three splits of two classes: red ones and blue ones, numbered by their green. */
    private void threeSplits() {
        for (int i = 0; i < 6; i++) {
            write("train/red/" + i + ".png", plain(4, 6, new Color(200, i, 0)));
            write("train/blue/" + i + ".PNG", plain(4, 6, new Color(0, i, 200)));
        }
        write("valid/red/9.png", plain(4, 6, new Color(200, 9, 0)));
        write("test/blue/9.png", plain(4, 6, new Color(0, 9, 200)));
    }

    @Test
    void folders_say_split_and_class() {
        threeSplits();
        write("train/.hidden/0.png", plain(4, 6, Color.RED));
        Dataset data = read(photos);
        assertThat(data).hasToString("photos: 12 train, 1 validation, 1 test, 3x4x6, 2 classes, balanced, 0.0 MB");
        assertThat(data.classes()).containsExactly("blue", "red");
        Example fourth = data.train().example(3);
        assertThat(fourth.label()).isEqualTo("blue");
        assertThat(fourth.floats()).startsWith(0, 0).contains(3, 200).hasSize(72);
        assertThat(fourth.image().getRGB(5, 3)).isEqualTo(new Color(0, 3, 200).getRGB());
        assertThat(data.train().example(7).label()).isEqualTo("red");
        assertThat(data.validation().example(0).floats()[24]).isEqualTo(9);
        assertThat(data.train().examples().inMemory()).isPresent();
    }

    @Test
    void class_folders_alone_are_split_with_each_class_keeping_its_share() {
        for (int i = 0; i < 10; i++) {
            write("red/" + i + ".png", plain(2, 2, new Color(200, i, 0)));
            write("blue/" + i + ".png", plain(2, 2, new Color(0, i, 200)));
        }
        assertThat(read(photos)).hasToString("photos: 16 train, 4 test, 3x2x2, 2 classes, balanced, 0.0 MB");
        assertThat(read(photos, new HoldOut(0)).splits()).containsOnlyKeys(Split.TRAIN);
        assertThat(read(photos, ImageOption.perClass(3), new HoldOut(0)).train().count())
                .isEqualTo(6);
    }

    @Test
    void images_are_resized_to_one_size() {
        BufferedImage halves = plain(8, 8, Color.BLACK);
        halves.createGraphics().fillRect(4, 0, 4, 8);
        write("train/a/1.png", halves);
        write("train/a/2.png", plain(30, 50, new Color(10, 20, 30)));
        Dataset data = read(photos, ImageOption.resize(4));
        assertThat(data.inputs().get(0).shape()).hasToString("3x4x4");
        float[] pixels = data.train().example(0).floats();
        assertThat(Arrays.copyOf(pixels, 4)).containsExactly(0, 32, 223, 255);
        assertThat(data.train().example(1).floats()).containsOnly(10, 20, 30);
    }

    @Test
    void growing_interpolates_between_pixel_centres() {
        Pixels two = new Pixels(1, 1, 2, new byte[] {0, 100});
        assertThat(two.resized(1, 4).planes()).containsExactly(0, 25, 75, 100);
        assertThat(two.resized(2, 2).planes()).containsExactly(0, 100, 0, 100);
    }

    @Test
    void grey_images_keep_their_levels_and_colours_can_be_made_grey() {
        BufferedImage grey = new BufferedImage(3, 1, BufferedImage.TYPE_BYTE_GRAY);
        grey.getRaster().setSamples(0, 0, 3, 1, 0, new int[] {0, 100, 255});
        write("train/a/1.png", grey);
        write("train/a/2.png", plain(1, 3, new Color(100, 50, 20)));
        Dataset data = read(photos);
        assertThat(data.train().example(0).floats()).containsExactly(0, 100, 255, 0, 100, 255, 0, 100, 255);
        Dataset greys = read(photos, ImageOption.grayscale());
        assertThat(greys.inputs().get(0).shape()).hasToString("1x1x3");
        assertThat(greys.train().example(1).floats()).containsOnly(62);
    }

    @Test
    void palettes_and_transparency_are_read() {
        BufferedImage palette = new BufferedImage(2, 1, BufferedImage.TYPE_BYTE_INDEXED);
        palette.setRGB(0, 0, Color.RED.getRGB());
        palette.setRGB(1, 0, Color.BLUE.getRGB());
        BufferedImage clear = new BufferedImage(2, 1, BufferedImage.TYPE_INT_ARGB);
        clear.setRGB(0, 0, 0x80_11_22_33);
        write("train/a/1.png", palette);
        write("train/a/2.png", clear);
        Dataset data = read(photos);
        assertThat(data.train().example(0).floats()).containsExactly(255, 0, 0, 0, 0, 255);
        assertThat(data.train().example(1).floats()).containsExactly(0x11, 0, 0x22, 0, 0x33, 0);
    }

    @Test
    void images_of_different_sizes_need_a_resize() {
        write("train/a/1.png", plain(8, 8, Color.RED));
        write("train/a/2.png", plain(8, 9, Color.RED));
        write("train/a/3.png", plain(7, 7, Color.RED));
        String message = photos.resolve("train/a/1.png") + " is 8x8 pixels, " + photos.resolve("train/a/2.png")
                + " is 8x9: all images of a dataset have one size, say resize(8)";
        refused(photos, message);
        refused(photos, message, ImageOption.memory(10));
    }

    @Test
    void a_missing_an_empty_and_a_flat_folder_are_named() throws IOException {
        refused(photos, "no folder or archive " + photos + ": looked for " + photos);
        Files.createDirectories(photos.resolve("train/cat"));
        String expected =
                "expected class folders such as " + photos + "/train/CLASS/1.jpg or " + photos + "/CLASS/1.jpg";
        refused(photos, photos + " holds no image: " + expected);
        write("train/1.jpg", plain(2, 2, Color.RED));
        refused(photos, photos.resolve("train/1.jpg") + " lies in no class folder: " + expected);
        Path text = Files.writeString(folder.resolve("photos.txt"), "x");
        refused(text, text + " is not a folder of images, nor a .zip, .tar or .tar.gz of one");
    }

    @Test
    void a_file_that_is_no_image_is_named_and_skipped_when_told_to() throws IOException {
        threeSplits();
        Path text = Files.writeString(photos.resolve("train/red/notes.txt"), "nothing");
        String remedy = ": put it right, or leave such files out with skipBroken()";
        refused(photos, text + " is not a JPEG or PNG" + remedy);
        Files.delete(text);
        Path named = Files.writeString(photos.resolve("train/red/0.png"), "nothing");
        refused(photos, named + " is not a JPEG or PNG" + remedy);
        refused(photos, named + " is not a JPEG or PNG" + remedy, ImageOption.memory(10));
        Files.write(photos.resolve("test/blue/1.png"), new byte[0]);
        Dataset data = read(photos, ImageOption.skipBroken());
        assertThat(data)
                .hasToString("photos: 11 train, 1 validation, 1 test, 3x4x6, 2 classes, balanced, 0.0 MB,"
                        + " 2 broken files skipped");
        assertThat(data.train().example(6).floats()[24]).isEqualTo(1);
        assertThat(data.train().example(6).label()).isEqualTo("red");
    }

    @Test
    void a_truncated_file_is_named() throws IOException {
        BufferedImage noise = new BufferedImage(64, 64, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < 4096; i++) {
            noise.setRGB(i % 64, i / 64, i * 2654435);
        }
        for (String name : List.of("train/a/1.jpg", "train/a/1.png")) {
            Path file = write(name, noise);
            byte[] all = Files.readAllBytes(file);
            for (int length : new int[] {all.length / 2, all.length - 40, 20}) {
                Files.write(file, Arrays.copyOf(all, length));
                assertThatThrownBy(() -> read(photos))
                        .isInstanceOf(QuireException.class)
                        .hasMessageStartingWith(file + " ")
                        .hasMessageEndingWith("skipBroken()");
            }
            Files.write(file, Arrays.copyOf(all, all.length / 2));
            refused(photos, file + " is truncated: put it right, or leave such files out with skipBroken()");
            assertThatThrownBy(() -> read(photos, ImageOption.skipBroken()))
                    .hasMessage(photos + " holds no image that can be read: all 1 files are broken");
            Files.delete(file);
        }
    }

    @Test
    void a_small_file_that_claims_to_be_huge_is_refused_before_it_is_decoded() throws IOException {
        Path file = photos.resolve("train/a/1.png");
        Files.createDirectories(file.getParent());
        ByteBuffer header = ByteBuffer.allocate(17)
                .put("IHDR".getBytes(StandardCharsets.US_ASCII))
                .putInt(30_000)
                .putInt(30_000)
                .put(new byte[] {8, 2, 0, 0, 0});
        CRC32 crc = new CRC32();
        crc.update(header.array());
        ByteBuffer png = ByteBuffer.allocate(8 + 4 + 17 + 4)
                .put(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'})
                .putInt(13)
                .put(header.array())
                .putInt((int) crc.getValue());
        Files.write(file, png.array());
        refused(
                photos,
                file + " claims to be 30,000 x 30,000 pixels: at most 100,000,000 are read"
                        + ": put it right, or leave such files out with skipBroken()");
        assertThatThrownBy(() -> ImageOption.resize(30_000))
                .hasMessage(
                        "resize(30000, 30000): height and width are at least 1, together at most 100,000,000 pixels");
    }

    private interface Adding {
        void entry(String name, byte[] bytes) throws IOException;
    }

    private void each(Adding adding) throws IOException {
        try (Stream<Path> files = Files.walk(photos)) {
            for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
                adding.entry("set/" + photos.relativize(file), Files.readAllBytes(file));
            }
        }
    }

    private Path tar() throws IOException {
        Path archive = folder.resolve("photos.tar.gz");
        try (TarArchiveOutputStream out =
                new TarArchiveOutputStream(new GZIPOutputStream(Files.newOutputStream(archive)))) {
            each((name, bytes) -> add(out, name, bytes));
        }
        return archive;
    }

    private static void add(TarArchiveOutputStream out, String name, byte[] bytes) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(name, true);
        entry.setSize(bytes.length);
        out.putArchiveEntry(entry);
        out.write(bytes);
        out.closeArchiveEntry();
    }

    private Path zip() throws IOException {
        Path archive = folder.resolve("photos.zip");
        try (ZipArchiveOutputStream out = new ZipArchiveOutputStream(archive)) {
            each((name, bytes) -> {
                out.putArchiveEntry(new ZipArchiveEntry(name));
                out.write(bytes);
                out.closeArchiveEntry();
            });
        }
        return archive;
    }

    @Test
    void an_archive_gives_what_its_folder_gives() throws IOException {
        threeSplits();
        Dataset expected = read(photos);
        for (Path archive : List.of(tar(), zip())) {
            Dataset data = read(archive);
            assertThat(data).hasToString(expected.toString()).isEqualTo(expected);
            assertThat(data.train().example(4).floats())
                    .isEqualTo(expected.train().example(4).floats());
        }
    }

    @Test
    void what_is_too_large_for_memory_stays_on_disk_and_is_the_same_data() throws IOException {
        threeSplits();
        Dataset expected = read(photos);
        for (Path path : List.of(photos, tar(), zip())) {
            Dataset data = read(path, ImageOption.memory(100));
            assertThat(data.train().examples().inMemory()).isEmpty();
            assertThat(data.fingerprint()).isEqualTo(expected.fingerprint());
            for (int i = 0; i < 12; i++) {
                assertThat(data.train().example(i).floats())
                        .isEqualTo(expected.train().example(i).floats());
            }
            assertThat(data.test().example(0).floats())
                    .isEqualTo(expected.test().example(0).floats());
        }
    }

    @Test
    void an_archive_too_large_for_memory_is_decoded_once() throws IOException {
        threeSplits();
        Files.writeString(photos.resolve("train/red/0.png"), "nothing");
        Path archive = tar();
        ImageOption[] options = {ImageOption.memory(100), ImageOption.skipBroken()};
        Dataset first = read(archive, options);
        byte[] bytes = Files.readAllBytes(archive);
        var time = Files.getLastModifiedTime(archive);
        Files.write(archive, new byte[bytes.length]);
        Files.setLastModifiedTime(archive, time);
        Dataset second = read(archive, options);
        assertThat(second).hasToString(first.toString()).isEqualTo(first);
        assertThat(second.toString()).contains("1 broken file skipped");
        try (Stream<Path> cached = Files.list(folder.resolve("cache/images"))) {
            assertThat(cached.map(Path::toString)).hasSize(2).noneMatch(name -> name.endsWith(".part"));
        }
    }

    @Test
    void a_folder_too_large_for_memory_can_skip_what_is_broken() throws IOException {
        threeSplits();
        Files.writeString(photos.resolve("train/red/0.png"), "nothing");
        Dataset data = read(photos, ImageOption.memory(100), ImageOption.skipBroken());
        assertThat(data.train().count()).isEqualTo(11);
        assertThat(data).isEqualTo(read(photos, ImageOption.skipBroken()));
    }

    @Test
    void an_entry_that_leads_out_refuses_the_whole_archive() throws IOException {
        threeSplits();
        for (String name :
                List.of("../evil.png", "/etc/evil.png", "train/../../evil.png", "..\\evil.png", "C:/evil.png")) {
            Path archive = folder.resolve("evil.tar.gz");
            try (TarArchiveOutputStream out =
                    new TarArchiveOutputStream(new GZIPOutputStream(Files.newOutputStream(archive)))) {
                each((good, bytes) -> add(out, good, bytes));
                add(out, name, new byte[10]);
            }
            assertThatThrownBy(() -> read(archive))
                    .isInstanceOf(QuireException.class)
                    .hasMessageStartingWith(archive + ": the entry ")
                    .hasMessageContaining("evil.png")
                    .hasMessageEndingWith("leads out of the archive: the whole archive is refused");
        }
        Path zip = folder.resolve("evil.zip");
        try (ZipArchiveOutputStream out = new ZipArchiveOutputStream(zip)) {
            out.putArchiveEntry(new ZipArchiveEntry("../evil.png"));
            out.closeArchiveEntry();
        }
        refused(zip, zip + ": the entry ../evil.png leads out of the archive: the whole archive is refused");
    }

    @Test
    void a_link_refuses_the_whole_archive() throws IOException {
        Path tar = folder.resolve("links.tar");
        for (byte kind : new byte[] {TarConstants.LF_SYMLINK, TarConstants.LF_LINK, TarConstants.LF_FIFO}) {
            try (TarArchiveOutputStream out = new TarArchiveOutputStream(Files.newOutputStream(tar))) {
                TarArchiveEntry link = new TarArchiveEntry("train/a/1.png", kind);
                link.setLinkName("/etc/passwd");
                out.putArchiveEntry(link);
                out.closeArchiveEntry();
            }
            refused(tar, tar + ": the entry train/a/1.png is a link or a device: the whole archive is refused");
        }
        Path zip = folder.resolve("links.zip");
        try (ZipArchiveOutputStream out = new ZipArchiveOutputStream(zip)) {
            ZipArchiveEntry link = new ZipArchiveEntry("train/a/1.png");
            link.setUnixMode(0120777);
            out.putArchiveEntry(link);
            out.write("/etc/passwd".getBytes(StandardCharsets.US_ASCII));
            out.closeArchiveEntry();
        }
        refused(zip, zip + ": the entry train/a/1.png is a link or a device: the whole archive is refused");
    }

    @Test
    void a_bomb_is_stopped() throws IOException {
        Path tar = folder.resolve("bomb.tar.gz");
        try (OutputStream gzip = new GZIPOutputStream(Files.newOutputStream(tar));
                TarArchiveOutputStream out = new TarArchiveOutputStream(gzip)) {
            TarArchiveEntry entry = new TarArchiveEntry("train/a/1.png");
            entry.setSize(150L << 20);
            out.putArchiveEntry(entry);
            for (int i = 0; i < 150; i++) {
                out.write(new byte[1 << 20]);
            }
            out.closeArchiveEntry();
        }
        refused(tar, tar + " unpacks to more than 200 times its size: it is refused");
    }
}
