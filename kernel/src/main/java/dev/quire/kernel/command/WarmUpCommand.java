package dev.quire.kernel.command;

import dev.quire.kernel.jupyter.Rehearsal;
import dev.quire.kernel.notebook.Notebook;
import dev.quire.kernel.notebook.NotebookRunner;
import dev.quire.kernel.shell.Shell;
import dev.quire.kernel.terminal.Terminal;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Loads the classes that every start needs, for the launcher's class-data archive. */
@Command(name = "warm-up", hidden = true)
final class WarmUpCommand implements Callable<Integer> {
    private static final String NOTEBOOK = """
            {"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [
            {"cell_type": "code", "metadata": {"tags": ["parameters"]}, "source": "int epochs = 3;"},
            {"cell_type": "code", "metadata": {}, "source": "var list = new ArrayList<>(List.of(epochs));"},
            {"cell_type": "code", "metadata": {}, "source": "System.out.println(list); list.get(0)"},
            {"cell_type": "code", "metadata": {}, "source": "nowhere()"}]}
            """;

    /** Redefinition needs them at every start; here no agent is there to load them. */
    private static final List<String> OF_THE_AGENT = List.of(
            "java.lang.instrument.Instrumentation",
            "sun.instrument.InstrumentationImpl",
            "sun.instrument.TransformerManager",
            "sun.instrument.TransformerManager$TransformerInfo");

    @Override
    public Integer call() throws Exception {
        Main.execute("--version");
        Terminal nowhere = new Terminal(
                new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8), false, 80, true);
        try (NotebookRunner runner = new NotebookRunner(nowhere)) {
            Notebook notebook = Notebook.of(NOTEBOOK, "warm-up");
            runner.run(notebook, Map.of("epochs", "4"));
            notebook.text();
        }
        Shell.rehearse();
        Rehearsal.play();
        for (String name : OF_THE_AGENT) {
            Class.forName(name);
        }
        return 0;
    }
}
