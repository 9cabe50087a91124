package dev.quire.kernel.shell;

import dev.quire.kernel.history.History;
import dev.quire.kernel.machine.Build;
import dev.quire.view.Screen;
import dev.quire.view.Screens;
import dev.quire.view.TerminalScreen;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.util.OptionalInt;
import org.jline.reader.EndOfFileException;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Attributes;
import org.jline.terminal.Attributes.LocalFlag;
import org.jline.terminal.Terminal;
import org.jline.terminal.Terminal.Signal;

/** A person at a terminal: what is typed runs, until the person leaves. */
final class Conversation implements AutoCloseable {
    private static final int INTERRUPTED = 130;

    private final Terminal terminal;
    private final PrintStream before = System.out;
    private final Screen screenBefore = Screens.current();
    private final Above above;
    private final Prompt prompt;
    private final Commands commands;
    private final Editor editor;

    /**
     * @param charset how standard output is written
     * @param isColored whether the person wants colours
     */
    Conversation(Terminal terminal, Charset charset, boolean isColored, History history) {
        this.terminal = terminal;
        this.above = new Above(before, charset, this::isWriting, this::printAbove);
        PrintStream out = new PrintStream(above, true, charset);
        System.setOut(out);
        Screens.use(TerminalScreen.on(out, true));
        this.prompt = new Prompt(new Printer(out, out, isColored), history);
        this.commands = new Commands(prompt);
        this.editor = new Editor(prompt, commands, terminal);
    }

    /**
     * Goes on until the person leaves.
     *
     * @return the exit code that was asked for
     */
    int run() throws IOException, InterruptedException {
        terminal.handle(Signal.INT, signal -> stop());
        showNoControlC();
        System.out.println("Quire " + Build.version() + " — TAB completes, /help says more, /exit leaves");
        prompt.warm();
        while (true) {
            try {
                above.endLine();
                OptionalInt code = run(editor.read());
                if (code.isPresent()) {
                    return code.getAsInt();
                }
            } catch (UserInterruptException e) {
                if (e.getPartialLine().isBlank()) {
                    prompt.printer().note("Ctrl-D or /exit leaves");
                }
            } catch (EndOfFileException e) {
                return 0;
            }
        }
    }

    /** Else a ^C stands in what a training run draws. */
    private void showNoControlC() {
        Attributes attributes = terminal.getAttributes();
        attributes.setLocalFlag(LocalFlag.ECHOCTL, false);
        terminal.setAttributes(attributes);
    }

    private OptionalInt run(String text) throws InterruptedException {
        if (text.isBlank()) {
            return OptionalInt.empty();
        }
        if (Commands.isCommand(text)) {
            return commands.run(text);
        }
        prompt.run(text, Origin.TYPED);
        return OptionalInt.empty();
    }

    /** Ctrl-C: the first press ends the code, the second leaves it behind, the third leaves the process. */
    private void stop() {
        try {
            if (prompt.interrupt()) {
                new Thread(() -> System.exit(INTERRUPTED), "quire-leave").start();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean isWriting() {
        return editor.isReading();
    }

    private void printAbove(String text) {
        editor.printAbove(text);
    }

    @Override
    public void close() throws IOException {
        System.setOut(before);
        Screens.use(screenBefore);
        prompt.close();
        terminal.close();
    }
}
