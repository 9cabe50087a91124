package dev.quire.kernel.command;

import dev.quire.kernel.replay.Replay;
import dev.quire.kernel.terminal.Terminal;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "replay",
        description = {
            "Run the cells of a record again, and say step by step and metric by metric whether it came out the same.",
            "Exit code 0 where it is identical or within 1e-6, 1 where not. Cells do whatever they say: read those of a"
                    + " stranger first."
        })
final class ReplayCommand implements Callable<Integer> {
    @Parameters(paramLabel = "RECORD", description = "An exported record, its folder, or the name of a run.")
    private String record = "";

    @Option(
            names = "--public-key",
            paramLabel = "FILE",
            description = "Run it only where it is signed with the key of this one (Ed25519, PEM) and unaltered.")
    private @Nullable Path publicKey;

    @Override
    public Integer call() throws Exception {
        try (Replay replay = Replay.open(record, Terminal.standard());
                ControlC control = ControlC.handledBy(replay::interrupt)) {
            return switch (control.during(() -> replay.run(Optional.ofNullable(publicKey)))) {
                case SAME -> 0;
                case OTHER -> Main.FAILED;
                case INTERRUPTED -> Main.INTERRUPTED;
            };
        }
    }
}
