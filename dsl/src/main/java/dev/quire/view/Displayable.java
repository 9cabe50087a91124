package dev.quire.view;

/** A value that knows how it is shown. A user's own type takes part by implementing this. */
@FunctionalInterface
public interface Displayable {
    Display display();

    /** The {@code text/plain} alone, for a terminal; worth its own code where the rest takes time to draw. */
    default String plain() {
        return display().plain();
    }
}
