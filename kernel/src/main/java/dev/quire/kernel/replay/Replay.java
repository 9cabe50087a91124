package dev.quire.kernel.replay;

import dev.quire.QuireException;
import dev.quire.kernel.notebook.Notebook;
import dev.quire.kernel.notebook.NotebookRunner;
import dev.quire.kernel.notebook.NotebookRunner.Ending;
import dev.quire.kernel.terminal.Terminal;
import dev.quire.run.Run;
import dev.quire.run.Runs;
import dev.quire.run.StoredRun;
import dev.quire.run.record.NotebookFile;
import dev.quire.run.record.Replaying;
import dev.quire.run.replay.Comparison;
import dev.quire.run.replay.PackedRecord;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** One replay, in folders of its own, which go when it is closed. */
public final class Replay implements AutoCloseable {
    private final Path folder;
    private final PackedRecord record;
    private final PrintStream out;
    private final NotebookRunner runner;

    /** How it ended. */
    public enum Outcome {
        SAME,
        OTHER,
        INTERRUPTED
    }

    private Replay(Path folder, PackedRecord record, Terminal terminal) throws InterruptedException {
        this.folder = folder;
        this.record = record;
        this.out = terminal.out();
        this.runner = new NotebookRunner(terminal);
    }

    /**
     * Opens a record and a clean session.
     *
     * @param said an exported record, its folder, or the name of a run
     * @throws QuireException when there is none, or it is refused
     */
    public static Replay open(String said, Terminal terminal) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("quire-replay");
        try {
            PackedRecord record = PackedRecord.open(said, Files.createDirectory(folder.resolve("record")));
            return new Replay(folder, record, terminal);
        } catch (RuntimeException | InterruptedException | IOException e) {
            delete(folder);
            throw e;
        }
    }

    /** Stops the cell that runs, from any thread. */
    public void interrupt() {
        runner.interrupt();
    }

    /**
     * Runs the cells again and compares.
     *
     * @param publicKey what the record must be signed with; empty where it need not be
     * @throws QuireException when the record holds no cells, or the key is none
     */
    public Outcome run(Optional<Path> publicKey) {
        StoredRun recorded = record.run();
        out.printf(
                "run %s: %s, %,d steps in %d epochs%n",
                recorded.name(),
                recorded.state().replace('_', ' '),
                recorded.losses().length,
                recorded.history().epochs());
        record.notes().forEach(note -> out.println("note: " + note));
        record.altered().forEach(line -> out.println("altered: " + line));
        Notebook notebook = Notebook.of(record.notebook(), "notebook.ipynb");
        notebook.removeTagged(NotebookFile.INTERRUPTED);
        notebook.endAfter(NotebookFile.STARTED);
        List<String> edited = Edits.of(notebook.code(), recorded);
        edited.forEach(line -> out.println("altered: " + line));
        if (publicKey.isPresent() && !isTrusted(publicKey.get(), edited)) {
            return Outcome.OTHER;
        }
        if (notebook.code().isEmpty()) {
            throw new QuireException("the record of run " + recorded.name() + " holds no cells, so nothing can be run"
                    + " again: it was started outside of a session, by a Java program or in the JDK's own jshell");
        }
        Path runs = folder.resolve("runs");
        try (Replaying replaying = Replaying.in(runs)) {
            Ending ending = runner.run(notebook, Map.of());
            if (ending instanceof Ending.Cancelled) {
                out.println("interrupted: nothing is compared");
                return Outcome.INTERRUPTED;
            }
            awaitBackground();
            return compare(recorded, ending, runs);
        }
    }

    private boolean isTrusted(Path publicKey, List<String> edited) {
        if (!record.run().isSignedBy(publicKey)) {
            out.println("not run: the record is not signed with the key of " + publicKey);
            return false;
        }
        if (!record.altered().isEmpty() || !edited.isEmpty()) {
            out.println("not run: the record is signed, but was altered since");
            return false;
        }
        out.println("signed with the key of " + publicKey);
        return true;
    }

    /** Of runs in the background, the cell has ended long before they have. */
    private void awaitBackground() {
        for (Run run : Runs.all()) {
            if (run.isTraining()) {
                out.println("run " + run.name() + " goes on in the background: waiting for its end");
                try {
                    run.await();
                } catch (QuireException failed) {
                    out.println(failed.getMessage());
                }
            }
        }
    }

    private Outcome compare(StoredRun recorded, Ending ending, Path runs) {
        Optional<StoredRun> found = Found.in(runs, recorded);
        if (ending instanceof Ending.Stopped stopped) {
            out.println("cell " + stopped.cell() + " of " + stopped.cells() + " failed:");
            out.println(stopped.error().text().indent(2).stripTrailing());
        }
        if (found.isEmpty()) {
            out.println("not comparable: "
                    + (ending instanceof Ending.Stopped
                            ? "the run cannot be begun again. It was trained on " + Conditions.data(recorded)
                            : "the cells started no run that is recorded"));
            return Outcome.OTHER;
        }
        StoredRun replayed = found.get();
        Conditions.differences(recorded, replayed).forEach(out::println);
        Comparison comparison = Comparison.of(recorded, replayed);
        comparison.lines().forEach(out::println);
        boolean isSound = record.altered().isEmpty();
        if (comparison.isSame() && !isSound) {
            out.println("but parts of the record were altered: see above");
        }
        return comparison.isSame() && isSound ? Outcome.SAME : Outcome.OTHER;
    }

    @Override
    public void close() throws IOException {
        runner.close();
        delete(folder);
    }

    private static void delete(Path folder) throws IOException {
        List<Path> all = new ArrayList<>();
        try (Stream<Path> found = Files.walk(folder)) {
            found.sorted(Comparator.reverseOrder()).forEach(all::add);
        }
        for (Path each : all) {
            Files.deleteIfExists(each);
        }
    }
}
