package dev.quire.compile.torchscript;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * A TorchScript archive without weights: a ZIP of stored entries that hold the program as text and two small pickles.
 */
final class Archive {
    /**
     * The version of the format that libtorch writes. An older one would make libtorch rewrite some ops to their older
     * meaning.
     */
    static final String VERSION = "10\n";

    private Archive() {}

    /** The archive of a class {@code __torch__.Program}. */
    static byte[] of(String code) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            put(zip, "data.pkl", module());
            put(zip, "constants.pkl", new Pickle().empty().bytes());
            put(zip, "code/__torch__.py", code.getBytes(StandardCharsets.UTF_8));
            put(zip, "version", VERSION.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** The pickle of an instance whose only attribute is {@code training}. */
    private static byte[] module() {
        return new Pickle()
                .instance(
                        "__torch__",
                        "Program",
                        attributes -> attributes.text("training").flag(true))
                .bytes();
    }

    private static void put(ZipOutputStream zip, String name, byte[] content) throws IOException {
        ZipEntry entry = new ZipEntry("m/" + name);
        CRC32 crc = new CRC32();
        crc.update(content);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(content.length);
        entry.setCrc(crc.getValue());
        entry.setTime(315_532_800_000L);
        zip.putNextEntry(entry);
        zip.write(content);
        zip.closeEntry();
    }
}
