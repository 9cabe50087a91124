package dev.quire.run.record;

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

    @Test
    void an_entry_that_unpacks_to_more_than_it_says_is_stopped() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream out = new ZipOutputStream(bytes)) {
            out.putNextEntry(new ZipEntry("zeros"));
            out.write(new byte[1 << 20]);
            out.closeEntry();
        }
        ByteBuffer archive = ByteBuffer.wrap(bytes.toByteArray()).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < archive.limit() - Integer.BYTES; i++) {
            if (archive.getInt(i) == DIRECTORY_ENTRY) {
                archive.putInt(i + 24, 1000);
            }
        }
        Files.write(zip, archive.array());
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
