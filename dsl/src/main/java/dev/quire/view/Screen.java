package dev.quire.view;

import dev.quire.QuireException;
import java.util.Optional;

/**
 * Where values are shown: a terminal, a notebook being executed, a Jupyter front end. The front end installs itself
 * with {@link Screens#use}.
 */
public interface Screen {
    /**
     * Shows something that will change; it can be replaced from any thread until it is closed, and must be closed.
     * What does not change is better {@link #print printed}.
     */
    Live show(Display display);

    /** Shows something that stays as it is. */
    default void print(Display display) {
        show(display).close();
    }

    /** Whether a line can be drawn over: false where output goes to a file or a pipe. */
    boolean isInteractive();

    /** Whether HTML and pictures are drawn: false in a terminal, where {@code text/plain} is all there is. */
    default boolean showsHtml() {
        return true;
    }

    /**
     * Takes away what the cell has shown so far. A terminal keeps what it has printed.
     *
     * @param wait whether the old is kept until something new is shown, which does not flicker
     */
    default void clear(boolean wait) {}

    /**
     * Asks the user for a line of text and waits for it.
     *
     * @param secret whether the answer is hidden while it is typed
     * @throws QuireException if nobody can be asked
     */
    default String ask(String prompt, boolean secret) {
        java.io.Console console = System.console();
        if (console == null) {
            throw new QuireException("nobody can be asked here (\"" + prompt
                    + "\"): there is no terminal. Give the value in the program instead.");
        }
        String answer = secret
                ? Optional.ofNullable(console.readPassword("%s", prompt))
                        .map(String::new)
                        .orElse(null)
                : console.readLine("%s", prompt);
        return Optional.ofNullable(answer).orElseThrow(() -> new QuireException("the input has ended"));
    }

    /** One thing on a screen that can be redrawn in place. */
    interface Live extends AutoCloseable {
        /** Replaces what is shown. A screen that cannot redraw shows the last one when {@link #close} is called. */
        void update(Display display);

        /** Nothing more will come: what is shown stays. Closing again does nothing. */
        @Override
        void close();
    }
}
