package dev.quire.kernel.session;

import dev.quire.view.Display;

/** Keeps a value with a very long text from filling a notebook. */
final class Shortened {
    /** More than the words for collections and texts allow themselves. */
    private static final int MOST = 250_000;

    private static final int SHOWN = 10_000;

    private Shortened() {}

    /** The display, its text no longer than a person can read, and with the size named where it was. */
    static Display of(Display display) {
        String text = display.plain();
        return text.length() <= MOST
                ? display
                : display.with(
                        Display.TEXT,
                        text.substring(0, SHOWN) + "…\n(the first " + "%,d".formatted(SHOWN) + " of "
                                + "%,d".formatted(text.length()) + " characters)");
    }
}
