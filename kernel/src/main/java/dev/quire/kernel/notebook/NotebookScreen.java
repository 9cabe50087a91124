package dev.quire.kernel.notebook;

import dev.quire.view.Display;
import dev.quire.view.Screen;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Shows in the outputs of the cell that runs. Of what is redrawn, the notebook keeps the last. */
final class NotebookScreen implements Screen {
    private final Supplier<CellOutputs> outputs;
    private final Consumer<Display> watcher;

    /**
     * @param outputs those of the cell that runs
     * @param watcher sees each update, so that a person who waits can be told
     */
    NotebookScreen(Supplier<CellOutputs> outputs, Consumer<Display> watcher) {
        this.outputs = outputs;
        this.watcher = watcher;
    }

    @Override
    public Live show(Display display) {
        Consumer<Display> replace = outputs.get().show(display);
        return new Live() {
            @Override
            public void update(Display next) {
                replace.accept(next);
                watcher.accept(next);
            }

            @Override
            public void close() {
                // The last update is what the notebook keeps.
            }
        };
    }

    /** Redrawing costs nothing here: only the last display is written. */
    @Override
    public boolean isInteractive() {
        return true;
    }
}
