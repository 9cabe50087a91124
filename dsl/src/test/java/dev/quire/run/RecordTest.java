package dev.quire.run;

import static dev.quire.Quire.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.quire.QuireException;
import dev.quire.data.Dataset;
import dev.quire.data.Split;
import dev.quire.model.Layer;
import dev.quire.run.record.Cell;
import dev.quire.store.WholeFile;
import dev.quire.train.Loss;
import dev.quire.train.Option;
import dev.quire.train.RunEvent;
import dev.quire.train.StopReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class RecordTest {
    private static final Layer NET = sequential(flatten(), dense(16), relu(), dense(10));
    private static final Dataset DIGITS = digits();
    private static final String NAME = "mlp__crossEntropy__scratch";

    @TempDir
    Path root;

    @RegisterExtension
    final RunsBelow runs = new RunsBelow(() -> root);

    private static JsonNode json(Path file) throws IOException {
        return new ObjectMapper().readTree(file.toFile());
    }

    @Test
    void a_run_leaves_a_record_that_says_all_of_it() throws IOException {
        Cells.use(() -> new Cells.Told(
                List.of(new Cell(1, "var data = digits();", "done")),
                Optional.of(new Cell(2, "train(net, data)", "running"))));
        Run run = train(NET, DIGITS, epochs(3), seed(5), batch(32));
        Path folder = run.folder().orElseThrow().path();
        assertThat(folder).isEqualTo(root.resolve(NAME));
        assertThat(run.name()).isEqualTo(NAME);
        JsonNode state = json(folder.resolve("run.json"));
        assertThat(state.path("state").asText()).isEqualTo("completed");
        assertThat(state.path("sentence").asText()).isEqualTo("all epochs are done");
        JsonNode environment = json(folder.resolve("environment.json"));
        assertThat(environment.path("libtorch").asText()).startsWith("2.");
        assertThat(environment.path("seed").asLong()).isEqualTo(5);
        assertThat(environment.path("determinism").asText()).startsWith("identical bits with the same libtorch");
        assertThat(environment.toString()).doesNotContain(System.getProperty("user.name") + "@");
        assertThat(json(folder.resolve("data.json"))
                        .path("splits")
                        .path("train")
                        .asInt())
                .isEqualTo(1437);
        assertThat(json(folder.resolve("cells.json")).path("now").path("source").asText())
                .isEqualTo("train(net, data)");
        StoredRun stored = runs(NAME);
        assertThat(stored.spec()).isEqualTo(run.spec());
        assertThat(stored.model()).isEqualTo(NET);
        assertThat(stored.history()).isEqualTo(run.history());
        assertThat(stored.losses()).hasSize(3 * 45);
        assertThat(stored.differences()).isEmpty();
        assertThat(folder.resolve("checkpoints/last.safetensors")).exists();
        assertThat(folder.resolve("checkpoints/best.safetensors")).exists();
        assertThat(folder.resolve("figures/curves.svg")).exists();
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(file -> String.valueOf(file.getFileName())))
                    .filteredOn(name -> name.startsWith("events.out.tfevents."))
                    .hasSize(1);
        }
    }

    @Test
    void a_record_that_was_altered_shows_it() throws IOException {
        train(NET, DIGITS, epochs(1));
        Path folder = root.resolve(NAME);
        Files.writeString(
                folder.resolve("metrics.csv"),
                Files.readString(folder.resolve("metrics.csv")).replace('1', '2'));
        Files.writeString(folder.resolve("more.txt"), "more");
        Files.delete(folder.resolve("figures/curves.svg"));
        assertThat(runs(NAME).differences())
                .containsExactly("figures/curves.svg is missing", "metrics.csv was altered", "more.txt was added");
    }

    @Test
    void a_run_killed_while_its_list_is_written_has_not_ended_and_goes_on() throws IOException {
        Run whole = train(NET, DIGITS, epochs(2), seed(3));
        Path folder = root.resolve(NAME);
        Map<String, JsonNode> then =
                new ObjectMapper().readValue(folder.resolve("run.json").toFile(), new TypeReference<>() {});
        then.keySet().removeAll(Set.of("sentence", "ended", "epochs", "git"));
        then.put("state", TextNode.valueOf("training"));
        new ObjectMapper().writeValue(folder.resolve("run.json").toFile(), then);
        Files.move(folder.resolve("manifest.json"), folder.resolve(".manifest.json.7-7.quire-tmp"));
        assertThat(runs(NAME).state()).isEqualTo("crashed");

        train(NET, DIGITS, epochs(2), seed(3));
        StoredRun run = runs(NAME);
        assertThat(run.state()).isEqualTo("completed");
        assertThat(run.sentence()).isEqualTo("all epochs are done");
        assertThat(run.history()).isEqualTo(whole.history());
        assertThat(run.differences()).isEmpty();
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).noneMatch(WholeFile::isTemporary);
        }
    }

    @Test
    void a_record_says_that_it_ended_once_its_list_is_there() {
        Path folder = root.resolve(NAME);
        List<String> states = new ArrayList<>();
        train(NET, DIGITS, epochs(1), callback((event, control) -> {
            if (event instanceof RunEvent.Ended) {
                states.add(runs(NAME).state());
            }
        }));
        assertThat(states).containsExactly("training");
        assertThat(folder.resolve("manifest.json")).exists();
        assertThat(runs(NAME).state()).isEqualTo("completed");
    }

    @Test
    void a_record_can_be_signed() throws Exception {
        train(NET, DIGITS, epochs(1));
        RunFolder folder = runs(NAME).folder();
        KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        Path secret = pem("PRIVATE KEY", pair.getPrivate().getEncoded());
        Path open = pem("PUBLIC KEY", pair.getPublic().getEncoded());
        assertThat(Manifest.isSignedBy(folder, open)).isFalse();
        String outcome = Files.readString(folder.run());
        Manifest.write(folder, outcome, Optional.of(secret));
        assertThat(Manifest.isSignedBy(folder, open)).isTrue();
        Files.writeString(folder.manifest(), "{}");
        assertThat(Manifest.isSignedBy(folder, open)).isFalse();
        assertThatThrownBy(() ->
                        Manifest.write(folder, outcome, Optional.of(Files.writeString(root.resolve("no.pem"), "no"))))
                .isInstanceOf(QuireException.class)
                .hasMessageContaining("which is no private Ed25519 key in PEM");
    }

    private Path pem(String kind, byte[] content) throws IOException {
        return Files.writeString(
                root.resolve(kind.replace(' ', '-') + ".pem"),
                "-----BEGIN " + kind + "-----\n" + Base64.getMimeEncoder().encodeToString(content) + "\n-----END "
                        + kind + "-----\n");
    }

    @Test
    void a_name_that_is_taken_gets_a_number_and_two_at_once_never_the_same() throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(8);
        try {
            List<Callable<String>> asks = IntStream.range(0, 40)
                    .<Callable<String>>mapToObj(
                            i -> () -> RunFolder.create(root, "base").name())
                    .toList();
            List<String> names = new ArrayList<>();
            for (Future<String> answer : pool.invokeAll(asks)) {
                names.add(answer.get());
            }
            assertThat(names).doesNotHaveDuplicates().contains("base", "base-v1", "base-v39");
        } finally {
            pool.shutdown();
        }
        assertThat(train(NET, DIGITS, epochs(1), name("my run: no. 1?")).name()).isEqualTo("my-run-no.-1");
        assertThat(RunName.safe("../../etc/passwd")).isEqualTo("etc-passwd");
        assertThat(RunName.safe("CON")).isEqualTo("run-CON");
        assertThat(RunName.safe("??")).isEqualTo("run");
    }

    @Test
    void an_equal_run_is_recognised_and_compared() {
        Run first = train(NET, DIGITS, epochs(2), seed(1));
        assertThat(first.sentence()).isEqualTo("all epochs are done");
        Run again = train(NET, DIGITS, epochs(2), seed(1));
        assertThat(again.name()).isEqualTo(NAME + "-v1");
        assertThat(again.sentence()).isEqualTo("all epochs are done; it repeats " + NAME + " and came out the same");
        assertThat(train(NET, DIGITS, epochs(2), seed(2)).sentence()).isEqualTo("all epochs are done");
        assertThat(Repetition.difference(
                        first.history(), train(NET, DIGITS, epochs(2), seed(2)).history()))
                .startsWith("loss of epoch 1 is ");
    }

    @Test
    void an_equal_run_can_be_reused_or_replaced() {
        Run first = train(NET, DIGITS, epochs(2), seed(1));
        Run reused = train(NET, DIGITS, epochs(2), seed(1), reuse());
        assertThat(reused.name()).isEqualTo(NAME);
        assertThat(reused.history()).isEqualTo(first.history());
        assertThat(reused.evaluate(Split.TEST)).isEqualTo(first.evaluate(Split.TEST));
        assertThat(root.resolve(NAME + "-v1")).doesNotExist();
        Run replaced = train(NET, DIGITS, epochs(2), seed(1), overwrite());
        assertThat(replaced.name()).isEqualTo(NAME);
        assertThat(replaced.sentence()).isEqualTo("all epochs are done; it repeats " + NAME + " and came out the same");
        assertThat(root.resolve(NAME + "-v1")).doesNotExist();
    }

    @Test
    void a_recorded_run_is_reloaded_with_its_weights() {
        Run run = train(NET, DIGITS, epochs(3), best("accuracy"));
        Run reloaded = runs(NAME).reload();
        assertThat(reloaded.weights().get("1.weight")).isEqualTo(run.weights().get("1.weight"));
        assertThat(reloaded.evaluate(Split.TEST)).isEqualTo(run.evaluate(Split.TEST));
        assertThat(reloaded.sentence()).isEqualTo(run.sentence());
        assertThatThrownBy(() -> runs(NAME).reload(DIGITS.limit(100)))
                .isInstanceOf(QuireException.class)
                .hasMessage("run " + NAME + " was trained on other examples or transforms than digits has: give it the"
                        + " data it was trained on");
        assertThatThrownBy(() -> runs("mlp__crossEntropy__scrach"))
                .isInstanceOf(QuireException.class)
                .hasMessageEndingWith(", did you mean '" + NAME + "'?");
    }

    @Test
    void a_stopped_run_goes_on_where_it_stopped_and_ends_with_the_same_bits() {
        Option[] options = {epochs(4), seed(3), batch(16)};
        Run whole = train(NET, DIGITS, with(options, unrecorded()));
        Run stopped = train(NET, DIGITS, with(options, callback((event, control) -> {
            if (event instanceof RunEvent.Steps steps && steps.epoch() == 3) {
                control.stop("enough");
            }
        })));
        assertThat(stopped.history().epochs()).isEqualTo(2);
        Run resumed = train(NET, DIGITS, with(options, resume("last")));
        assertThat(resumed.name()).isEqualTo(stopped.name());
        assertThat(Repetition.difference(whole.history(), resumed.history())).isEmpty();
        assertThat(resumed.weights().get("1.weight")).isEqualTo(whole.weights().get("1.weight"));
        assertThat(runs(resumed.name()).losses()).hasSize(4 * 90);
        assertThat(runs(resumed.name()).history()).isEqualTo(resumed.history());
    }

    private static Option[] with(Option[] options, Option... more) {
        return Stream.concat(Stream.of(options), Stream.of(more)).toArray(Option[]::new);
    }

    @Test
    void a_damaged_checkpoint_is_refused_and_the_other_offered() throws IOException {
        train(NET, DIGITS, epochs(2));
        Path last = root.resolve(NAME).resolve("checkpoints/last.safetensors");
        byte[] bytes = Files.readAllBytes(last);
        Files.write(last, Arrays.copyOf(bytes, bytes.length - 100));
        assertThatThrownBy(() -> train(NET, DIGITS, epochs(4), resume("last")))
                .isInstanceOf(QuireException.class)
                .hasMessageStartingWith("last.safetensors is no sound safetensors file: ")
                .hasMessageMatching(".*; resume\\(\"best\"\\) goes on from epoch \\d, which is sound");
    }

    @Test
    void what_cannot_be_resumed_is_said() {
        assertThatThrownBy(() -> train(NET, DIGITS, epochs(2), resume("last")))
                .isInstanceOf(QuireException.class)
                .hasMessage("resume(\"last\"): no run of this network on digits is in " + root
                        + ": leave resume out to begin one");
    }

    @Test
    void a_folder_that_cannot_be_written_is_named_before_training() throws IOException {
        Path file = Files.writeString(root.resolve("file"), "");
        System.setProperty("quire.runs", file.resolve("runs").toString());
        assertThatThrownBy(() -> train(NET, DIGITS, epochs(1)))
                .isInstanceOf(QuireException.class)
                .hasMessageStartingWith("runs cannot be recorded in " + file.resolve("runs"))
                .hasMessageEndingWith("set QUIRE_RUNS to a folder that can be written, or add unrecorded()");
        assertThat(train(NET, DIGITS, epochs(1), unrecorded()).folder()).isEmpty();
    }

    @Test
    void a_checkpoint_that_cannot_be_written_fails_the_run_and_keeps_the_one_before() throws IOException {
        train(NET, DIGITS, epochs(1));
        Path checkpoints = root.resolve(NAME).resolve("checkpoints");
        byte[] kept = Files.readAllBytes(checkpoints.resolve("last.safetensors"));
        assertThatThrownBy(() -> train(NET, DIGITS, epochs(50), seed(9), callback((event, control) -> {
                    if (event instanceof RunEvent.Epoch done && done.epoch() == 2) {
                        replace(root.resolve(NAME + "-v1").resolve("checkpoints"));
                    }
                })))
                .isInstanceOf(QuireException.class)
                .hasMessageContaining("cannot be written");
        assertThat(runs(NAME + "-v1").state()).isEqualTo("failed");
        assertThat(runs(NAME + "-v1").sentence()).contains("cannot be written");
        assertThat(Files.readAllBytes(checkpoints.resolve("last.safetensors"))).isEqualTo(kept);
    }

    @Test
    @Timeout(120)
    void a_record_that_cannot_be_finished_fails_the_run_and_nobody_waits_for_it_any_more() {
        Run run = trainAsync(NET, DIGITS, epochs(1), callback((event, control) -> {
            if (event instanceof RunEvent.Epoch) {
                occupy(root.resolve(NAME).resolve("manifest.json"));
            }
        }));
        assertThatThrownBy(run::await)
                .isInstanceOf(QuireException.class)
                .hasMessageStartingWith("run " + NAME + " failed: the record ")
                .hasMessageContaining("cannot be written");
        assertThat(run.isTraining()).isFalse();
        assertThat(run.reason()).hasValue(StopReason.FAILED);
        assertThat(runs(NAME).state()).isEqualTo("failed");
    }

    /** A folder in the place of a file, which so cannot be written. */
    private static void occupy(Path file) {
        try {
            Files.writeString(Files.createDirectory(file).resolve("occupied"), "");
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A file in the place of a folder: nothing can be written there. */
    private static void replace(Path folder) {
        try {
            // In one step: the writer may be at work in it.
            Files.move(folder, folder.resolveSibling("moved"));
            Files.writeString(folder, "");
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void a_loss_of_ones_own_is_recorded_by_its_name() {
        Loss own = loss("own", (output, target) -> output.square().mean());
        Run run = train(NET, DIGITS, epochs(1), own);
        assertThat(run.name()).isEqualTo("mlp__own__scratch");
        assertThat(runs(run.name()).folder().spec()).content().contains("\"own\"");
    }
}
