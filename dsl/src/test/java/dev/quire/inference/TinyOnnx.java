package dev.quire.inference;

import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** ONNX files of one node, written field by field, for what no exporter would write. */
final class TinyOnnx {
    private static final int FLOAT = 1;

    private TinyOnnx() {}

    /** A node from {@code x} to {@code y}, both of a free batch of three floats. */
    static byte[] of(String domain, String op, String name, long opset) {
        return of(domain, op, name, opset, FLOAT);
    }

    /** As above, of another type, by its number. */
    static byte[] of(String domain, String op, String name, long opset, int type) {
        byte[] node = message(out -> {
            out.writeString(1, "x");
            out.writeString(2, "y");
            out.writeString(3, name);
            out.writeString(4, op);
            out.writeString(7, domain);
        });
        byte[] graph = message(out -> {
            out.writeByteArray(1, node);
            out.writeString(2, "tiny");
            out.writeByteArray(11, value("x", type));
            out.writeByteArray(12, value("y", type));
        });
        byte[] standard = message(out -> out.writeInt64(2, opset));
        byte[] own = message(out -> {
            out.writeString(1, domain);
            out.writeInt64(2, 1);
        });
        return message(out -> {
            out.writeInt64(1, 8);
            out.writeString(2, "by hand");
            out.writeByteArray(7, graph);
            for (byte[] set : domain.isEmpty() ? List.of(standard) : List.of(standard, own)) {
                out.writeByteArray(8, set);
            }
        });
    }

    /** A sum with three weights that lie in another file. */
    static byte[] withWeightsAt(String place) {
        byte[] node = message(out -> {
            out.writeString(1, "x");
            out.writeString(1, "w");
            out.writeString(2, "y");
            out.writeString(4, "Add");
        });
        byte[] location = message(out -> {
            out.writeString(1, "location");
            out.writeString(2, place);
        });
        byte[] weights = message(out -> {
            out.writeInt64(1, 3);
            out.writeInt32(2, FLOAT);
            out.writeString(8, "w");
            out.writeByteArray(13, location);
            out.writeEnum(14, 1);
        });
        byte[] graph = message(out -> {
            out.writeByteArray(1, node);
            out.writeString(2, "far");
            out.writeByteArray(5, weights);
            out.writeByteArray(11, value("x", FLOAT));
            out.writeByteArray(12, value("y", FLOAT));
        });
        byte[] standard = message(out -> out.writeInt64(2, 17));
        return message(out -> {
            out.writeInt64(1, 8);
            out.writeByteArray(7, graph);
            out.writeByteArray(8, standard);
        });
    }

    private static byte[] value(String name, int type) {
        byte[] free = message(out -> out.writeByteArray(2, "batch".getBytes(StandardCharsets.UTF_8)));
        byte[] three = message(out -> out.writeInt64(1, 3));
        byte[] shape = message(out -> {
            out.writeByteArray(1, free);
            out.writeByteArray(1, three);
        });
        byte[] tensor = message(out -> {
            out.writeInt32(1, type);
            out.writeByteArray(2, shape);
        });
        byte[] kind = message(out -> out.writeByteArray(1, tensor));
        return message(out -> {
            out.writeString(1, name);
            out.writeByteArray(2, kind);
        });
    }

    private interface Fields {
        void write(CodedOutputStream out) throws IOException;
    }

    private static byte[] message(Fields fields) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        CodedOutputStream out = CodedOutputStream.newInstance(bytes);
        try {
            fields.write(out);
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
