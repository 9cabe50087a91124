package dev.quire.view;

import java.util.List;

/**
 * A notebook that remembers what it was told to show, and when that was closed.
 *
 * @param shown all of it as text, in order
 */
public record RememberingScreen(List<String> shown) implements Screen {
    @Override
    public Live show(Display display) {
        shown.add(display.plain());
        return new Live() {
            @Override
            public void update(Display next) {
                shown.add(next.plain());
            }

            @Override
            public void close() {
                shown.add("closed");
            }
        };
    }

    @Override
    public boolean isInteractive() {
        return true;
    }
}
