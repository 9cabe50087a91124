package dev.quire.compile.onnx;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

/** A protobuf message that is small enough to be held in memory, field after field. */
final class Message {
    private final ByteString.Output bytes = ByteString.newOutput();
    private final CodedOutputStream out = CodedOutputStream.newInstance(bytes, 256);

    /** Writes one field. */
    @FunctionalInterface
    private interface Write {
        void run() throws IOException;
    }

    private Message field(Write write) {
        try {
            write.run();
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e); // memory does not fail
        }
    }

    Message text(int number, String value) {
        return field(() -> out.writeString(number, value));
    }

    Message integer(int number, long value) {
        return field(() -> out.writeInt64(number, value));
    }

    Message real(int number, float value) {
        return field(() -> out.writeFloat(number, value));
    }

    Message message(int number, Message value) {
        return field(() -> out.writeBytes(number, value.content()));
    }

    /** Entries of a key (field 1) and a value (field 2). */
    Message entries(int number, Map<String, String> values) {
        values.forEach(
                (key, value) -> message(number, new Message().text(1, key).text(2, value)));
        return this;
    }

    /** What comes after is so many bytes long, and not held here. */
    Message lengthOf(int number, long count) {
        return field(() -> {
            out.writeTag(number, WireFormat.WIRETYPE_LENGTH_DELIMITED);
            out.writeUInt64NoTag(count);
        });
    }

    ByteString content() {
        field(out::flush);
        return bytes.toByteString();
    }
}
