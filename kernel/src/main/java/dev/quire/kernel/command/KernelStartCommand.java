package dev.quire.kernel.command;

import dev.quire.QuireException;
import dev.quire.kernel.jupyter.KernelProcess;
import dev.quire.kernel.jupyter.wire.ConnectionFile;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** What a kernelspec starts. */
@Command(name = "start", description = "Serve a Jupyter front end; Jupyter itself calls this.", hidden = true)
final class KernelStartCommand implements Callable<Integer> {
    @Parameters(paramLabel = "CONNECTION_FILE", description = "The file with ports and key that Jupyter has written.")
    private Path connection = Path.of("");

    @Override
    public Integer call() {
        return start(connection);
    }

    /** Serves until the front end is done; the exit code of the process. */
    static int start(Path connection) {
        try {
            KernelProcess.serve(connection, ConnectionFile.read(connection));
            return 0;
        } catch (QuireException e) {
            System.err.println("quire kernel start: " + e.getMessage());
            return Main.USAGE;
        } catch (InterruptedException e) {
            return Main.INTERRUPTED;
        }
    }
}
