package dev.quire.data;

import dev.quire.data.image.ImageOption;
import dev.quire.data.image.ImageSpec;
import dev.quire.data.table.CsvOption;
import dev.quire.data.table.CsvSpec;

/**
 * The part that is kept for the test split, where the data does not say.
 *
 * @param fraction from 0, for none, to below 1
 */
public record HoldOut(double fraction) implements CsvOption, ImageOption {
    @Override
    public CsvSpec applyTo(CsvSpec spec) {
        return spec.withHoldOut(fraction);
    }

    @Override
    public ImageSpec applyTo(ImageSpec spec) {
        return spec.withHoldOut(fraction);
    }
}
