package dev.quire.data.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quire.QuireException;
import dev.quire.data.DataFolders;
import dev.quire.data.Dataset;
import dev.quire.data.Progress;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import javax.imageio.ImageIO;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Archives of images that a stranger made: each trick refuses the whole archive, and nothing is written. */
class ArchiveTricksTest {
    private static final int DIRECTORY_ENTRY = 0x02014b50;
    private static final int SIZE_IN_DIRECTORY = 24;

    @TempDir
    Path folder;

    /** A file of an archive. */
    private record Packed(String name, byte[] bytes) {}

    private static byte[] png(int side, Color color) {
        BufferedImage image = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setColor(color);
        graphics.fillRect(0, 0, side, side);
        graphics.dispose();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "png", out);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return out.toByteArray();
    }

    private static Packed image(String name) {
        return new Packed(name, png(2, Color.RED));
    }

    private Path zip(Packed... files) throws IOException {
        Path archive = folder.resolve("photos.zip");
        try (ZipArchiveOutputStream out = new ZipArchiveOutputStream(archive)) {
            for (Packed file : files) {
                out.putArchiveEntry(new ZipArchiveEntry(file.name()));
                out.write(file.bytes());
                out.closeArchiveEntry();
            }
        }
        return archive;
    }

    private Path tar(Packed... files) throws IOException {
        Path archive = folder.resolve("photos.tar.gz");
        try (TarArchiveOutputStream out = new TarArchiveOutputStream(
                new GZIPOutputStream(Files.newOutputStream(archive)), StandardCharsets.UTF_8.name())) {
            for (Packed file : files) {
                TarArchiveEntry entry = new TarArchiveEntry(file.name(), true);
                entry.setSize(file.bytes().length);
                out.putArchiveEntry(entry);
                out.write(file.bytes());
                out.closeArchiveEntry();
            }
        }
        return archive;
    }

    private List<Path> both(Packed... files) throws IOException {
        return List.of(zip(files), tar(files));
    }

    private ImageFolder reader() {
        return new ImageFolder(new DataFolders(Optional.empty(), folder.resolve("cache")), Progress.silent());
    }

    private Dataset read(Path archive, ImageOption... options) {
        return reader().read(archive, options);
    }

    private void refused(Path archive, String words, ImageOption... options) throws IOException {
        refused(reader(), archive, words, options);
    }

    private void refused(ImageFolder reader, Path archive, String words, ImageOption... options) throws IOException {
        assertThatThrownBy(() -> reader.read(archive, options))
                .isInstanceOf(QuireException.class)
                .hasMessage(archive + words);
        try (Stream<Path> all = Files.walk(folder)) {
            assertThat(all.filter(Files::isRegularFile)
                            .map(each -> each.getFileName().toString()))
                    .isSubsetOf("photos.zip", "photos.tar.gz", "photos.tar");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../evil.png",
                "../photos-evil/evil.png",
                "train/../../evil.png",
                "train/a/..",
                "..\\evil.png",
                "train\\..\\..\\evil.png",
                "/etc/evil.png",
                "//server/share/evil.png",
                "\\\\server\\share\\evil.png",
                "C:\\evil.png",
                "C:/evil.png",
                "c:evil.png"
            })
    void a_name_that_leads_out_refuses_the_archive(String name) throws IOException {
        for (Path archive : both(image("train/a/1.png"), image(name))) {
            assertThatThrownBy(() -> read(archive))
                    .isInstanceOf(QuireException.class)
                    .hasMessageStartingWith(archive + ": the entry ")
                    .hasMessageEndingWith(" leads out of the archive: the whole archive is refused");
        }
    }

    @Test
    void what_is_no_plain_file_refuses_the_archive() throws IOException {
        String words = ": the entry train/a/1.png is a link or a device: the whole archive is refused";
        Path tar = folder.resolve("photos.tar");
        for (byte kind : new byte[] {
            TarConstants.LF_SYMLINK,
            TarConstants.LF_LINK,
            TarConstants.LF_FIFO,
            TarConstants.LF_CHR,
            TarConstants.LF_BLK
        }) {
            try (TarArchiveOutputStream out = new TarArchiveOutputStream(Files.newOutputStream(tar))) {
                TarArchiveEntry entry = new TarArchiveEntry("train/a/1.png", kind);
                entry.setLinkName("/etc/passwd");
                out.putArchiveEntry(entry);
                out.closeArchiveEntry();
            }
            refused(tar, words);
        }
        Files.delete(tar);
        // Symbolic link, character device, block device, pipe, socket.
        for (int mode : new int[] {0120777, 0020666, 0060666, 0010666, 0140777}) {
            Path zip = folder.resolve("photos.zip");
            try (ZipArchiveOutputStream out = new ZipArchiveOutputStream(zip)) {
                ZipArchiveEntry entry = new ZipArchiveEntry("train/a/1.png");
                entry.setUnixMode(mode);
                out.putArchiveEntry(entry);
                out.write("/etc/passwd".getBytes(StandardCharsets.US_ASCII));
                out.closeArchiveEntry();
            }
            refused(zip, words);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"train/a/1.png", "train//a/./1.png", "train\\a\\1.png", "./train/a/1.png"})
    void a_name_that_is_there_twice_refuses_the_archive(String again) throws IOException {
        for (Path archive : both(image("train/a/1.png"), image("train/b/1.png"), image(again))) {
            refused(archive, ": the entry train/a/1.png is there twice: the whole archive is refused");
        }
    }

    @Test
    void one_name_in_two_forms_of_unicode_is_there_twice_and_one_in_two_cases_is_not() throws IOException {
        String composed = "train/caf\u00e9/1.png";
        String apart = "train/cafe\u0301/1.png";
        for (Path archive : both(image("train/b/1.png"), image(composed), image(apart))) {
            refused(archive, ": the entry " + apart + " is there twice: the whole archive is refused");
        }
        for (Path archive : both(image("train/a/1.png"), image("train/A/1.png"), image("train/a/1.PNG"))) {
            Dataset data = read(archive);
            assertThat(data.classes()).containsExactly("A", "a");
            assertThat(data.train().count()).isEqualTo(3);
        }
    }

    @Test
    void an_archive_in_an_archive_is_never_opened() throws IOException {
        byte[] inner = Files.readAllBytes(zip(image("../evil.png")));
        Packed nested = new Packed("train/a/inner.zip", inner);
        for (Path archive : both(image("train/a/1.png"), image("train/b/1.png"), nested)) {
            refused(
                    archive,
                    "/train/a/inner.zip is not a JPEG or PNG: put it right, or leave such files out with skipBroken()");
            assertThat(read(archive, ImageOption.skipBroken()).toString()).contains("1 broken file skipped");
        }
        for (Path archive : both(image("train/b/1.png"), new Packed("train/a/inner.png", inner))) {
            refused(
                    archive,
                    "/train/a/inner.png is not a JPEG or PNG: put it right, or leave such files out with skipBroken()");
        }
    }

    /** The ZIP with another size in its directory. */
    private Path saying(int bytes, Packed... files) throws IOException {
        Path archive = zip(files);
        ByteBuffer content = ByteBuffer.wrap(Files.readAllBytes(archive)).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < content.limit() - Integer.BYTES; i++) {
            if (content.getInt(i) == DIRECTORY_ENTRY) {
                content.putInt(i + SIZE_IN_DIRECTORY, bytes);
            }
        }
        return Files.write(archive, content.array());
    }

    @Test
    void a_size_that_is_a_lie_refuses_the_archive() throws IOException {
        for (int bytes : new int[] {0, 10, 5_000, Integer.MAX_VALUE}) {
            refused(
                    saying(bytes, image("train/a/1.png")),
                    ": the entry train/a/1.png is not as long as the %,d bytes it says: the whole archive is refused"
                            .formatted(bytes));
        }
        Path whole = tar(image("train/a/1.png"));
        Path tar = folder.resolve("photos.tar");
        Files.move(whole, tar);
        byte[] plain;
        try (var in = new java.util.zip.GZIPInputStream(Files.newInputStream(tar))) {
            plain = in.readAllBytes();
        }
        Files.write(tar, Arrays.copyOf(plain, 512 + 20));
        assertThatThrownBy(() -> read(tar)).isInstanceOf(QuireException.class).hasMessageStartingWith(tar.toString());
    }

    @Test
    void a_zip_that_unpacks_to_much_more_than_it_is_is_stopped() throws IOException {
        Path archive = folder.resolve("photos.zip");
        try (ZipArchiveOutputStream out = new ZipArchiveOutputStream(archive)) {
            ZipArchiveEntry entry = new ZipArchiveEntry("train/a/1.png");
            entry.setMethod(ZipEntry.DEFLATED);
            out.putArchiveEntry(entry);
            for (int i = 0; i < 150; i++) {
                out.write(new byte[1 << 20]);
            }
            out.closeArchiveEntry();
        }
        refused(archive, " unpacks to more than 200 times its size: it is refused");
    }

    @Test
    void more_entries_or_bytes_than_are_taken_refuse_the_archive() throws IOException {
        Packed[] three = {image("train/a/1.png"), image("train/b/1.png"), image("train/b/2.png")};
        for (Path archive : both(three)) {
            refused(
                    reader().atMost(1 << 20, 2),
                    archive,
                    ": the entry train/b/2.png is one of more than 2: the whole archive is refused");
            assertThat(reader().atMost(1 << 20, 3).read(archive).train().count())
                    .isEqualTo(3);
        }
        Packed large = new Packed("train/a/1.png", new byte[200_000]);
        for (Path archive : both(large)) {
            refused(reader().atMost(100_000, 10), archive, " unpacks to more than 100,000 bytes: it is refused");
        }
        // A small file of many pixels of one colour: what counts is how large it is when it is decoded.
        Packed decoded = new Packed("train/a/1.png", png(1000, Color.BLUE));
        assertThat(decoded.bytes().length).isLessThan(20_000);
        for (Path archive : both(decoded)) {
            refused(reader().atMost(2_999_999, 10), archive, " unpacks to more than 2,999,999 bytes: it is refused");
            assertThat(reader().atMost(3_000_000, 10).read(archive).train().count())
                    .isEqualTo(1);
        }
    }

    @Test
    void any_damage_of_an_archive_ends_in_a_sentence() throws IOException {
        Random random = new Random(7);
        for (Path archive : both(image("train/a/1.png"), image("train/b/1.png"))) {
            byte[] sound = Files.readAllBytes(archive);
            UnaryOperator<byte[]> damage = bytes -> {
                byte[] out =
                        random.nextInt(5) == 0 ? Arrays.copyOf(bytes, random.nextInt(bytes.length)) : bytes.clone();
                for (int i = 0; i < Math.min(out.length, 1 + random.nextInt(3)); i++) {
                    out[random.nextInt(out.length)] = (byte) random.nextInt(256);
                }
                return out;
            };
            for (int i = 0; i < 300; i++) {
                Files.write(archive, damage.apply(sound));
                try {
                    read(archive, ImageOption.memory(1 << 20));
                } catch (QuireException expected) {
                    assertThat(expected.getMessage()).startsWith(archive.toString());
                }
            }
        }
    }
}
