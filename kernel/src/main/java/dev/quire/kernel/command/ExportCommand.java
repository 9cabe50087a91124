package dev.quire.kernel.command;

import dev.quire.run.StoredRun;
import dev.quire.run.record.Export;
import dev.quire.run.replay.PackedRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "export",
        description = {
            "Pack the record of a run into a file that can be sent, read and replayed.",
            "It holds the record, the notebook, a script and a page that opens without a network."
        })
final class ExportCommand implements Callable<Integer> {
    @Parameters(paramLabel = "RUN", description = "The name of a run, or its folder.")
    private String run = "";

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "Where to; RUN.zip unless said.")
    private @Nullable Path output;

    @Option(names = "--no-weights", description = "Leave the checkpoints out, which take the most room.")
    private boolean isWithoutWeights;

    @Override
    public Integer call() throws IOException {
        StoredRun stored = PackedRecord.run(run);
        Path target = output == null ? Path.of(stored.name() + ".zip") : output;
        Path file = new Export(stored::reading, !isWithoutWeights).write(target);
        System.out.printf("wrote %s: %,d KB%s%n", file, Files.size(file) / 1000, cells(stored));
        List<String> remarks = stored.remarks();
        if (!remarks.isEmpty()) {
            System.out.println("the export says of its cells:");
            remarks.forEach(remark -> System.out.println("  " + remark));
        }
        return 0;
    }

    private static String cells(StoredRun run) {
        return run.cells().now().isPresent()
                ? "; ./quire replay runs it again"
                : "; it holds no cells, so it cannot be replayed";
    }
}
