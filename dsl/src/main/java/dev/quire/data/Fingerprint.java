package dev.quire.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;

/** The hash that says whether two datasets are the same: fields, classes, splits and the content of every example. */
public final class Fingerprint {
    private static final int CHUNK = 1 << 20;
    private static final int BLOCK = 1 << 16;

    private Fingerprint() {}

    /** A new SHA-256. */
    public static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** A hash in hexadecimal digits, lower case. */
    public static String hex(byte[] hash) {
        return HexFormat.of().formatHex(hash);
    }

    /** The SHA-256 of a text in UTF-8, in hexadecimal digits. */
    public static String of(String text) {
        return hex(sha256().digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** The SHA-256 of all that is left to read, in hexadecimal digits. */
    public static String of(InputStream in) throws IOException {
        MessageDigest digest = sha256();
        byte[] block = new byte[BLOCK];
        for (int read = in.read(block); read >= 0; read = in.read(block)) {
            digest.update(block, 0, read);
        }
        return hex(digest.digest());
    }

    static String of(Dataset data) {
        MessageDigest digest = sha256();
        text(digest, data.inputs() + "|" + data.target() + "|" + data.classes());
        List<Column> categories = data.columns().stream()
                .filter(column -> !column.categories().isEmpty())
                .toList();
        if (!categories.isEmpty()) {
            text(digest, "|" + categories);
        }
        data.reader().ifPresent(reader -> text(digest, "|" + reader.fingerprint()));
        for (Split split : Split.values()) {
            Examples examples = data.splits().get(split);
            if (examples != null) {
                text(digest, "|" + split + " " + examples.count());
                content(digest, examples, data.fields());
            }
        }
        return hex(digest.digest());
    }

    private static void text(MessageDigest digest, String text) {
        digest.update(text.getBytes(StandardCharsets.UTF_8));
    }

    private static void content(MessageDigest digest, Examples examples, List<Field> fields) {
        Examples from = examples instanceof Selected selected ? selected.from() : examples;
        if (from instanceof Catalogued catalogued) {
            for (long i = 0; i < examples.count(); i++) {
                digest.update(catalogued.hash(examples instanceof Selected selected ? selected.source(i) : i));
                text(digest, " " + catalogued.label(examples instanceof Selected selected ? selected.source(i) : i));
            }
        } else if (from instanceof Windows windows) {
            digest.update(windows.tokens().duplicate().rewind());
        } else {
            bytes(digest, examples, fields);
        }
    }

    /** The bytes of one example after another, its fields in order. */
    private static void bytes(MessageDigest digest, Examples examples, List<Field> fields) {
        int bytes = fields.stream().mapToInt(Field::bytes).sum();
        ByteBuffer buffer = ByteBuffer.allocate(Math.max(CHUNK, bytes)).order(ByteOrder.LITTLE_ENDIAN);
        List<ByteBuffer> same = Collections.nCopies(fields.size(), buffer);
        for (long i = 0; i < examples.count(); i++) {
            if (buffer.remaining() < bytes) {
                digest.update(buffer.flip());
                buffer.clear();
            }
            examples.read(i, same);
        }
        digest.update(buffer.flip());
    }
}
