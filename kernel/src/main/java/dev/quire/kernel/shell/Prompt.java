package dev.quire.kernel.shell;

import dev.quire.kernel.history.History;
import dev.quire.kernel.interpreter.Interpreter;
import dev.quire.kernel.session.CellResult;
import dev.quire.kernel.session.CellResult.Done;
import dev.quire.kernel.session.CellResult.Failed;
import dev.quire.kernel.session.CellResult.Interrupted;
import dev.quire.kernel.session.assist.Assistant;
import dev.quire.kernel.session.assist.Readiness;
import dev.quire.kernel.session.assist.Readiness.State;
import dev.quire.view.Display;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Runs one snippet after another as the cells of a notebook, and prints what comes of each. */
final class Prompt implements AutoCloseable {
    private static final long QUIET_MILLIS = 500;

    /** The magic of a cell takes what follows up to a blank line. */
    private static final Pattern CELL_MAGIC = Pattern.compile("(?s)\\s*%%\\w.*");

    private static final Pattern ENDED = Pattern.compile("(?s).*\\R[ \\t]*");

    private final Printer printer;
    private final History history;
    private final List<Entry> entries = new ArrayList<>();
    private volatile Opening opening = new Opening();
    private volatile boolean isRunning;
    private int next = 1;

    /**
     * A snippet that has run.
     *
     * @param isDone whether it ran to its end
     */
    record Entry(int number, String source, boolean isDone) {}

    Prompt(Printer printer, History history) {
        this.printer = printer;
        this.history = history;
    }

    Printer printer() {
        return printer;
    }

    History history() {
        return history;
    }

    /** What has run in this session, in order. */
    List<Entry> entries() {
        return List.copyOf(entries);
    }

    /** The number that the next snippet will have. */
    int next() {
        return next;
    }

    Interpreter interpreter() throws InterruptedException {
        return opening.ready();
    }

    /**
     * Runs a snippet that is not blank, and prints what comes of it.
     *
     * @return whether it was left to end by itself, and not interrupted
     */
    boolean run(String source, Origin origin) throws InterruptedException {
        Interpreter ready = interpreter();
        int number = next++;
        isRunning = true;
        try {
            CellResult result = ready.run(number, origin.placed(source));
            entries.add(new Entry(number, source, result instanceof Done));
            remember(number, source, print(result, origin));
            return !(result instanceof Interrupted);
        } finally {
            isRunning = false;
        }
    }

    /** Gives the text of the value. */
    private String print(CellResult result, Origin origin) {
        System.out.flush();
        if (result instanceof Failed failed) {
            printer.error(failed.error(), origin);
        } else if (result instanceof Interrupted interrupted) {
            printer.note(interrupted.note().isEmpty() ? "interrupted" : "interrupted: " + interrupted.note());
        } else if (result instanceof Done done) {
            done.notes().forEach(note -> printer.note(origin.worded(note)));
            if (done.value() != null) {
                String text = done.value().display().plain();
                printer.say(text.stripTrailing());
                return text;
            }
        }
        return "";
    }

    /** A line that begins with a blank is not kept: it may hold a secret. */
    private void remember(int number, String source, String output) {
        if (Character.isWhitespace(source.charAt(0))) {
            return;
        }
        try {
            history.add(number, source, output);
        } catch (UncheckedIOException e) {
            printer.note("this is not in the history: " + e.getMessage());
        }
    }

    /**
     * Stops what runs, from any thread.
     *
     * @return whether there is nothing more to try
     */
    boolean interrupt() throws InterruptedException {
        return isRunning && interpreter().interrupt();
    }

    /** The white space that the next line begins with; empty where the text can be run as it is. */
    Optional<String> indent(String source) throws InterruptedException {
        if (CELL_MAGIC.matcher(source).matches()) {
            return ENDED.matcher(source).matches() ? Optional.empty() : Optional.of("");
        }
        String java = interpreter().java(source);
        Readiness readiness = assist(assistant -> assistant.readiness(java));
        return readiness.state() == State.INCOMPLETE ? Optional.of(readiness.indent()) : Optional.empty();
    }

    /** What is known of the name at a place of a text. */
    Optional<Display> inspect(String source, int cursor) throws InterruptedException {
        return assist(assistant -> assistant.inspect(source, cursor));
    }

    <T> T assist(Function<Assistant, T> question) throws InterruptedException {
        return interpreter().session().assist(question);
    }

    /** The first completion of a session takes several times as long as the next: better before somebody waits. */
    void warm() {
        Thread warming = new Thread(
                () -> {
                    try {
                        interpreter();
                        do {
                            Thread.sleep(QUIET_MILLIS);
                        } while (isRunning);
                        assist(assistant -> assistant.complete("seq", 3));
                    } catch (InterruptedException | IllegalStateException e) {
                        // The prompt has ended, or its session; the next question says why.
                        Thread.currentThread().interrupt();
                    }
                },
                "quire-warming");
        warming.setDaemon(true);
        warming.start();
    }

    /** Begins anew, with nothing declared. */
    void reset() {
        close();
        opening = new Opening();
        entries.clear();
        next = 1;
    }

    @Override
    public void close() {
        opening.close();
    }
}
