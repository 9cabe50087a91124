package dev.quire.kernel.jupyter;

import dev.quire.kernel.jupyter.wire.KernelLog;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A small file beside the connection file that says which cell runs. A native library that crashes takes the process
 * with it; the next one finds the file and can say what happened.
 */
final class RunningNote {
    private static final int LONGEST = 80;

    private final Path file;
    private final KernelLog log;

    RunningNote(Path connection, KernelLog log) {
        this.file = connection.resolveSibling(connection.getFileName() + ".running");
        this.log = log;
    }

    /** A cell begins. */
    void begin(int cell, String source) {
        String first = source.strip().lines().findFirst().orElse("");
        String shown = first.length() > LONGEST ? first.substring(0, LONGEST) + "…" : first;
        try {
            Files.writeString(file, ProcessHandle.current().pid() + "\n" + cell + "\n" + shown);
        } catch (IOException e) {
            log.say("cannot note which cell runs: " + e);
        }
    }

    /** The cell has ended, or the kernel is told to. */
    void end() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            log.say("cannot delete the note of the cell that ran: " + e);
        }
    }

    /** What an earlier process with this connection ran when it ended; empty where it ended in peace. */
    Optional<String> left() {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            String[] lines = Files.readString(file, StandardCharsets.UTF_8).split("\n", 3);
            end();
            if (lines.length < 3) {
                return Optional.empty();
            }
            Path report = Path.of("hs_err_pid" + lines[0] + ".log").toAbsolutePath();
            return Optional.of("The kernel before this one ended while In[" + lines[1] + "] ran: " + lines[2] + "\n"
                    + "A native library may have crashed, or the system had no memory left. "
                    + (Files.exists(report) ? "Java's report: " + report : "Variables are gone; run the cells again."));
        } catch (IOException e) {
            log.say("cannot read what ran before: " + e);
            return Optional.empty();
        }
    }
}
