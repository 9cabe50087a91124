package dev.quire.kernel.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.quire.QuireException;
import dev.quire.kernel.notebook.Notebook;
import dev.quire.kernel.notebook.NotebookRunner;
import dev.quire.kernel.replay.Replay.Outcome;
import dev.quire.kernel.terminal.Terminal;
import dev.quire.run.RunFolder;
import dev.quire.run.StoredRun;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class ReplayTest {
    private static final String NET =
            "var data = digits(); var net = sequential(flatten(), dense(16), relu(), dropout(0.1), dense(10));";

    @TempDir
    Path place;

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private String before = "";

    @BeforeEach
    void recordHere() {
        before = System.getProperty("quire.runs", "");
        System.setProperty("quire.runs", place.resolve("runs").toString());
    }

    @AfterEach
    void recordThere() {
        System.setProperty("quire.runs", before);
    }

    private static Terminal terminal(OutputStream out) {
        return new Terminal(new PrintStream(out, true, StandardCharsets.UTF_8), false, 80, true);
    }

    /** Runs cells as a notebook and packs the record of the run called a. */
    private Path recorded(String... cells) throws InterruptedException {
        ObjectNode root =
                new ObjectMapper().createObjectNode().put("nbformat", 4).put("nbformat_minor", 5);
        root.putObject("metadata");
        ArrayNode array = root.putArray("cells");
        for (String cell : cells) {
            array.addObject().put("cell_type", "code").put("source", cell).putObject("metadata");
        }
        try (NotebookRunner runner = new NotebookRunner(terminal(OutputStream.nullOutputStream()))) {
            NotebookRunner.Ending ending = runner.run(Notebook.of(root.toString(), "test"), Map.of());
            assertThat(ending).isEqualTo(new NotebookRunner.Ending.Finished(cells.length));
        }
        return stored().record(place.resolve("record.zip").toString());
    }

    private StoredRun stored() {
        return StoredRun.of(new RunFolder(place.resolve("runs/a")));
    }

    private Outcome replay(String said, Optional<Path> key) throws IOException, InterruptedException {
        try (Replay replay = Replay.open(said, terminal(printed))) {
            return replay.run(key);
        }
    }

    private String printed() {
        return printed.toString(StandardCharsets.UTF_8);
    }

    private static void edit(Path zip, String part, UnaryOperator<String> change) {
        try (FileSystem inside = FileSystems.newFileSystem(zip)) {
            Path file = inside.getPath(part);
            String text = Files.readString(file);
            assertThat(change.apply(text)).isNotEqualTo(text);
            Files.writeString(file, change.apply(text));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void a_record_made_by_a_notebook_replays_identically_and_leaves_nothing_behind() throws Exception {
        Path zip = recorded(NET, "var run = train(net, data, epochs(3), seed(1), name(\"a\"));", "run.metrics()");
        assertThat(replay(zip.toString(), Optional.empty())).isEqualTo(Outcome.SAME);
        assertThat(printed())
                .contains("run a: completed, 69 steps in 3 epochs")
                .contains("[1/2] var data = digits()")
                .contains("[2/2] var run = train(")
                .endsWith("identical: 69 steps, 5 metrics, weights\n")
                .doesNotContain("environment:", "specification:", "altered", "run.metrics");
        try (Stream<Path> runs = Files.list(place.resolve("runs"))) {
            assertThat(runs).containsExactly(place.resolve("runs/a"));
        }
        assertThat(RunFolder.root()).isEqualTo(place.resolve("runs"));
    }

    @Test
    void a_run_in_the_background_replays_and_so_does_one_named_by_its_folder() throws Exception {
        recorded(NET, "var run = trainAsync(net, data, epochs(2), name(\"a\"));", "run.await();");
        assertThat(replay(place.resolve("runs/a").toString(), Optional.empty())).isEqualTo(Outcome.SAME);
        assertThat(replay("a", Optional.empty())).isEqualTo(Outcome.SAME);
    }

    @Test
    void an_altered_seed_diverges_at_step_1_and_what_was_altered_is_named() throws Exception {
        Path zip = recorded(NET, "var run = train(net, data, epochs(2), seed(1), name(\"a\"));");
        edit(zip, "notebook.ipynb", text -> text.replace("seed(1)", "seed(2)"));
        assertThat(replay(zip.toString(), Optional.empty())).isEqualTo(Outcome.OTHER);
        assertThat(printed())
                .contains("altered: cell 2 of the notebook is not what the record says\n")
                .contains("specification: seed 2 instead of 1\n")
                .containsPattern("\ndiverged at step 1: loss \\d\\.\\d+ instead of \\d\\.\\d+\n")
                .contains("  val_accuracy from epoch 1: ");
    }

    @Test
    void an_altered_record_is_named_and_never_called_the_same() throws Exception {
        Path zip = recorded(NET, "var run = train(net, data, epochs(1), name(\"a\"));");
        edit(zip, "runs/a/environment.json", text -> text.replaceAll("\"threads\" : \\d+", "\"threads\" : 999"));
        assertThat(replay(zip.toString(), Optional.empty())).isEqualTo(Outcome.OTHER);
        assertThat(printed())
                .contains("altered: environment.json was altered\n")
                .containsPattern("environment: threads \\d+ instead of 999\n")
                .endsWith("but parts of the record were altered: see above\n");
    }

    @Test
    void a_record_that_is_not_signed_with_the_key_is_not_run() throws Exception {
        Path zip = recorded(
                NET, "System.setProperty(\"quire.test.ran\", \"yes\"); train(net, data, epochs(1), name(\"a\"));");
        Path key = place.resolve("key.pem");
        byte[] bytes = KeyPairGenerator.getInstance("Ed25519")
                .generateKeyPair()
                .getPublic()
                .getEncoded();
        Files.writeString(
                key,
                "-----BEGIN PUBLIC KEY-----\n" + Base64.getEncoder().encodeToString(bytes)
                        + "\n-----END PUBLIC KEY-----\n");
        System.clearProperty("quire.test.ran");
        assertThat(replay(zip.toString(), Optional.of(key))).isEqualTo(Outcome.OTHER);
        assertThat(printed()).endsWith("not run: the record is not signed with the key of " + key + "\n");
        assertThat(System.getProperty("quire.test.ran")).isNull();
    }

    @Test
    void data_that_has_gone_is_named() throws Exception {
        Path table =
                Files.writeString(place.resolve("table.csv"), "a,b,c\n" + "1,2,x\n2,1,y\n3,5,x\n4,0,y\n".repeat(40));
        Path zip = recorded(
                "var data = csv(\"" + table + "\", target(\"c\"));", "train(dense(2), data, epochs(1), name(\"a\"));");
        Files.delete(table);
        assertThat(replay(zip.toString(), Optional.empty())).isEqualTo(Outcome.OTHER);
        assertThat(printed())
                .contains("cell 1 of 2 failed:")
                .contains("not comparable: the run cannot be begun again. It was trained on table");
    }

    @Test
    void a_record_without_cells_says_why_it_cannot_be_replayed() throws Exception {
        recorded(NET, "train(net, data, epochs(1), name(\"a\"));");
        Files.writeString(place.resolve("runs/a/cells.json"), "{\"before\":[]}");
        assertThatThrownBy(() -> replay("a", Optional.empty()))
                .isInstanceOf(QuireException.class)
                .hasMessageContaining("holds no cells, so nothing can be run again");
    }

    @Test
    void an_export_in_a_cell_is_left_out_of_its_replay() throws Exception {
        Path other = place.resolve("other.zip");
        Path zip = recorded(NET, "var run = train(net, data, epochs(1), name(\"a\"));\nrun.record(\"" + other + "\");");
        Files.delete(other);
        assertThat(replay(zip.toString(), Optional.empty())).isEqualTo(Outcome.SAME);
        assertThat(other).doesNotExist();
    }
}
