package dev.quire.view;

/**
 * Where values are shown: a terminal, a notebook being executed, a Jupyter front end. The front end installs itself
 * with {@code Screens.use}.
 */
public interface Screen {
    /** Shows a value; what it shows can be replaced later, from any thread. */
    Live show(Display display);

    /** Whether a line can be drawn over: false where output goes to a file or a pipe. */
    boolean isInteractive();

    /** One thing on a screen that can be redrawn in place. */
    interface Live {
        /** Replaces what is shown. A screen that cannot redraw shows the last one when {@link #close} is called. */
        void update(Display display);

        /** Nothing more will come. */
        void close();
    }
}
