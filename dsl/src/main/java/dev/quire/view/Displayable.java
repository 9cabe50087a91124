package dev.quire.view;

/** A value that knows how it is shown. A user's own type takes part by implementing this. */
@FunctionalInterface
public interface Displayable {
    Display display();
}
