package dev.quire.data.transform;

import dev.quire.QuireException;
import dev.quire.data.Field;

/** What transforms of images check. */
final class Images {
    private Images() {}

    static void require(Transform transform, Field input) {
        if (input.shape().rank() != 3) {
            throw new QuireException("%s is for images, of channels, height and width: %s has shape %s"
                    .formatted(transform, input.name(), input.shape()));
        }
    }

    /** Refuses a number that is not from low to high. */
    static void range(String what, double value, double low, double high) {
        if (!(value >= low && value <= high)) {
            throw new QuireException("%s(%s): must be from %s to %s".formatted(what, value, low, high));
        }
    }
}
