package dev.quire.kernel.shell;

import dev.quire.kernel.machine.Build;
import dev.quire.kernel.session.Session;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.prefs.Preferences;
import jdk.jshell.tool.JavaShellToolBuilder;

/** The JShell tool with its completion, history and editor, started with the script of a {@link Session}. */
public final class Shell {
    /** The JDK says on first use that it has created a folder for preferences, or why it cannot. */
    private static final Logger PREFERENCES = Logger.getLogger("java.util.prefs");

    private Shell() {}

    /**
     * Runs until the user leaves.
     *
     * @return the exit code the user asked for
     */
    public static int run() throws Exception {
        PREFERENCES.setLevel(Level.OFF);
        Path startup = Files.writeString(Files.createTempFile("quire", ".jsh"), Session.script());
        try {
            System.out.println("Quire " + Build.version() + " — TAB completes, /exit leaves");
            return JavaShellToolBuilder.builder()
                    .out(new PrintStream(new PlainErrors(System.out), true, StandardCharsets.UTF_8))
                    .persistence(Preferences.userRoot().node("dev/quire/shell"))
                    .start(
                            "--execution",
                            ShellControl.NAME,
                            "--class-path",
                            System.getProperty("java.class.path"),
                            "--startup",
                            startup.toString(),
                            "--feedback",
                            "concise");
        } finally {
            Files.deleteIfExists(startup);
        }
    }
}
