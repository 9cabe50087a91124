package dev.quire.view;

/** Training in the background of a terminal, where somebody may be writing: nothing until it has ended. */
final class QuietTraining implements TrainingView {
    private final Screen screen;
    private final String title;
    private final Stopwatch stopwatch = new Stopwatch(System::nanoTime, 0);

    QuietTraining(Screen screen, String title) {
        this.screen = screen;
        this.title = title;
    }

    @Override
    public void update(TrainingState state) {
        // what has happened so far is asked of the run
    }

    @Override
    public void end(TrainingState state, String ending) {
        screen.print(Display.text(title + ": " + ending + " (" + Numbers.clock(stopwatch.elapsed()) + ")"));
    }
}
