package dev.quire.view;

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

    /** One thing on a screen that can be redrawn in place. */
    interface Live extends AutoCloseable {
        /** Replaces what is shown. A screen that cannot redraw shows the last one when {@link #close} is called. */
        void update(Display display);

        /** Nothing more will come: what is shown stays. Closing again does nothing. */
        @Override
        void close();
    }
}
