package dev.quire.kernel.notebook;

import dev.quire.kernel.interpreter.Interpreter;
import dev.quire.kernel.session.CellError;
import dev.quire.kernel.session.CellResult;
import dev.quire.kernel.session.CellResult.Done;
import dev.quire.kernel.session.CellResult.Failed;
import dev.quire.kernel.session.CellResult.Interrupted;
import dev.quire.kernel.terminal.Terminal;
import dev.quire.view.Screen;
import dev.quire.view.Screens;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Executes the code cells of a notebook in order and puts what they print, show and give into it. */
public final class NotebookRunner implements AutoCloseable {
    private static final CellError INTERRUPTED = new CellError("Interrupted", "the cell was interrupted", List.of());

    private final Interpreter interpreter;
    private final Terminal terminal;
    private volatile CellOutputs outputs = new CellOutputs();

    /** How the run of a notebook ended. */
    public sealed interface Ending {
        /** All cells ran. */
        record Finished(int cells) implements Ending {}

        /** A cell failed, and those after it did not run. */
        record Stopped(int cell, int cells, CellError error) implements Ending {}

        /** A cell was interrupted, and those after it did not run. */
        record Cancelled(int cell, int cells) implements Ending {}
    }

    /**
     * @param terminal where progress is shown
     */
    public NotebookRunner(Terminal terminal) throws InterruptedException {
        this.terminal = terminal;
        this.interpreter = Interpreter.open();
    }

    /** Stops the cell that runs, from any thread. */
    public void interrupt() {
        interpreter.interrupt();
    }

    /**
     * Runs the notebook and leaves the outputs in it.
     *
     * @param parameters values for the variables of the cell tagged {@code parameters}
     * @throws dev.quire.QuireException if a parameter does not fit; then no cell ran
     */
    public Ending run(Notebook notebook, Map<String, String> parameters) {
        try {
            Parameters.inject(notebook, parameters, interpreter.session());
        } catch (InterruptedException e) {
            return new Ending.Cancelled(0, 0);
        }
        notebook.stamp();
        notebook.cells().stream().filter(NotebookCell::isCode).forEach(NotebookCell::clear);
        List<NotebookCell> cells =
                notebook.cells().stream().filter(NotebookCell::isRunnable).toList();
        Screen before = Screens.current();
        try (Progress progress = new Progress(terminal, cells.size());
                StandardStreams streams = new StandardStreams((name, text) -> outputs.print(name, text))) {
            Screens.use(new NotebookScreen(() -> outputs, display -> progress.status(display.plain())));
            return run(cells, progress);
        } finally {
            Screens.use(before);
        }
    }

    private Ending run(List<NotebookCell> cells, Progress progress) {
        for (int i = 0; i < cells.size(); i++) {
            NotebookCell cell = cells.get(i);
            int count = i + 1;
            outputs = new CellOutputs();
            progress.start(count, cell.source());
            CellResult result = result(count, cell);
            record(count, result);
            cell.finish(count, outputs.json());
            if (result instanceof Interrupted) {
                progress.end("interrupted");
                return new Ending.Cancelled(count, cells.size());
            }
            if (result instanceof Failed failed && !cell.hasTag(NotebookCell.RAISES)) {
                progress.end("failed");
                return new Ending.Stopped(count, cells.size(), failed.error());
            }
            progress.end("");
        }
        return new Ending.Finished(cells.size());
    }

    private CellResult result(int count, NotebookCell cell) {
        try {
            return interpreter.run(count, cell.source(), cell.id());
        } catch (InterruptedException e) {
            return new Interrupted();
        }
    }

    private void record(int count, CellResult result) {
        if (result instanceof Failed failed) {
            outputs.error(failed.error());
        } else if (result instanceof Interrupted) {
            outputs.error(INTERRUPTED);
        } else if (result instanceof Done done) {
            done.notes().forEach(note -> outputs.print(CellOutputs.STDERR, note + "\n"));
            Optional.ofNullable(done.value()).ifPresent(value -> outputs.result(count, value.display()));
        }
    }

    @Override
    public void close() {
        interpreter.close();
    }
}
