package dev.quire.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.quire.QuireException;
import dev.quire.store.Safetensors.Content;
import dev.quire.store.Safetensors.Entry;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.LongStream;
import java.util.zip.CRC32C;

/** Reads safetensors files. What a file claims is checked before any of it is believed. */
final class SafetensorsReader {
    private static final int LONGEST_SENTENCE = 200;
    private static final int MOST_AXES = 64;
    private static final Map<String, Integer> WIDTHS = Map.ofEntries(
            Map.entry("BOOL", 1),
            Map.entry("U8", 1),
            Map.entry("I8", 1),
            Map.entry("F8_E5M2", 1),
            Map.entry("F8_E4M3", 1),
            Map.entry("I16", 2),
            Map.entry("U16", 2),
            Map.entry("F16", 2),
            Map.entry("BF16", 2),
            Map.entry("I32", 4),
            Map.entry("U32", 4),
            Map.entry("F32", 4),
            Map.entry("F64", 8),
            Map.entry("I64", 8),
            Map.entry("U64", 8));

    private SafetensorsReader() {}

    /**
     * Reads a file, mapped into memory.
     *
     * @param needsChecksum whether one without is refused
     */
    static Content read(Path file, boolean needsChecksum) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            try {
                return read(channel, needsChecksum);
            } catch (QuireException e) {
                throw new QuireException(file.getFileName() + " is no sound safetensors file: " + e.getMessage(), e);
            }
        }
    }

    private static Content read(FileChannel channel, boolean needsChecksum) throws IOException {
        long size = channel.size();
        if (size < Long.BYTES) {
            throw new QuireException("it has " + size + " bytes, and begins with 8 for the length of its header");
        }
        ByteBuffer length = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        readFully(channel, length, 0);
        long headerBytes = length.getLong(0);
        if (headerBytes > Safetensors.LONGEST_HEADER && headerBytes <= size - Long.BYTES) {
            throw new QuireException(String.format(
                    Locale.ROOT,
                    "its header claims %,d bytes, at most %,d are read",
                    headerBytes,
                    Safetensors.LONGEST_HEADER));
        }
        if (headerBytes < 2 || headerBytes > size - Long.BYTES) {
            throw new QuireException(String.format(
                    Locale.ROOT,
                    "its header claims %s bytes, of %,d that follow",
                    Long.toUnsignedString(headerBytes),
                    size - Long.BYTES));
        }
        ByteBuffer header = ByteBuffer.allocate((int) headerBytes);
        readFully(channel, header, Long.BYTES);
        long begin = Long.BYTES + headerBytes;
        JsonNode json = parse(header.array());
        Map<String, String> metadata = metadata(json);
        List<Entry> entries = entries(json, channel, begin, size - begin);
        String checksum = metadata.remove(SafetensorsHeader.CHECKSUM);
        if (checksum == null && needsChecksum) {
            throw new QuireException("it is damaged, or not written by Quire: it has no checksum");
        }
        if (checksum != null) {
            check(header.array(), checksum, entries);
        }
        return new Content(metadata, entries);
    }

    private static void check(byte[] header, String checksum, List<Entry> entries) {
        String text = new String(header, StandardCharsets.UTF_8);
        CRC32C crc = new CRC32C();
        crc.update(text.replace(
                        "\"" + SafetensorsHeader.CHECKSUM + "\":\"" + checksum + "\"",
                        "\"" + SafetensorsHeader.CHECKSUM + "\":\"" + SafetensorsHeader.BLANK + "\"")
                .getBytes(StandardCharsets.UTF_8));
        entries.forEach(entry -> crc.update(entry.content()));
        if (!SafetensorsHeader.checksum(crc).equals(checksum)) {
            throw new QuireException("it is damaged: its checksum is not the one it was written with");
        }
    }

    private static JsonNode parse(byte[] header) {
        if (header[0] != '{') {
            throw new QuireException("its header is no JSON object");
        }
        // A parser that is given bytes would take other encodings as well.
        CharsetDecoder strict = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        try {
            return SafetensorsHeader.JSON.readTree(new InputStreamReader(new ByteArrayInputStream(header), strict));
        } catch (CharacterCodingException e) {
            throw new QuireException("its header is not in UTF-8", e);
        } catch (JsonProcessingException e) {
            throw new QuireException("its header is no JSON: " + sentence(e), e);
        } catch (IOException e) {
            throw new QuireException("its header is no JSON: " + e.getMessage(), e);
        }
    }

    /** What the parser says first. */
    private static String sentence(JsonProcessingException e) {
        String said = String.valueOf(e.getOriginalMessage()).lines().findFirst().orElse("");
        return shortened(said);
    }

    private static String shortened(String text) {
        return text.length() > LONGEST_SENTENCE ? text.substring(0, LONGEST_SENTENCE) + "..." : text;
    }

    private static Map<String, String> metadata(JsonNode json) {
        Map<String, String> metadata = new LinkedHashMap<>();
        if (json.has(SafetensorsHeader.METADATA)
                && !json.path(SafetensorsHeader.METADATA).isObject()) {
            throw new QuireException("its metadata is no JSON object");
        }
        json.path(SafetensorsHeader.METADATA).properties().forEach(field -> {
            if (!field.getValue().isTextual()) {
                throw new QuireException("its metadata " + shortened(field.getKey()) + " is no text");
            }
            metadata.put(field.getKey(), field.getValue().textValue());
        });
        return metadata;
    }

    /** Where a tensor lies, counted from the end of the header. */
    private record Extent(String name, String dtype, List<Long> shape, long from, long to) {}

    private static List<Entry> entries(JsonNode json, FileChannel channel, long begin, long size) throws IOException {
        List<Extent> extents = new ArrayList<>();
        json.properties().forEach(field -> {
            if (!field.getKey().equals(SafetensorsHeader.METADATA)) {
                extents.add(extent(field.getKey(), field.getValue(), size));
            }
        });
        extents.sort(Comparator.comparingLong(Extent::from).thenComparingLong(Extent::to));
        long at = 0;
        for (Extent extent : extents) {
            if (extent.from() != at) {
                throw new QuireException("the tensor " + extent.name() + " begins at " + extent.from()
                        + ", and the one before ends at " + at);
            }
            at = extent.to();
        }
        if (at != size) {
            throw new QuireException(String.format(
                    Locale.ROOT, "its tensors end at byte %,d of %,d: it was cut off, or extended", at, size));
        }
        return mapped(extents, channel, begin);
    }

    /** As few mappings as there can be: a system has room for some ten thousand. */
    private static List<Entry> mapped(List<Extent> extents, FileChannel channel, long begin) throws IOException {
        List<Entry> entries = new ArrayList<>();
        int next = 0;
        while (next < extents.size()) {
            long from = extents.get(next).from();
            int end = next + 1;
            while (end < extents.size() && extents.get(end).to() - from <= Integer.MAX_VALUE) {
                end++;
            }
            long bytes = extents.get(end - 1).to() - from;
            ByteBuffer window = bytes == 0
                    ? ByteBuffer.allocate(0)
                    : channel.map(FileChannel.MapMode.READ_ONLY, begin + from, bytes);
            for (Extent extent : extents.subList(next, end)) {
                ByteBuffer content = window.slice((int) (extent.from() - from), (int) (extent.to() - extent.from()));
                entries.add(new Entry(extent.name(), extent.dtype(), extent.shape(), content));
            }
            next = end;
        }
        return entries;
    }

    private static Extent extent(String fullName, JsonNode node, long size) {
        String name = shortened(fullName);
        String dtype = shortened(node.path("dtype").asText());
        Integer width = WIDTHS.get(dtype);
        if (width == null) {
            throw new QuireException("the tensor " + name + " is of the unknown type '" + dtype + "'");
        }
        JsonNode offsets = node.path("data_offsets");
        if (offsets.size() != 2 || !isWhole(offsets.get(0)) || !isWhole(offsets.get(1))) {
            throw new QuireException("the tensor " + name + " does not say where it lies");
        }
        long from = offsets.get(0).longValue();
        long to = offsets.get(1).longValue();
        if (from < 0 || to < from || to > size) {
            throw new QuireException(
                    String.format(Locale.ROOT, "the tensor %s lies at bytes %,d to %,d of %,d", name, from, to, size));
        }
        if (to - from > Integer.MAX_VALUE) {
            throw new QuireException("the tensor " + name + " has more than 2 GiB, which is not supported");
        }
        if (node.path("shape").size() > MOST_AXES) {
            throw new QuireException(
                    "the tensor " + name + " has " + node.path("shape").size() + " axes, at most " + MOST_AXES);
        }
        List<Long> shape = new ArrayList<>();
        for (JsonNode one : node.path("shape")) {
            if (!isWhole(one) || one.longValue() < 0) {
                throw new QuireException("the tensor " + name + " has a size of " + shortened(one.toString()));
            }
            shape.add(one.longValue());
        }
        if (!node.path("shape").isArray() || !fits(shape, width, to - from)) {
            throw new QuireException("the tensor " + name + " of shape " + shape + " and type " + dtype + " has "
                    + (to - from) + " bytes");
        }
        return new Extent(fullName, dtype, shape, from, to);
    }

    private static boolean isWhole(JsonNode number) {
        return number.isIntegralNumber() && number.canConvertToLong();
    }

    private static boolean fits(List<Long> shape, int width, long bytes) {
        try {
            return LongStream.concat(LongStream.of(width), shape.stream().mapToLong(Long::longValue))
                            .reduce(1, Math::multiplyExact)
                    == bytes;
        } catch (ArithmeticException tooLarge) {
            return false;
        }
    }

    private static void readFully(FileChannel channel, ByteBuffer buffer, long from) throws IOException {
        while (buffer.hasRemaining()) {
            if (channel.read(buffer, from + buffer.position()) < 0) {
                throw new QuireException("it ends in its header");
            }
        }
    }
}
