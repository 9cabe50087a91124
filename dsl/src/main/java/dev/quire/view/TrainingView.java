package dev.quire.view;

/**
 * Training as it is watched: in a terminal a line for each finished epoch and one bar below, in a notebook one display
 * that is redrawn. It can be told every step: it draws at most ten times a second. One thread at a time.
 */
public interface TrainingView {
    /** The run has moved on. */
    void update(TrainingState state);

    /**
     * The run has ended; nothing more will come.
     *
     * @param ending why it ended, in a sentence
     */
    void end(TrainingState state, String ending);

    /** Begins to show a run on a screen. */
    static TrainingView on(Screen screen, TrainingState start) {
        return screen.showsHtml()
                ? new NotebookTraining(screen, start, "", System::nanoTime)
                : new TerminalTraining(screen, start, System::nanoTime);
    }

    /**
     * Begins to show a run that others go on beside: its display carries its name. In a terminal only its end is said.
     */
    static TrainingView inBackground(Screen screen, TrainingState start, String name) {
        return screen.showsHtml()
                ? new NotebookTraining(screen, start, name, System::nanoTime)
                : new QuietTraining(screen, name);
    }
}
