package dev.quire.kernel.command;

import dev.quire.QuireException;
import dev.quire.kernel.notebook.Notebook;
import dev.quire.kernel.notebook.NotebookRunner;
import dev.quire.kernel.notebook.NotebookRunner.Ending.Cancelled;
import dev.quire.kernel.notebook.NotebookRunner.Ending.Finished;
import dev.quire.kernel.notebook.NotebookRunner.Ending.Stopped;
import dev.quire.kernel.terminal.Terminal;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "run",
        description = {
            "Execute a notebook and write its outputs into it.",
            "Exit code 1 where a cell fails; the notebook so far is written all the same."
        })
final class RunCommand implements Callable<Integer> {
    @Parameters(paramLabel = "NOTEBOOK", description = "The .ipynb file.")
    private Path notebook = Path.of("");

    @Option(
            names = {"-p", "--parameter"},
            paramLabel = "NAME=VALUE",
            description = "A value for a variable of the cell tagged \"parameters\".")
    private Map<String, String> parameters = new LinkedHashMap<>();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "NOTEBOOK",
            description = "Write the executed notebook here instead.")
    private @Nullable Path output;

    @Override
    public Integer call() throws InterruptedException {
        Path target = output == null ? notebook : output;
        Notebook content = Notebook.read(notebook);
        requireWritable(target);
        Terminal terminal = Terminal.standard();
        PrintStream err = System.err;
        try (NotebookRunner runner = new NotebookRunner(terminal);
                ControlC control = ControlC.handledBy(runner::interrupt)) {
            NotebookRunner.Ending ending = control.during(() -> runner.run(content, parameters));
            content.write(target);
            if (ending instanceof Finished finished) {
                terminal.out().println("wrote " + target + ": " + cells(finished.cells()));
                return 0;
            }
            if (ending instanceof Stopped stopped) {
                err.println(stopped.error().text());
                err.println(where("failed", stopped.cell(), stopped.cells(), target));
                return Main.FAILED;
            }
            Cancelled cancelled = (Cancelled) ending;
            err.println(where("was interrupted", cancelled.cell(), cancelled.cells(), target));
            return Main.INTERRUPTED;
        }
    }

    private static String where(String what, int cell, int cells, Path target) {
        return "cell " + cell + " of " + cells + " " + what + "; " + target + " holds the outputs up to there";
    }

    private static String cells(int count) {
        return count == 1 ? "1 cell" : count + " cells";
    }

    /** Better before an hour of training than after. */
    private static void requireWritable(Path target) {
        Path folder = target.toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            throw new QuireException(target + " cannot be written: there is no folder " + folder);
        }
        if (Files.isDirectory(target) || !Files.isWritable(Files.exists(target) ? target : folder)) {
            throw new QuireException(target + " cannot be written: name another file with -o");
        }
    }
}
