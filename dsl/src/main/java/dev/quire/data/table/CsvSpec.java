package dev.quire.data.table;

import java.util.List;
import java.util.Optional;

/**
 * How a CSV file is read: what the options make of {@link #STANDARD}.
 *
 * @param separator what stands between fields
 * @param header whether the first row names the columns
 * @param target the column to learn; empty for the one named {@code target}, else the last
 * @param features the columns to learn from; empty for all that are left
 * @param leftOut columns to leave out
 * @param categories columns whose values are categories; those without a number are as well
 * @param classification whether a numeric target is a class
 * @param dropMissing whether rows with an empty field are left out
 * @param holdOut the fraction of the rows for the test split
 * @param text the column that is text to learn from, which becomes tokens
 */
public record CsvSpec(
        char separator,
        Header header,
        String target,
        List<String> features,
        List<String> leftOut,
        List<String> categories,
        boolean classification,
        boolean dropMissing,
        double holdOut,
        Optional<TextColumn> text) {
    /** Whether the first row names the columns; {@code FOUND} when none of its fields is a number. */
    public enum Header {
        YES,
        NO,
        FOUND
    }

    /** Commas, a header where there seems to be one, the target last, a fifth held out. */
    public static final CsvSpec STANDARD =
            new CsvSpec(',', Header.FOUND, "", List.of(), List.of(), List.of(), false, false, 0.2, Optional.empty());

    static CsvSpec of(CsvOption... options) {
        CsvSpec spec = STANDARD;
        for (CsvOption option : options) {
            spec = option.applyTo(spec);
        }
        return spec;
    }

    public CsvSpec withSeparator(char other) {
        return new CsvSpec(
                other, header, target, features, leftOut, categories, classification, dropMissing, holdOut, text);
    }

    public CsvSpec withHeader(Header other) {
        return new CsvSpec(
                separator, other, target, features, leftOut, categories, classification, dropMissing, holdOut, text);
    }

    public CsvSpec withTarget(String other) {
        return new CsvSpec(
                separator, header, other, features, leftOut, categories, classification, dropMissing, holdOut, text);
    }

    public CsvSpec withFeatures(List<String> other) {
        return new CsvSpec(
                separator, header, target, other, leftOut, categories, classification, dropMissing, holdOut, text);
    }

    public CsvSpec withLeftOut(List<String> other) {
        return new CsvSpec(
                separator, header, target, features, other, categories, classification, dropMissing, holdOut, text);
    }

    public CsvSpec withCategories(List<String> other) {
        return new CsvSpec(
                separator, header, target, features, leftOut, other, classification, dropMissing, holdOut, text);
    }

    public CsvSpec withClassification(boolean other) {
        return new CsvSpec(separator, header, target, features, leftOut, categories, other, dropMissing, holdOut, text);
    }

    public CsvSpec withDropMissing(boolean other) {
        return new CsvSpec(
                separator, header, target, features, leftOut, categories, classification, other, holdOut, text);
    }

    public CsvSpec withHoldOut(double other) {
        return new CsvSpec(
                separator, header, target, features, leftOut, categories, classification, dropMissing, other, text);
    }

    public CsvSpec withText(TextColumn other) {
        return new CsvSpec(
                separator,
                header,
                target,
                features,
                leftOut,
                categories,
                classification,
                dropMissing,
                holdOut,
                Optional.of(other));
    }
}
