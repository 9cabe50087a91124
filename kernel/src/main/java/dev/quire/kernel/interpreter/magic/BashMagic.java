package dev.quire.kernel.interpreter.magic;

import dev.quire.QuireException;
import dev.quire.kernel.session.CellResult;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Runs the rest of the cell in bash. What it prints appears as it comes; it has nothing to read. */
public record BashMagic() implements Magic {
    private static final int BUFFER = 8192;
    /** What a process that was left in the background may still hold open. */
    private static final long LAST_OUTPUT_MILLIS = 500;

    private static final long GRACE_MILLIS = 500;

    @Override
    public String name() {
        return "%%bash";
    }

    @Override
    public String usage() {
        return "%%bash";
    }

    @Override
    public String purpose() {
        return "Runs the lines below in bash; a status other than 0 is an error.";
    }

    @Override
    public CellResult run(Call call) throws InterruptedException {
        call.expectNoArgument();
        Process process = start(call.body());
        Thread out = copy(process.getInputStream(), System.out, "out");
        Thread err = copy(process.getErrorStream(), System.err, "err");
        try {
            int status = process.waitFor();
            out.join(LAST_OUTPUT_MILLIS);
            err.join(LAST_OUTPUT_MILLIS);
            if (status != 0) {
                throw new QuireException("bash ended with status " + status);
            }
            return Call.done();
        } finally {
            end(process);
        }
    }

    private static Process start(String script) {
        try {
            return new ProcessBuilder("bash", "-c", script)
                    .redirectInput(Redirect.from(new File("/dev/null")))
                    .start();
        } catch (IOException e) {
            throw new QuireException("%%bash: bash cannot be started: " + e.getMessage(), e);
        }
    }

    private static Thread copy(InputStream from, PrintStream to, String name) {
        Thread thread = new Thread(
                () -> {
                    byte[] buffer = new byte[BUFFER];
                    try (from) {
                        for (int n = from.read(buffer); n >= 0; n = from.read(buffer)) {
                            to.write(buffer, 0, n);
                            to.flush();
                        }
                    } catch (IOException e) {
                        throw new UncheckedIOException("the output of bash cannot be read", e);
                    }
                },
                "quire-bash-" + name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    /** Ends bash and all it has started, first politely, where it still runs. */
    private static void end(Process process) {
        if (!process.isAlive()) {
            return;
        }
        List<ProcessHandle> all = Stream.concat(process.descendants(), Stream.of(process.toHandle()))
                .toList();
        all.forEach(ProcessHandle::destroy);
        Thread killer = new Thread(() -> kill(all), "quire-bash-end");
        killer.setDaemon(true);
        killer.start();
    }

    private static void kill(List<ProcessHandle> all) {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(GRACE_MILLIS);
        for (ProcessHandle each : all) {
            try {
                each.onExit().get(Math.max(1, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
            } catch (Exception e) {
                each.destroyForcibly();
            }
        }
    }
}
