package dev.quire.run;

import static dev.quire.Quire.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.quire.QuireException;
import dev.quire.data.Dataset;
import dev.quire.model.Layer;
import dev.quire.run.record.Cell;
import dev.quire.view.Display;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteJDBCLoader;

class RunListTest {
    private static final Layer NET = sequential(flatten(), dense(16), relu(), dense(10));
    private static final Dataset DIGITS = digits();

    @TempDir
    Path root;

    @RegisterExtension
    final RunsBelow runs = new RunsBelow(() -> root);

    /** A record with nothing but what a list reads. */
    private static void made(Path root, int number, double accuracy) throws IOException {
        Path folder = Files.createDirectories(root.resolve("run-" + number));
        Files.writeString(folder.resolve("run.json"), """
                {"version": 1, "name": "run-%d", "state": "%s", "key": "key-%d", "data": "digits",
                 "model": "%s", "loss": "crossEntropy", "started": "%s", "sentence": "all epochs are done",
                 "device": "cpu"}
                """.formatted(
                        number,
                        number % 5 == 0 ? "stopped" : "completed",
                        number / 2,
                        number % 2 == 0 ? "mlp" : "cnn",
                        Instant.parse("2026-01-01T00:00:00Z").plusSeconds(60L * number)));
        Files.writeString(
                folder.resolve("metrics.csv"),
                String.format(
                        Locale.ROOT,
                        "epoch,loss,accuracy,val_loss,val_accuracy,learning_rate,seconds,examples_per_second%n"
                                + "1,0.9,0.5,0.8,%s,0.001,1.5,100%n2,0.5,0.7,0.6,%s,0.001,1.5,100%n",
                        accuracy + 0.05,
                        accuracy));
    }

    private void makeTen() throws IOException {
        for (int i = 0; i < 10; i++) {
            made(root, i, 0.9 - 0.01 * i);
        }
    }

    private RunList recorded() {
        return RunList.of(root, List.of());
    }

    @Test
    void runs_are_found_by_what_they_measured_and_what_they_are() throws IOException {
        makeTen();
        assertThat(recorded().names())
                .containsExactly(
                        "run-0", "run-1", "run-2", "run-3", "run-4", "run-5", "run-6", "run-7", "run-8", "run-9");
        assertThat(recorded().where("accuracy > 0.875").names()).containsExactly("run-0", "run-1", "run-2");
        assertThat(recorded().where("val_accuracy<=0.82 && model = cnn").names())
                .containsExactly("run-9");
        assertThat(recorded().where("state == 'stopped' or name = \"run-3\"").names())
                .containsExactly("run-0", "run-3", "run-5");
        assertThat(recorded()
                        .where("(state = stopped or model = mlp) and best_accuracy >= 0.9")
                        .names())
                .containsExactly("run-0", "run-2", "run-4", "run-5");
        assertThat(recorded()
                        .where("started > '2026-01-01T00:07'")
                        .where("epochs = 2")
                        .names())
                .containsExactly("run-7", "run-8", "run-9");
        assertThat(recorded().sortBy("accuracy").names()).startsWith("run-9", "run-8");
        assertThat(recorded().where("model != mlp").sortBy("-accuracy").names()).startsWith("run-1", "run-3");
        assertThat(recorded().sortBy("-name").last().name()).isEqualTo("run-0");
        assertThat(recorded().get(2).row().figure("accuracy")).isEqualTo(0.88);
        assertThat(recorded().get("run-4").history().epochs()).isEqualTo(2);
        assertThat(recorded().table().columnNames())
                .containsExactly(
                        "name",
                        "started",
                        "state",
                        "data",
                        "model",
                        "epochs",
                        "loss",
                        "val_loss",
                        "best_val_loss",
                        "accuracy",
                        "val_accuracy",
                        "best_val_accuracy",
                        "seconds",
                        "device");
        assertThat(recorded().display().data()).containsKeys(Display.TEXT, Display.HTML);
    }

    @Test
    void what_cannot_be_asked_is_said_with_the_nearest_names() throws IOException {
        makeTen();
        for (Map.Entry<String, String> each : Map.of(
                        "acuracy > 0.9", "where(\"acuracy > 0.9\"): no run has a acuracy, did you mean 'accuracy'",
                        "accuracy >",
                                "where(\"accuracy >\"): a value after accuracy is missing at the end: write it as",
                        "accuracy 0.9", "where(\"accuracy 0.9\"): '0.9' is no comparison: use =, !=, <, <=, > or >=",
                        "accuracy > high", "where(\"accuracy > high\"): accuracy is a number, and high is none",
                        "(epochs = 1", "where(\"(epochs = 1\"): a parenthesis is not closed",
                        "epochs = 1 epochs = 2", "where(\"epochs = 1 epochs = 2\"): 'epochs' stands where and, or,",
                        "epochs = 1; drop", "where(\"epochs = 1; drop\"): '; drop' is not understood")
                .entrySet()) {
            assertThatThrownBy(() -> recorded().where(each.getKey()))
                    .isInstanceOf(QuireException.class)
                    .hasMessageStartingWith(each.getValue());
        }
        assertThatThrownBy(() -> recorded().sortBy("-lose"))
                .isInstanceOf(QuireException.class)
                .hasMessageStartingWith("sortBy(\"-lose\"): no run has a lose, did you mean 'loss'");
        assertThatThrownBy(() -> recorded().get("run-11"))
                .isInstanceOf(QuireException.class)
                .hasMessageStartingWith("there is no run 'run-11' in the list, did you mean 'run-1'");
        assertThatThrownBy(() -> recorded().get(10)).hasMessage("get(10): there are 10 runs, 0 to 9");
        assertThatThrownBy(() -> recorded().compare(1, 2)).hasMessage("compare(1): expected a run or the name of one");
    }

    @Test
    void a_text_is_never_taken_for_sql() throws IOException {
        makeTen();
        assertThat(recorded().where("name = \"' OR 1=1 --\"").names()).isEmpty();
        assertThat(recorded().names()).hasSize(10);
    }

    @Test
    void the_index_follows_the_folders() throws IOException {
        makeTen();
        assertThat(recorded().size()).isEqualTo(10);
        made(root, 10, 0.99);
        new RunFolder(root.resolve("run-3")).delete();
        Files.createDirectory(root.resolve("no-run"));
        assertThat(recorded().names()).hasSize(10).contains("run-10").doesNotContain("run-3");
        made(root, 4, 0.5);
        Files.setLastModifiedTime(
                root.resolve("run-4/run.json"),
                java.nio.file.attribute.FileTime.from(Instant.now().plusSeconds(1)));
        assertThat(recorded().where("accuracy = 0.5").names()).containsExactly("run-4");
    }

    @Test
    void an_index_that_is_missing_or_damaged_is_made_anew() throws IOException {
        makeTen();
        assertThat(recorded().size()).isEqualTo(10);
        Path file = root.resolve("index.sqlite");
        assertThat(file).exists();
        Files.delete(file);
        assertThat(recorded().where("accuracy > 0.875").size()).isEqualTo(3);
        byte[] bytes = Files.readAllBytes(file);
        java.util.Arrays.fill(bytes, 100, bytes.length, (byte) 7);
        Files.write(file, bytes);
        assertThat(recorded().where("accuracy > 0.875").size()).isEqualTo(3);
        Files.writeString(file, "no database at all, but a text that somebody has put here by mistake");
        assertThat(recorded().where("accuracy > 0.875").size()).isEqualTo(3);
        assertThat(recorded().size()).isEqualTo(10);
    }

    @Test
    void damaged_records_and_those_of_a_newer_version_are_listed_as_such() throws IOException {
        makeTen();
        Files.writeString(root.resolve("run-1/run.json"), "{\"version\": 1, \"na");
        Files.writeString(root.resolve("run-2/run.json"), "");
        Files.writeString(root.resolve("run-3/run.json"), "{\"version\": 99}");
        Files.writeString(root.resolve("run-4/metrics.csv"), "epoch,loss\n1,x\n");
        assertThat(recorded().where("state = damaged").names()).containsExactly("run-1", "run-2", "run-3", "run-4");
        assertThat(recorded().get("run-3").toString())
                .isEqualTo("run run-3: damaged; the record run-3 is of version 99, this Quire reads version 1: use the"
                        + " Quire that wrote it, or a newer one");
        assertThat(recorded().size()).isEqualTo(10);
        assertThat(recorded().plain()).contains("damaged");
        assertThat(recorded().where("accuracy > 0").size()).isEqualTo(6);
        // Training takes no notice of them.
        assertThat(train(NET, DIGITS, epochs(1)).folder()).isPresent();
    }

    @Test
    void unrecorded_runs_of_the_session_stand_among_the_others() {
        Run own = train(NET, DIGITS, epochs(2), unrecorded(), name("own"));
        Run kept = train(NET, DIGITS, epochs(1), name("kept"));
        assertThat(runs().names()).endsWith(own.name(), "kept");
        assertThat(runs().get("kept").run()).isSameAs(kept);
        assertThat(runs().get(own.name()).folder()).isEmpty();
        assertThat(runs().where("epochs = 2").names()).contains(own.name()).doesNotContain("kept");
        assertThat(runs().sortBy("-epochs").names()).doesNotHaveDuplicates();
    }

    @Test
    void two_runs_are_compared_in_code_specification_and_curves() throws IOException {
        Cells.use(() -> new Cells.Told(
                List.of(new Cell(1, "var data = digits();\nvar rate = 1e-3;", "done")), java.util.Optional.empty()));
        Run one = train(NET, DIGITS, epochs(2), name("one"));
        Cells.use(() -> new Cells.Told(
                List.of(new Cell(1, "var data = digits();\nvar rate = 1e-2;", "done")), java.util.Optional.empty()));
        train(NET, DIGITS, epochs(3), adamW(1e-2), name("two"));
        Cells.use(() -> new Cells.Told(List.of(), java.util.Optional.empty()));
        RunComparison both = runs().compare(one, "two");
        assertThat(both.differences().get("code")).containsExactly("- var rate = 1e-3;", "+ var rate = 1e-2;");
        assertThat(both.differences().get("specification"))
                .contains("epochs: 2 | 3")
                .anyMatch(line -> line.endsWith("0.001 | 0.01"));
        assertThat(both.differences().get("data")).isEmpty();
        assertThat(both.plain())
                .startsWith("one | two\ncode:\n  - var rate = 1e-3;")
                .contains("network: the same", "data: the same", "after the last epoch");
        assertThat(both.plot().xcharts()).hasSize(2);
        assertThat(both.display().data().get(Display.HTML)).contains("<svg", "<table");
        assertThat(runs().compare(runs(one.name()), runs().get("one"))
                        .differences()
                        .values())
                .allMatch(List::isEmpty);
    }

    private static List<String> remarks(String cells) throws IOException {
        return Remarks.of(new ObjectMapper().readTree(cells.replace('\'', '"')));
    }

    @Test
    void cells_out_of_order_and_edited_ones_are_remarked_on() throws IOException {
        assertThat(remarks("{'before': [{'number': 1, 'source': 'a'}, {'number': 2, 'source': 'b'}],"
                        + " 'now': {'number': 3, 'source': 'c'}}"))
                .isEmpty();
        assertThat(remarks("{'before': [{'number': 1, 'source': 'a'}, {'number': 4, 'source': 'd'},"
                        + " {'number': 2, 'source': 'b'}], 'now': {'number': 3, 'source': 'c'}}"))
                .containsExactly("cell 4 ran before cell 2");
        assertThat(remarks("{'before': [{'number': 2, 'source': 'a'}, {'number': 3, 'source': 'x'}],"
                        + " 'now': {'number': 2, 'source': 'b'}}"))
                .containsExactly("cell 2 ran twice, with another text");
        assertThat(remarks("{'before': [{'number': 1, 'id': 'p', 'source': 'a'}, {'number': 2, 'id': 'q', 'source':"
                        + " 'x'}, {'number': 3, 'id': 'p', 'source': 'a'}], 'now': {'number': 4, 'id': 'p', 'source':"
                        + " 'b'}}"))
                .containsExactly("cell 1 ran 3 times, with another text");
    }

    @Test
    void an_index_of_many_runs_answers_at_once() throws IOException {
        int count = Boolean.getBoolean("quire.test.huge") ? 10_000 : 300;
        for (int i = 0; i < count; i++) {
            made(root, i, (i % 1000) / 1000.0);
        }
        long begin = System.nanoTime();
        assertThat(recorded().size()).isEqualTo(count);
        double built = (System.nanoTime() - begin) * 1e-6;
        List<String> said = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            said.add("%.0f ms listed, %.0f ms where, %.0f ms sorted, %.0f ms by key, %.0f ms shown"
                    .formatted(
                            took(() -> recorded().names()),
                            took(() -> recorded().where("accuracy > 0.98").names()),
                            took(() -> recorded().sortBy("-accuracy").names()),
                            took(() -> RunIndex.at(root).refresh().equal("key-77")),
                            took(() -> recorded().plain())));
        }
        System.out.printf("%d runs: built in %.0f ms; %s%n", count, built, String.join("; ", said));
        assertThat(recorded().where("accuracy > 0.98").size()).isEqualTo(count / 1000 * 19);
    }

    private static double took(Runnable work) {
        long begin = System.nanoTime();
        work.run();
        return (System.nanoTime() - begin) * 1e-6;
    }

    /** Lists runs in a process of its own. */
    static final class Listing {
        public static void main(String[] arguments) {
            System.out.print(runs().size());
        }
    }

    @Test
    void libraries_that_other_processes_left_behind_are_nobodys_news() throws Exception {
        made(root, 1, 0.5);
        Path temporary = Files.createDirectories(root.resolve("temporary"));
        String version = SQLiteJDBCLoader.getVersion();
        Files.createDirectories(temporary.resolve("sqlite-" + version + "-left-libsqlitejdbc.so/not-empty"));
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Djava.io.tmpdir=" + temporary,
                        "-Dquire.runs=" + root,
                        "-cp",
                        System.getProperty("java.class.path"),
                        Listing.class.getName())
                .redirectErrorStream(true)
                .start();
        assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .endsWith("1")
                .doesNotContain("ERROR", "Failed", "not-empty");
    }
}
