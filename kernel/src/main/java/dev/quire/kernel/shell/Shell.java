package dev.quire.kernel.shell;

import dev.quire.kernel.history.History;
import dev.quire.kernel.history.HistoryFile;
import dev.quire.kernel.history.LateHistory;
import dev.quire.kernel.history.MemoryHistory;
import dev.quire.kernel.session.weave.Refusals;
import dev.quire.view.TerminalScreen;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jline.terminal.impl.DumbTerminal;
import org.jspecify.annotations.Nullable;

/** The prompt of {@code ./quire shell}: for a person at a terminal, or for text that comes through a pipe. */
public final class Shell {
    private static final String WARM_UP = "/vars\nvar x = 2;\nx + 1\nnowhere()\n/exit\n";

    /** Where there is no terminal after all, it makes do, and need not say so. */
    private static final Logger LINES = Logger.getLogger("org.jline");

    private Shell() {}

    /**
     * Runs until the user leaves, or the input has ended.
     *
     * @return the exit code the user asked for; 1 where the input ended in the middle of a snippet
     */
    public static int run() throws IOException, InterruptedException {
        Refusals.remedy("leave with /exit");
        return TerminalScreen.system().isInteractive() ? converse() : read(System.in);
    }

    private static int converse() throws IOException, InterruptedException {
        LINES.setLevel(Level.OFF);
        LateHistory history = new LateHistory(Shell::history);
        Charset charset = charset();
        Terminal terminal = TerminalBuilder.builder()
                .name("Quire")
                .system(true)
                .providers("jni,exec")
                .encoding(charset)
                .build();
        try (Conversation conversation = new Conversation(terminal, charset, isColored(), history)) {
            return conversation.run();
        }
    }

    private static int read(InputStream in) throws IOException, InterruptedException {
        Printer printer = new Printer(System.out, System.err, false);
        try (Prompt prompt = new Prompt(printer, new MemoryHistory())) {
            return new Script(prompt, new Commands(prompt))
                    .run("", () -> line(in))
                    .orElse(0);
        }
    }

    /** Byte by byte: what comes behind the line belongs to a snippet that reads its input. */
    private static @Nullable String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        int next = in.read();
        if (next < 0) {
            return null;
        }
        for (; next >= 0 && next != '\n'; next = in.read()) {
            line.write(next);
        }
        String text = line.toString(StandardCharsets.UTF_8);
        return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
    }

    private static History history() {
        try {
            return HistoryFile.open(HistoryFile.place());
        } catch (IOException | UncheckedIOException e) {
            System.err.println("the history of what is typed is not kept: " + e.getMessage());
            return new MemoryHistory();
        }
    }

    /** JDK 17 writes as {@code file.encoding} says, which the launcher sets. */
    private static Charset charset() {
        return Charset.forName(
                System.getProperty("stdout.encoding", Charset.defaultCharset().name()));
    }

    private static boolean isColored() {
        return System.getenv().getOrDefault("NO_COLOR", "").isEmpty();
    }

    /** Loads the classes that a prompt needs, for the class-data archive; nothing is seen of it. */
    public static void rehearse() throws IOException, InterruptedException {
        Terminal nowhere = new DumbTerminal(
                "rehearsal",
                "xterm-256color",
                new ByteArrayInputStream(WARM_UP.getBytes(StandardCharsets.UTF_8)),
                OutputStream.nullOutputStream(),
                StandardCharsets.UTF_8);
        PrintStream out = System.out;
        System.setOut(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
        try (Conversation conversation = new Conversation(nowhere, StandardCharsets.UTF_8, true, new MemoryHistory())) {
            conversation.run();
        } finally {
            System.setOut(out);
        }
    }
}
