package dev.quire.run.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quire.QuireException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArchiveTest {
    private static final int DIRECTORY_ENTRY = 0x02014b50;

    @TempDir
    Path place;

    private Path folder = Path.of("");
    private Path zip = Path.of("");

    @BeforeEach
    void makeFolder() throws IOException {
        folder = Files.createDirectory(place.resolve("record"));
        zip = place.resolve("record.zip");
    }

    private void pack(String... names) throws IOException {
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
            for (String name : names) {
                out.putNextEntry(new ZipEntry(name));
                out.write("text".getBytes(StandardCharsets.UTF_8));
                out.closeEntry();
            }
        }
    }

    private long files() throws IOException {
        try (Stream<Path> all = Files.walk(place)) {
            return all.filter(file -> Files.isRegularFile(file) && !file.equals(zip))
                    .count();
        }
    }

    @Test
    void an_archive_is_unpacked_with_its_folders() throws IOException {
        pack("index.html", "runs/a/run.json");
        Archive.STANDARD.unpack(zip, folder);
        assertThat(folder.resolve("runs/a/run.json")).hasContent("text");
        assertThat(files()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../evil",
                "../record-evil/x",
                "runs/../../evil",
                "runs/../inside",
                "/etc/evil",
                "..\\evil",
                "C:\\evil",
                "c:/evil",
                "runs/\u0000evil",
                "."
            })
    void an_entry_that_leads_out_refuses_the_whole_archive(String name) throws IOException {
        pack("good", name);
        assertThatThrownBy(() -> Archive.STANDARD.unpack(zip, folder))
                .isInstanceOf(QuireException.class)
                .hasMessageContaining("the whole archive is refused");
        assertThat(files()).isZero();
    }

    @Test
    void a_symbolic_link_refuses_the_whole_archive() throws IOException {
        try (ZipArchiveOutputStream out = new ZipArchiveOutputStream(zip)) {
            ZipArchiveEntry link = new ZipArchiveEntry("runs");
            link.setUnixMode(0xA000 | 0x1FF);
            out.putArchiveEntry(link);
            out.write("/etc".getBytes(StandardCharsets.UTF_8));
            out.closeArchiveEntry();
        }
        assertThatThrownBy(() -> Archive.STANDARD.unpack(zip, folder))
                .hasMessageEndingWith("the entry runs is a link or a device: the whole archive is refused");
        assertThat(files()).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {0020666, 0060666, 0010666, 0140777})
    void a_device_refuses_the_whole_archive(int mode) throws IOException {
        try (ZipArchiveOutputStream out = new ZipArchiveOutputStream(zip)) {
            ZipArchiveEntry device = new ZipArchiveEntry("runs");
            device.setUnixMode(mode);
            out.putArchiveEntry(device);
            out.closeArchiveEntry();
        }
        assertThatThrownBy(() -> Archive.STANDARD.unpack(zip, folder))
                .hasMessageEndingWith("the entry runs is a link or a device: the whole archive is refused");
        assertThat(files()).isZero();
    }

    private void refused(String words, String... names) throws IOException {
        try (ZipArchiveOutputStream out = new ZipArchiveOutputStream(zip)) {
            for (String name : names) {
                out.putArchiveEntry(new ZipArchiveEntry(name));
                if (!name.endsWith("/")) {
                    out.write("text".getBytes(StandardCharsets.UTF_8));
                }
                out.closeArchiveEntry();
            }
        }
        assertThatThrownBy(() -> Archive.STANDARD.unpack(zip, folder))
                .isInstanceOf(QuireException.class)
                .hasMessage(zip + ": the entry " + words + ": the whole archive is refused");
        assertThat(files()).isZero();
    }

    @Test
    void names_that_a_file_system_may_not_tell_apart_refuse_the_whole_archive() throws IOException {
        refused("runs/a is there twice", "runs/a", "runs/a");
        refused("runs//a is there twice", "runs/a", "runs//a");
        refused("runs/a is there twice", "runs/a", "runs\\a");
        String words = " differs from another only in upper and lower case, or in how its letters are written";
        refused("runs/RUN.json" + words, "runs/run.json", "runs/RUN.json");
        refused("caf\u00e9" + words, "cafe\u0301", "caf\u00e9");
        refused("\ufb01le" + words, "file", "\ufb01le");
        refused("runs/a/b lies in another, which is no folder", "runs/a", "runs/a/b");
        refused("Runs/A/b lies in another, which is no folder", "runs/", "Runs/A/b", "runs/a");
    }

    @Test
    void an_archive_in_an_archive_is_a_file_like_any_other() throws IOException {
        pack("../evil");
        byte[] inner = Files.readAllBytes(zip);
        try (ZipArchiveOutputStream out = new ZipArchiveOutputStream(zip)) {
            out.putArchiveEntry(new ZipArchiveEntry("runs/inner.zip"));
            out.write(inner);
            out.closeArchiveEntry();
        }
        Archive.STANDARD.unpack(zip, folder);
        assertThat(folder.resolve("runs/inner.zip")).hasBinaryContent(inner);
        assertThat(files()).isEqualTo(1);
    }

    @Test
    void an_archive_over_the_limits_is_refused_before_anything_is_written() throws IOException {
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
            out.putNextEntry(new ZipEntry("zeros"));
            out.write(new byte[1 << 20]);
            out.closeEntry();
        }
        assertThatThrownBy(() -> new Archive(10, 1 << 30, 100, 1 << 16).unpack(zip, folder))
                .hasMessageEndingWith("unpacks to more than 100 times its size: it is refused");
        assertThatThrownBy(() -> new Archive(10, 1 << 19, 10_000, 1 << 16).unpack(zip, folder))
                .hasMessageEndingWith("unpacks to more than 524,288 bytes: it is refused");
        pack("a", "b", "c");
        assertThatThrownBy(() -> new Archive(2, 1 << 19, 100, 1 << 16).unpack(zip, folder))
                .hasMessageContaining("the entry c is one of more than 2");
        assertThat(files()).isZero();
    }

    /** An archive of a mebibyte of zeros, which says another size. */
    private void packSaying(int size) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream out = new ZipOutputStream(bytes)) {
            out.putNextEntry(new ZipEntry("zeros"));
            out.write(new byte[1 << 20]);
            out.closeEntry();
        }
        ByteBuffer archive = ByteBuffer.wrap(bytes.toByteArray()).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < archive.limit() - Integer.BYTES; i++) {
            if (archive.getInt(i) == DIRECTORY_ENTRY) {
                archive.putInt(i + 24, size);
            }
        }
        Files.write(zip, archive.array());
    }

    @Test
    void an_entry_that_holds_less_than_it_says_refuses_the_whole_archive() throws IOException {
        packSaying(2 << 20);
        assertThatThrownBy(() -> Archive.STANDARD.unpack(zip, folder))
                .hasMessageContaining("the entry zeros holds less than the 2,097,152 bytes it says")
                .hasMessageEndingWith("the whole archive is refused");
    }

    @Test
    void an_entry_that_unpacks_to_more_than_it_says_is_stopped() throws IOException {
        packSaying(1000);
        assertThatThrownBy(() -> Archive.STANDARD.unpack(zip, folder))
                .hasMessageContaining("the entry zeros unpacks to more than the 1,000 bytes it says");
        assertThat(folder.resolve("zeros"))
                .satisfiesAnyOf(
                        file -> assertThat(file).doesNotExist(),
                        file -> assertThat(Files.size(file)).isLessThanOrEqualTo(1000));
    }

    @Test
    void what_is_no_archive_is_refused_with_its_name() throws IOException {
        Files.writeString(zip, "no archive");
        assertThatThrownBy(() -> Archive.STANDARD.unpack(zip, folder))
                .isInstanceOf(QuireException.class)
                .hasMessageContaining("record.zip");
    }
}
