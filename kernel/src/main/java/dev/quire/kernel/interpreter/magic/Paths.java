package dev.quire.kernel.interpreter.magic;

import dev.quire.QuireException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Paths as a user writes them. */
final class Paths {
    private Paths() {}

    /** A path; {@code ~} stands for the home folder. */
    static Path of(String text) {
        String home = System.getProperty("user.home");
        try {
            return text.equals("~") || text.startsWith("~/") ? Path.of(home + text.substring(1)) : Path.of(text);
        } catch (InvalidPathException e) {
            throw new QuireException("'" + text + "' is not a path: " + e.getReason(), e);
        }
    }
}
