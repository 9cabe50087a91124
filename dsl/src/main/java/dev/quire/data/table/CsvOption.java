package dev.quire.data.table;

import java.util.List;

/** How a CSV file is read; {@link dev.quire.data.HoldOut} is one as well. */
@FunctionalInterface
public interface CsvOption {
    CsvSpec applyTo(CsvSpec spec);

    /** The column to learn. Without this: the one named {@code target}, else the last. */
    static CsvOption target(String column) {
        return spec -> spec.withTarget(column);
    }

    /** The columns to learn from, in this order. Without this: all but the target. */
    static CsvOption features(String... columns) {
        return spec -> spec.withFeatures(List.of(columns));
    }

    /** The column to learn from is text, which a tokenizer makes tokens of. */
    static CsvOption text(TextColumn column) {
        return spec -> spec.withText(column);
    }

    /** Columns to leave out, such as a running number. */
    static CsvOption without(String... columns) {
        return spec -> spec.withLeftOut(List.of(columns));
    }

    /**
     * Columns whose values are categories, each of which is an element of the input. Without this: those without a
     * single number.
     */
    static CsvOption categories(String... columns) {
        return spec -> spec.withCategories(List.of(columns));
    }

    /** What stands between fields; a comma without this. */
    static CsvOption separator(char separator) {
        return spec -> spec.withSeparator(separator);
    }

    /** Whether the first row names the columns. Without this: when none of its fields is a number. */
    static CsvOption header(boolean header) {
        return spec -> spec.withHeader(header ? CsvSpec.Header.YES : CsvSpec.Header.NO);
    }

    /** The numbers of the target are classes, not amounts. */
    static CsvOption classification() {
        return spec -> spec.withClassification(true);
    }

    /** Rows with an empty field are left out. Without this they are refused. */
    static CsvOption dropMissing() {
        return spec -> spec.withDropMissing(true);
    }
}
