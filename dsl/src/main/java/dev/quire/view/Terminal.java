package dev.quire.view;

import java.io.Console;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What can be known of the terminal this process runs in. */
final class Terminal {
    /** Lines and columns. */
    record Size(int lines, int columns) {}

    private static final Size USUAL = new Size(24, 80);
    private static final File DEVICE = new File("/dev/tty");

    private Terminal() {}

    /** Whether standard input and output are a terminal that understands ANSI sequences. */
    static boolean isInteractive(@Nullable Console console, Map<String, String> environment) {
        return console != null
                && isTerminal(console)
                && !environment.getOrDefault("TERM", "dumb").equals("dumb");
    }

    /** Before Java 22 there is a console only where there is a terminal; since then one has to ask it. */
    private static boolean isTerminal(Console console) {
        try {
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (ReflectiveOperationException beforeJava22) {
            return true;
        }
    }

    /** The size as the environment says, else as the terminal driver says, else 24 by 80. */
    static Size size() {
        Map<String, String> environment = System.getenv();
        Size said = parse(environment.getOrDefault("LINES", "") + " " + environment.getOrDefault("COLUMNS", ""));
        return said != null ? said : asked();
    }

    private static Size asked() {
        if (!DEVICE.canRead()) {
            return USUAL;
        }
        try {
            Process stty = new ProcessBuilder("stty", "size")
                    .redirectInput(DEVICE)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!stty.waitFor(1, TimeUnit.SECONDS)) {
                stty.destroyForcibly();
                return USUAL;
            }
            Size size = parse(new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII));
            return size == null ? USUAL : size;
        } catch (IOException noSuchProgram) {
            return USUAL;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return USUAL;
        }
    }

    private static @Nullable Size parse(String text) {
        String[] words = text.strip().split(" ");
        if (words.length != 2 || !words[0].matches("[1-9]\\d{0,4}") || !words[1].matches("[1-9]\\d{0,4}")) {
            return null;
        }
        return new Size(Integer.parseInt(words[0]), Integer.parseInt(words[1]));
    }
}
