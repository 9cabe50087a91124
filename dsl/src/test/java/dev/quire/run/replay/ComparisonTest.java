package dev.quire.run.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quire.run.RunFolder;
import dev.quire.run.StoredRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ComparisonTest {
    private static final List<String> LOSSES = List.of("2.5", "2.25", "2.0", "1.75");
    private static final List<String> ROWS = List.of("1,2.4,0.5,9.0", "2,1.9,0.75,8.0");

    @TempDir
    Path place;

    private StoredRun run(String name, String state, List<String> losses, List<String> rows) throws IOException {
        Path folder = Files.createDirectory(place.resolve(name));
        Files.writeString(folder.resolve("run.json"), "{\"version\":1,\"state\":\"" + state + "\"}");
        StringBuilder steps = new StringBuilder("step,epoch,loss,learning_rate\n");
        for (int i = 0; i < losses.size(); i++) {
            steps.append(i).append(",1,").append(losses.get(i)).append(",0.001\n");
        }
        Files.writeString(folder.resolve("steps.csv"), steps);
        Files.writeString(
                folder.resolve("metrics.csv"), "epoch,loss,val_accuracy,seconds\n" + String.join("\n", rows) + "\n");
        return StoredRun.of(new RunFolder(folder));
    }

    private Comparison compare(List<String> losses, List<String> rows) throws IOException {
        return Comparison.of(run("before", "completed", LOSSES, ROWS), run("now", "completed", losses, rows));
    }

    @Test
    void equal_steps_and_metrics_are_identical_whatever_time_they_took() throws IOException {
        Comparison comparison = compare(LOSSES, List.of("1,2.4,0.5,1.0", "2,1.9,0.75,1.0"));
        assertThat(comparison.isSame()).isTrue();
        assertThat(comparison.lines()).containsExactly("identical: 4 steps, 2 metrics");
    }

    @Test
    void small_differences_are_within_and_the_largest_is_told() throws IOException {
        Comparison comparison = compare(List.of("2.5", "2.2500005", "2.0", "1.7500001"), ROWS);
        assertThat(comparison.isSame()).isTrue();
        assertThat(comparison.lines())
                .containsExactly("within 1e-6: 4 steps, 2 metrics; the largest difference is 2.1e-07, loss of step 2");
    }

    @Test
    void the_first_divergence_comes_first_and_then_that_of_each_metric() throws IOException {
        Comparison comparison =
                compare(List.of("2.5", "2.25", "2.001", "1.8"), List.of("1,2.4,0.5,9.0", "2,1.95,0.7,8.0"));
        assertThat(comparison.isSame()).isFalse();
        assertThat(comparison.lines())
                .containsExactly(
                        "diverged at step 3: loss 2.0010 instead of 2.0000",
                        "  loss from epoch 2: 1.9500 instead of 1.9000",
                        "  val_accuracy from epoch 2: 0.7000 instead of 0.7500");
    }

    @Test
    void a_metric_that_differs_where_no_step_does_is_named_with_its_epoch() throws IOException {
        Comparison comparison = compare(LOSSES, List.of("1,2.4,0.50001,9.0", "2,1.9,0.75,8.0"));
        assertThat(comparison.lines()).containsExactly("diverged at epoch 1: val_accuracy 0.50001 instead of 0.50000");
    }

    @Test
    void a_replay_that_ends_early_or_late_has_diverged() throws IOException {
        assertThat(compare(LOSSES.subList(0, 2), ROWS.subList(0, 1)).lines().get(0))
                .isEqualTo("diverged at step 3: it ended after 2 steps instead of 4");
    }

    @Test
    void of_a_run_that_was_stopped_what_there_is_of_it_is_compared() throws IOException {
        Comparison comparison = Comparison.of(
                run("before", "stopped", LOSSES.subList(0, 3), ROWS.subList(0, 1)),
                run("now", "completed", LOSSES, ROWS));
        assertThat(comparison.lines()).containsExactly("identical: 3 steps, 2 metrics");
    }

    @Test
    void what_is_no_number_in_both_is_the_same() throws IOException {
        List<String> rows = List.of("1,2.4,NaN,9.0");
        Comparison comparison =
                Comparison.of(run("before", "completed", LOSSES, rows), run("now", "completed", LOSSES, rows));
        assertThat(comparison.isSame()).isTrue();
        Comparison other = Comparison.of(
                run("number", "completed", LOSSES, List.of("1,2.4,0.5,9.0")), run("none", "completed", LOSSES, rows));
        assertThat(other.lines()).containsExactly("diverged at epoch 1: val_accuracy NaN instead of 0.5000");
    }
}
