package dev.quire.store;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.zip.CRC32C;

/**
 * A file of events as TensorBoard reads it: TFRecord frames, each with checksums, around protocol buffers of the message
 * {@code tensorflow.Event}. Appending to a file that was cut off goes on after its last whole event.
 */
public final class EventFile implements AutoCloseable {
    private static final String VERSION = "brain.Event:2";
    private static final int HEADER = 12;
    private static final int FOOTER = 4;
    /** No event of ours is larger; a length beyond it is damage. */
    private static final int LARGEST = 256 << 20;

    private static final int CHECKSUM_OFFSET = 0xa282ead8;

    private final FileChannel channel;

    private EventFile(FileChannel channel) {
        this.channel = channel;
    }

    /** Opens a file to append to it; a new one begins with its version. */
    public static EventFile open(Path file) throws IOException {
        FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            long end = wholeEvents(channel);
            channel.truncate(end);
            channel.position(end);
            EventFile events = new EventFile(channel);
            if (end == 0) {
                events.append(0, new Message().bytes(3, VERSION.getBytes(StandardCharsets.UTF_8)));
            }
            return events;
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    /**
     * Adds numbers of one step.
     *
     * @param values tag to value
     */
    public void scalars(long step, Map<String, Double> values) throws IOException {
        Message summary = new Message();
        values.forEach((tag, value) -> summary.message(
                1, new Message().bytes(1, tag.getBytes(StandardCharsets.UTF_8)).real(2, (float) (double) value)));
        append(step, new Message().message(5, summary));
    }

    /** Says that training goes on from this step: what came for it and after it before does not count. */
    public void restart(long step) throws IOException {
        append(step, new Message().message(7, new Message().number(1, 1)));
    }

    /** Adds a picture. */
    public void picture(long step, String tag, int width, int height, byte[] png) throws IOException {
        Message image =
                new Message().number(1, height).number(2, width).number(3, 4).bytes(4, png);
        append(
                step,
                new Message()
                        .message(
                                5,
                                new Message()
                                        .message(
                                                1,
                                                new Message()
                                                        .bytes(1, tag.getBytes(StandardCharsets.UTF_8))
                                                        .message(4, image))));
    }

    /** Adds a text, which may be Markdown. */
    public void text(long step, String tag, String text) throws IOException {
        // A tensor of one string, of the plugin that shows texts.
        Message tensor = new Message()
                .number(1, 7)
                .message(2, new Message().message(2, new Message().number(1, 1)))
                .bytes(8, text.getBytes(StandardCharsets.UTF_8));
        Message plugin = new Message().bytes(1, "text".getBytes(StandardCharsets.UTF_8));
        Message value = new Message()
                .bytes(1, tag.getBytes(StandardCharsets.UTF_8))
                .message(8, tensor)
                .message(9, new Message().message(1, plugin));
        append(step, new Message().message(5, new Message().message(1, value)));
    }

    private void append(long step, Message content) throws IOException {
        byte[] event = new Message()
                .wide(1, Double.doubleToRawLongBits(System.currentTimeMillis() / 1000.0))
                .number(2, step)
                .then(content)
                .toByteArray();
        ByteBuffer frame = ByteBuffer.allocate(HEADER + event.length + FOOTER).order(ByteOrder.LITTLE_ENDIAN);
        frame.putLong(event.length);
        frame.putInt(checksum(frame.array(), 0, Long.BYTES));
        frame.put(event);
        frame.putInt(checksum(event, 0, event.length));
        WholeFile.writeFully(channel, frame.flip());
    }

    /** Where the last event ends that is whole and undamaged. */
    static long wholeEvents(FileChannel channel) throws IOException {
        long at = 0;
        while (true) {
            ByteBuffer header = read(channel, at, HEADER);
            if (header.remaining() < HEADER || header.getInt(Long.BYTES) != checksum(header.array(), 0, Long.BYTES)) {
                return at;
            }
            long length = header.getLong(0);
            if (length < 0 || length > LARGEST) {
                return at;
            }
            ByteBuffer body = read(channel, at + HEADER, (int) length + FOOTER);
            if (body.remaining() < length + FOOTER
                    || body.getInt((int) length) != checksum(body.array(), 0, (int) length)) {
                return at;
            }
            at += HEADER + length + FOOTER;
        }
    }

    private static ByteBuffer read(FileChannel channel, long from, int count) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate((int) Math.max(0, Math.min(count, channel.size() - from)))
                .order(ByteOrder.LITTLE_ENDIAN);
        while (buffer.hasRemaining() && channel.read(buffer, from + buffer.position()) >= 0) {
            // Reads on.
        }
        return buffer.flip();
    }

    /** As TFRecord masks it: a checksum of data that holds checksums would be weak. */
    private static int checksum(byte[] bytes, int from, int count) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, from, count);
        int value = (int) crc.getValue();
        return Integer.rotateRight(value, 15) + CHECKSUM_OFFSET;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    /** Fields of a protocol buffer, in the order they are added. */
    private static final class Message {
        private static final int VARINT = 0;
        private static final int FIXED64 = 1;
        private static final int DELIMITED = 2;
        private static final int FIXED32 = 5;

        private final ByteArrayOutputStream out = new ByteArrayOutputStream();

        Message number(int field, long value) {
            varint((long) field << 3 | VARINT);
            varint(value);
            return this;
        }

        Message wide(int field, long bits) {
            varint((long) field << 3 | FIXED64);
            out.writeBytes(ByteBuffer.allocate(Long.BYTES)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putLong(bits)
                    .array());
            return this;
        }

        Message real(int field, float value) {
            varint((long) field << 3 | FIXED32);
            out.writeBytes(ByteBuffer.allocate(Float.BYTES)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putFloat(value)
                    .array());
            return this;
        }

        Message bytes(int field, byte[] value) {
            varint((long) field << 3 | DELIMITED);
            varint(value.length);
            out.writeBytes(value);
            return this;
        }

        Message message(int field, Message value) {
            return bytes(field, value.toByteArray());
        }

        Message then(Message more) {
            out.writeBytes(more.toByteArray());
            return this;
        }

        private void varint(long value) {
            long rest = value;
            while ((rest & ~0x7fL) != 0) {
                out.write((int) ((rest & 0x7f) | 0x80));
                rest >>>= 7;
            }
            out.write((int) rest);
        }

        byte[] toByteArray() {
            return out.toByteArray();
        }
    }
}
