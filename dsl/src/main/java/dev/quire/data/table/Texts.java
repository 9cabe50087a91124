package dev.quire.data.table;

import dev.quire.data.Field;
import dev.quire.data.TextReader;
import dev.quire.graph.DType;
import dev.quire.graph.Shape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Texts as rows of tokens of one length.
 *
 * @param field what a row is
 * @param tokens the rows, one after another
 * @param remarks what a reader of results should know, such as that some were cut
 */
record Texts(Field field, ByteBuffer tokens, List<String> remarks) {
    static Texts of(List<String> texts, TextColumn column) {
        TextReader reader = column.reader();
        List<long[]> all = texts.stream().map(reader::tokens).toList();
        int longest = all.stream().mapToInt(tokens -> tokens.length).max().orElse(1);
        int length = column.length() > 0 ? column.length() : Math.max(1, Math.min(longest, reader.most()));
        ByteBuffer out = ByteBuffer.allocate(Math.multiplyExact(Math.multiplyExact(texts.size(), length), Long.BYTES))
                .order(ByteOrder.LITTLE_ENDIAN);
        int cut = 0;
        for (int i = 0; i < texts.size(); i++) {
            long[] tokens = all.get(i);
            cut += tokens.length > length ? 1 : 0;
            for (long token :
                    tokens.length > length ? reader.row(texts.get(i), length) : filled(tokens, length, reader)) {
                out.putLong(token);
            }
        }
        return new Texts(
                new Field("tokens", DType.INT64, Shape.of(length)),
                out.flip(),
                cut == 0
                        ? List.of()
                        : List.of(String.format(
                                Locale.ROOT,
                                "%,d of %,d texts cut, the longest of %,d tokens",
                                cut,
                                texts.size(),
                                longest)));
    }

    private static long[] filled(long[] tokens, int length, TextReader reader) {
        long[] out = Arrays.copyOf(tokens, length);
        if (tokens.length < length) {
            Arrays.fill(out, tokens.length, length, reader.padding());
        }
        return out;
    }
}
