package dev.quire.store;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.quire.store.Safetensors.Content;
import dev.quire.store.Safetensors.Entry;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.CRC32C;

/** Writes safetensors files, with a checksum over all of it. */
final class SafetensorsWriter {
    private static final int PIECE = 1 << 20;

    private SafetensorsWriter() {}

    static void write(Path file, Content content) throws IOException {
        WholeFile.write(file, channel -> {
            byte[] blank = header(content, SafetensorsHeader.BLANK);
            CRC32C crc = new CRC32C();
            crc.update(blank);
            ByteBuffer length = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
            WholeFile.writeFully(channel, length.putLong(blank.length).flip());
            WholeFile.writeFully(channel, ByteBuffer.wrap(blank));
            ByteBuffer staging = ByteBuffer.allocateDirect(PIECE);
            for (Entry entry : content.entries()) {
                write(channel, entry.content(), staging, crc);
            }
            // Each byte is read once: the checksum is known last, and takes the place that was kept for it.
            byte[] header = header(content, SafetensorsHeader.checksum(crc));
            channel.position(Long.BYTES);
            WholeFile.writeFully(channel, ByteBuffer.wrap(header));
        });
    }

    /** Writes in pieces that stay in the processor's cache; those on the heap would each be copied by the JDK. */
    private static void write(FileChannel channel, ByteBuffer bytes, ByteBuffer staging, CRC32C crc)
            throws IOException {
        for (int at = 0; at < bytes.limit(); at += PIECE) {
            ByteBuffer piece = bytes.slice(at, Math.min(PIECE, bytes.limit() - at));
            if (!piece.isDirect()) {
                piece = staging.clear().put(piece).flip();
            }
            crc.update(piece.duplicate());
            WholeFile.writeFully(channel, piece);
        }
    }

    private static byte[] header(Content content, String checksum) {
        ObjectNode header = SafetensorsHeader.JSON.createObjectNode();
        ObjectNode metadata = header.putObject(SafetensorsHeader.METADATA);
        content.metadata().forEach(metadata::put);
        metadata.put(SafetensorsHeader.CHECKSUM, checksum);
        long at = 0;
        for (Entry entry : content.entries()) {
            ObjectNode node = header.putObject(entry.name());
            node.put("dtype", entry.dtype());
            entry.shape().forEach(node.putArray("shape")::add);
            long end = at + entry.bytes().capacity();
            node.putArray("data_offsets").add(at).add(end);
            at = end;
        }
        byte[] json = header.toString().getBytes(StandardCharsets.UTF_8);
        // Padded with spaces, so that the tensors begin at a multiple of eight.
        byte[] padded = Arrays.copyOf(json, (json.length + 7) / 8 * 8);
        Arrays.fill(padded, json.length, padded.length, (byte) ' ');
        return padded;
    }
}
