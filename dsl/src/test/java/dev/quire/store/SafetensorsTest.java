package dev.quire.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quire.QuireException;
import dev.quire.store.Safetensors.Content;
import dev.quire.store.Safetensors.Entry;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SafetensorsTest {
    @TempDir
    Path folder;

    private Path sound() throws IOException {
        Path file = folder.resolve("weights.safetensors");
        float[] values = {1, -2, 3.5f, 4, 5, 6};
        Safetensors.write(
                file,
                new Content(
                        Map.of("step", "12"),
                        List.of(
                                Entry.of("0.weight", List.of(2L, 3L), values, 0, 6),
                                Entry.of("0.bias", List.of(), values, 2, 1),
                                new Entry("mask", "BOOL", List.of(3L), ByteBuffer.wrap(new byte[] {1, 0, 1})))));
        return file;
    }

    private Path claiming(String header, int bytes) throws IOException {
        byte[] json = header.getBytes(StandardCharsets.UTF_8);
        ByteBuffer out = ByteBuffer.allocate(8 + json.length + bytes).order(ByteOrder.LITTLE_ENDIAN);
        out.putLong(json.length).put(json);
        return Files.write(folder.resolve("claims.safetensors"), out.array());
    }

    private static void refused(Path file, String why) {
        assertThatThrownBy(() -> Safetensors.read(file))
                .isInstanceOf(QuireException.class)
                .hasMessage(file.getFileName() + " is no sound safetensors file: " + why);
    }

    @Test
    void what_was_written_is_read() throws IOException {
        Content content = Safetensors.read(sound());
        assertThat(content.metadata()).containsExactly(Map.entry("step", "12"));
        assertThat(content.entry("0.weight").shape()).containsExactly(2L, 3L);
        assertThat(content.entry("0.weight").floats()).containsExactly(1, -2, 3.5f, 4, 5, 6);
        assertThat(content.entry("0.bias").floats()).containsExactly(3.5f);
        assertThat(content.entry("mask").content().get(2)).isEqualTo((byte) 1);
    }

    @Test
    void any_flipped_bit_is_found() throws IOException {
        byte[] bytes = Files.readAllBytes(sound());
        Random random = new Random(7);
        for (int i = 0; i < 300; i++) {
            byte[] damaged = bytes.clone();
            int bit = random.nextInt(8 * bytes.length);
            damaged[bit / 8] ^= (byte) (1 << bit % 8);
            Path file = Files.write(folder.resolve("damaged.safetensors"), damaged);
            assertThatThrownBy(() -> Safetensors.readChecked(file))
                    .as("bit " + bit)
                    .isInstanceOf(QuireException.class);
        }
    }

    @Test
    void a_file_cut_anywhere_is_refused() throws IOException {
        byte[] bytes = Files.readAllBytes(sound());
        for (int length = 0; length < bytes.length; length++) {
            Path file = Files.write(folder.resolve("cut.safetensors"), Arrays.copyOf(bytes, length));
            assertThatThrownBy(() -> Safetensors.read(file)).isInstanceOf(QuireException.class);
        }
    }

    @Test
    void a_header_that_claims_more_than_there_is_is_refused() throws IOException {
        ByteBuffer nine = ByteBuffer.allocate(9).order(ByteOrder.LITTLE_ENDIAN).putLong(1L << 31);
        refused(
                Files.write(folder.resolve("nine.safetensors"), nine.array()),
                "its header claims 2147483648 bytes, of 1 that follow");
        ByteBuffer huge = ByteBuffer.allocate(9).order(ByteOrder.LITTLE_ENDIAN).putLong(1L << 63);
        refused(
                Files.write(folder.resolve("huge.safetensors"), huge.array()),
                "its header claims 9223372036854775808 bytes, of 1 that follow");
    }

    @Test
    void tensors_with_holes_overlaps_and_trailing_bytes_are_refused() throws IOException {
        String two = "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]},"
                + "\"b\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[%d,%d]}}";
        refused(claiming(two.formatted(8, 12), 12), "the tensor b begins at 8, and the one before ends at 4");
        refused(claiming(two.formatted(2, 6), 6), "the tensor b begins at 2, and the one before ends at 4");
        refused(claiming(two.formatted(4, 8), 9), "its tensors end at byte 8 of 9: it was cut off, or extended");
        refused(claiming(two.formatted(4, 8), 7), "the tensor b lies at bytes 4 to 8 of 7");
    }

    @Test
    void shapes_and_types_that_lie_are_refused() throws IOException {
        String one = "{\"a\":{\"dtype\":\"%s\",\"shape\":%s,\"data_offsets\":[0,%s]}}";
        refused(claiming(one.formatted("F32", "[3]", 8), 8), "the tensor a of shape [3] and type F32 has 8 bytes");
        refused(
                claiming(one.formatted("F32", "[4611686018427387904,4]", 0), 0),
                "the tensor a of shape [4611686018427387904, 4] and type F32 has 0 bytes");
        refused(claiming(one.formatted("F31", "[2]", 8), 8), "the tensor a is of the unknown type 'F31'");
        refused(claiming(one.formatted("F32", "[-2]", 8), 8), "the tensor a has a size of -2");
        refused(
                claiming(one.formatted("F32", "[2]", "9223372036854775807"), 8),
                "the tensor a lies at bytes 0 to 9,223,372,036,854,775,807 of 8");
        refused(claiming("[1, 2]", 0), "its header is no JSON object");
    }

    @Test
    void a_header_of_more_than_100_mb_is_refused_before_it_is_read() throws IOException {
        Path file = folder.resolve("long.safetensors");
        try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
            sparse.write(ByteBuffer.allocate(8)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putLong(100_000_001)
                    .array());
            sparse.setLength(100_000_100);
        }
        refused(file, "its header claims 100,000,001 bytes, at most 100,000,000 are read");
    }

    @Test
    void a_header_that_is_no_clean_json_is_refused() throws IOException {
        String a = "\"a\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[0,1]}";
        refused(claiming("{" + a + "," + a + "}", 1), "its header is no JSON: Duplicate field 'a'");
        refused(
                claiming("{\"a\":{\"dtype\":\"U8\",\"shape\":[1],\"shape\":[2],\"data_offsets\":[0,1]}}", 1),
                "its header is no JSON: Duplicate field 'shape'");
        assertThatThrownBy(() -> Safetensors.read(claiming("{" + a + "} {}", 1)))
                .isInstanceOf(QuireException.class)
                .hasMessageStartingWith(
                        "claims.safetensors is no sound safetensors file: its header is no JSON: Trailing token");
        assertThatThrownBy(() -> Safetensors.read(claiming("{" + a + ",\"b\":" + "[".repeat(5000), 1)))
                .isInstanceOf(QuireException.class)
                .hasMessageContaining(
                        "its header is no JSON: Document nesting depth (1001) exceeds the maximum allowed");
        refused(claiming(" {" + a + "}", 1), "its header is no JSON object");
        refused(claiming("{\"__metadata__\":3," + a + "}", 1), "its metadata is no JSON object");
        refused(claiming("{\"__metadata__\":{\"x\":3}," + a + "}", 1), "its metadata x is no text");
        byte[] bytes = Files.readAllBytes(claiming("{" + a + "}", 1));
        bytes[10] = (byte) 0xff;
        refused(Files.write(folder.resolve("latin.safetensors"), bytes), "its header is not in UTF-8");
        byte[] wide = ("{" + a + "}").getBytes(StandardCharsets.UTF_16LE);
        ByteBuffer out = ByteBuffer.allocate(9 + wide.length).order(ByteOrder.LITTLE_ENDIAN);
        out.putLong(wide.length).put(wide);
        assertThatThrownBy(() -> Safetensors.read(Files.write(folder.resolve("wide.safetensors"), out.array())))
                .isInstanceOf(QuireException.class)
                .hasMessageContaining("its header is no JSON: Illegal character");
    }

    @Test
    void offsets_that_are_no_whole_numbers_are_refused() throws IOException {
        String one = "{\"a\":{\"dtype\":\"U8\",\"shape\":[8],\"data_offsets\":%s}}";
        for (String offsets :
                List.of("[0.0,8.0]", "[0,1e1]", "[0]", "[0,8,8]", "\"08\"", "[0,18446744073709551616]", "[null,8]")) {
            refused(claiming(one.formatted(offsets), 8), "the tensor a does not say where it lies");
        }
        refused(claiming(one.formatted("[-8,0]"), 8), "the tensor a lies at bytes -8 to 0 of 8");
        refused(claiming(one.formatted("[8,0]"), 8), "the tensor a lies at bytes 8 to 0 of 8");
        String shape = "{\"a\":{\"dtype\":\"U8\",\"shape\":%s,\"data_offsets\":[0,8]}}";
        refused(claiming(shape.formatted("[8.5]"), 8), "the tensor a has a size of 8.5");
        refused(claiming(shape.formatted("\"8\""), 8), "the tensor a of shape [] and type U8 has 8 bytes");
        refused(claiming(shape.formatted("[" + "1,".repeat(99) + "8]"), 8), "the tensor a has 100 axes, at most 64");
        refused(
                claiming(shape.formatted("[9223372036854775807,9223372036854775807]"), 8),
                "the tensor a of shape [9223372036854775807, 9223372036854775807] and type U8 has 8 bytes");
        refused(claiming("{\"a\":7}", 0), "the tensor a is of the unknown type ''");
    }

    @Test
    void many_small_tensors_take_few_mappings() throws IOException {
        List<Entry> many = IntStream.range(0, 70_000)
                .mapToObj(i -> new Entry("t" + i, "U8", List.of(1L), ByteBuffer.wrap(new byte[] {(byte) i})))
                .toList();
        Path file = folder.resolve("many.safetensors");
        Safetensors.write(file, new Content(Map.of(), many));
        Content content = Safetensors.read(file);
        assertThat(content.entries()).hasSize(70_000);
        assertThat(content.entries().get(69_999).content().get()).isEqualTo((byte) 69_999);
    }

    @Test
    void ten_thousand_damaged_headers_end_in_a_sentence_each() throws IOException {
        Random random = new Random(11);
        byte[] sound = Files.readAllBytes(sound());
        int header = (int) ByteBuffer.wrap(sound).order(ByteOrder.LITTLE_ENDIAN).getLong(0);
        String[] pieces = {
            "9223372036854775808", "-1", "1e999", "null", "{}", "[[", "\"", "\\u0000", "F64", ",", "4294967296"
        };
        Path file = folder.resolve("damaged.safetensors");
        int read = 0;
        for (int i = 0; i < 10_000; i++) {
            byte[] damaged = sound.clone();
            if (random.nextBoolean()) {
                for (int j = 0; j <= random.nextInt(4); j++) {
                    damaged[random.nextInt(8 + header)] = (byte) random.nextInt(256);
                }
            } else {
                byte[] piece = pieces[random.nextInt(pieces.length)].getBytes(StandardCharsets.UTF_8);
                System.arraycopy(piece, 0, damaged, 8 + random.nextInt(header - piece.length), piece.length);
            }
            Files.write(file, damaged);
            try {
                Safetensors.read(file).entries().forEach(Entry::content);
                read++;
            } catch (QuireException expected) {
                if (expected.getMessage().length() > 600) {
                    assertThat(expected).hasMessage("a short sentence");
                }
            }
        }
        // Most damage is found by the checksum, some hits what nobody reads.
        assertThat(read).isLessThan(1_000);
    }
}
