package dev.quire.inference;

import dev.quire.QuireException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;

/** What a file is, told by how it begins; its name decides only where that says nothing. */
enum FileKind {
    ZIP,
    ONNX,
    PICKLE,
    JAVA_OBJECTS,
    SAFETENSORS,
    KERAS,
    UNKNOWN;

    private static final int HEAD = 1 << 20;
    private static final int FEWEST = 4;

    static FileKind of(Path file) {
        ByteBuffer head = head(file);
        String name = file.toString().toLowerCase(Locale.ROOT);
        if (head.limit() < FEWEST) {
            throw new QuireException(file + " is " + (head.limit() == 0 ? "empty" : "too short to be a model"));
        }
        int first = head.order(ByteOrder.BIG_ENDIAN).getInt(0);
        if (first == 0x504B0304 || first == 0x504B0506) {
            return ZIP;
        }
        if (first >>> 16 == 0xACED) {
            return JAVA_OBJECTS;
        }
        if (first == 0x89484446) {
            return KERAS;
        }
        if (first >>> 24 == 0x80 && (first >>> 16 & 0xff) <= 5) {
            return PICKLE;
        }
        if (name.endsWith(".onnx")) {
            return ONNX;
        }
        if (head.limit() > 8
                && head.get(8) == '{'
                && head.order(ByteOrder.LITTLE_ENDIAN).getLong(0) > 0) {
            return SAFETENSORS;
        }
        // An ONNX file begins with the version of its format, 1 to 15 so far; a pickle of old with an instruction.
        if (first >>> 24 == 0x08 && (first >>> 16 & 0xff) < 16) {
            return ONNX;
        }
        return name.matches(".*\\.(pt|pth|bin|pkl|pickle)") ? PICKLE : UNKNOWN;
    }

    /** How a file begins: up to a mebibyte. */
    static ByteBuffer head(Path file) {
        if (!Files.exists(file)) {
            throw new QuireException("there is no file " + file);
        }
        if (Files.isDirectory(file)) {
            throw new QuireException(file + " is a folder: name the file in it");
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            ByteBuffer head = ByteBuffer.allocate((int) Math.min(HEAD, channel.size()));
            while (head.hasRemaining() && channel.read(head) >= 0) {
                // on to the end
            }
            return head.flip();
        } catch (IOException e) {
            throw new QuireException(file + " cannot be read: " + e.getMessage(), e);
        }
    }
}
