package dev.quire.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Uploads that do harm: each is refused with its reason, and nothing of it stays. */
class UploadTest {
    private static final int DIRECTORY_ENTRY = 0x02014b50;

    @TempDir
    static Path folder;

    private static TestServer server;

    @BeforeAll
    static void start() {
        server = TestServer.in(
                folder,
                options ->
                        options.limits(options.limits().uploadBytes(2_000_000).unpackedBytes(1_000_000)));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @AfterEach
    void nothingStays() throws IOException {
        try (Stream<Path> left = Files.walk(folder.resolve("server/incoming"))) {
            assertThat(left.filter(Files::isRegularFile)).isEmpty();
        }
        assertThat(server.get("/v1/datasets").text()).doesNotContain("uploaded");
        assertThat(folder.resolve("evil.png")).doesNotExist();
    }

    private static String refused(byte[] zip) {
        return server.ask("POST", "/v1/datasets?name=evil", zip, "application/zip")
                .problem();
    }

    private static String refused(String entry, byte[] content) throws IOException {
        Map<String, byte[]> files = new LinkedHashMap<>(DatasetTest.images("cats", "dogs"));
        files.put(entry, content);
        return refused(DatasetTest.zip(files));
    }

    @Test
    void an_entry_that_leads_out_refuses_the_archive() throws IOException {
        for (String name : List.of(
                "../evil.png",
                "../evil-cats/1.png",
                "cats/../../../../evil.png",
                "/etc/evil.png",
                "..\\evil.png",
                "C:\\evil.png",
                "\\\\server\\share\\evil.png")) {
            assertThat(refused(name, new byte[3]))
                    .as(name)
                    .startsWith("400 evil.zip: the entry ")
                    .contains(" leads out of the archive: the whole archive is refused")
                    .doesNotContain(folder.toString());
        }
    }

    @Test
    void links_and_devices_refuse_the_archive() throws IOException {
        for (int mode : new int[] {0120777, 0020666, 0010666}) {
            Path zip = folder.resolve("links.zip");
            try (ZipArchiveOutputStream out = new ZipArchiveOutputStream(zip)) {
                ZipArchiveEntry link = new ZipArchiveEntry("cats/1.png");
                link.setUnixMode(mode);
                out.putArchiveEntry(link);
                out.write("/etc/passwd".getBytes(StandardCharsets.US_ASCII));
                out.closeArchiveEntry();
            }
            assertThat(refused(Files.readAllBytes(zip)))
                    .startsWith(
                            "400 evil.zip: the entry cats/1.png is a link or a device: the whole archive is refused");
            Files.delete(zip);
        }
    }

    @Test
    void one_name_twice_an_archive_within_and_a_size_that_is_a_lie_refuse_it() throws IOException {
        assertThat(refused("cats//0.png", DatasetTest.images("cats").get("cats/0.png")))
                .startsWith("400 evil.zip: the entry cats/0.png is there twice: the whole archive is refused");
        assertThat(refused("cats/inner.zip", DatasetTest.zip(Map.of("../evil.png", new byte[3]))))
                .startsWith("400 evil.zip/cats/inner.zip is not a JPEG or PNG: put it right");
        assertThat(refused("cats/inner.png", DatasetTest.zip(Map.of("../evil.png", new byte[3]))))
                .startsWith("400 evil.zip/cats/inner.png is not a JPEG or PNG: put it right");
        ByteBuffer lies = ByteBuffer.wrap(DatasetTest.zip(DatasetTest.images("cats", "dogs")))
                .order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < lies.limit() - Integer.BYTES; i++) {
            if (lies.getInt(i) == DIRECTORY_ENTRY) {
                lies.putInt(i + 24, 10);
            }
        }
        assertThat(refused(lies.array()))
                .startsWith("400 evil.zip: the entry cats/0.png is not as long as the 10 bytes it says:");
    }

    private static byte[] png(int side) throws IOException {
        BufferedImage image = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
        image.setRGB(side / 2, side / 2, Color.RED.getRGB());
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(image, "png", out);
        return out.toByteArray();
    }

    @Test
    void what_unpacks_or_decodes_to_more_than_the_limit_is_stopped() throws IOException {
        byte[] bomb = DatasetTest.zip(Map.of("cats/0.png", new byte[5_000_000]));
        assertThat(bomb.length).isLessThan(10_000);
        String words = "400 evil.zip unpacks to more than 1,000,000 bytes: it is refused";
        assertThat(refused(bomb)).startsWith(words);
        // 600 x 600 pixels of three bytes each, in a kilobyte or two.
        byte[] pixels = DatasetTest.zip(Map.of("cats/0.png", png(600), "dogs/0.png", png(600)));
        assertThat(pixels.length).isLessThan(20_000);
        assertThat(refused(pixels)).startsWith(words);
    }

    @Test
    void a_table_of_one_class_is_refused_as_folders_of_one_class_are() {
        byte[] csv = ("a,b,kind\n" + "1,2,x\n3,4,x\n".repeat(20)).getBytes(StandardCharsets.UTF_8);
        assertThat(server.ask("POST", "/v1/datasets?name=one", csv, "text/csv").problem())
                .isEqualTo("400 one has one class, x: there is nothing to tell apart | add rows of another class");
    }

    private static TestServer.Answer form(String body) {
        return server.ask(
                "POST", "/v1/datasets", body.getBytes(StandardCharsets.UTF_8), "multipart/form-data; boundary=b");
    }

    @Test
    void a_form_of_very_many_parts_or_of_a_part_with_a_long_head_is_refused() {
        String part = "--b\r\nContent-Disposition: form-data; name=\"x\"\r\n\r\ny\r\n";
        String many = "413 the form has more than 1000 parts | send fewer files in one request";
        assertThat(form(part.repeat(20_000) + "--b--\r\n").problem()).isEqualTo(many);
        String file = "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.zip\"\r\n\r\ny\r\n";
        assertThat(form(file.repeat(20_000) + "--b--\r\n").problem()).isEqualTo(many);
        assertThat(form("--b\r\nX-Long: " + "x".repeat(100_000)
                                + "\r\nContent-Disposition: form-data; name=\"file\"\r\n\r\ny\r\n--b--\r\n")
                        .problem())
                .isEqualTo("413 a part of the form has a head of more than 8192 bytes | use shorter names");
        assertThat(form("--b\r\nContent-Disposition: form-data; name=\"name\"\r\n\r\n" + "x".repeat(1_900_000) + "\r\n"
                                + file + "--b--\r\n")
                        .problem())
                .isEqualTo("413 a part of the form is too large | send less, and files with their names");
        assertThat(form("--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"../../evil.zip\"\r\n\r\n"
                                + "y\r\n--b--\r\n")
                        .problem())
                .startsWith("400 the name of the dataset cannot be '");
        assertThat(form(part).problem()).startsWith("400 the form is not whole: it does not end with its boundary");
    }
}
