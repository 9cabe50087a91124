package dev.quire.bench;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Data that is made when first wanted, and shared. */
final class Lazy<T> {
    private final Supplier<T> make;
    private @Nullable T value;

    Lazy(Supplier<T> make) {
        this.make = make;
    }

    T value() {
        T known = value;
        if (known == null) {
            known = make.get();
            value = known;
        }
        return known;
    }
}
