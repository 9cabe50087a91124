package dev.quire.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quire.metric.History;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TrainingViewTest {
    private long now;

    /** A screen that keeps all it is given. */
    private static final class Kept implements Screen {
        private final List<Display> shown = new ArrayList<>();
        private final boolean interactive;
        private boolean closed;

        private Kept(boolean interactive) {
            this.interactive = interactive;
        }

        @Override
        public Live show(Display display) {
            shown.add(display);
            return new Live() {
                @Override
                public void update(Display next) {
                    shown.add(next);
                }

                @Override
                public void close() {
                    closed = true;
                }
            };
        }

        @Override
        public boolean isInteractive() {
            return interactive;
        }

        private String last() {
            return shown.get(shown.size() - 1).data().getOrDefault(Display.HTML, "");
        }
    }

    private TrainingState run(TrainingView view, int epochs, int steps) {
        TrainingState state = TrainingState.start(epochs, steps, "cpu");
        History history = ChartsTest.history(epochs);
        for (int epoch = 1; epoch <= epochs; epoch++) {
            for (int step = 1; step <= steps; step++) {
                now += 10_000_000;
                state = state.at(epoch, step, 1.25).withSpeed(4321.4, 1e-3, 12_400_000);
                view.update(state);
            }
            state = state.with(new History(history.columns(), history.rows().subList(0, epoch)));
            view.update(state);
        }
        return state;
    }

    @Test
    void a_pipe_gets_one_line_an_epoch_and_the_ending() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        TerminalScreen screen = TerminalScreen.on(new PrintStream(bytes, true, StandardCharsets.UTF_8), false);
        TrainingView view = new TerminalTraining(screen, TrainingState.start(2, 100, "cpu"), () -> now);
        view.end(run(view, 2, 100), "all 2 epochs done");
        assertThat(bytes.toString(StandardCharsets.UTF_8)).isEqualTo("""
                        epoch     loss  accuracy  val_loss  val_accuracy       lr  seconds  examples/s
                            1   1.5576    0.4268    1.5776        0.4048  1.00e-3     0.30       4,321
                            2   1.2131    0.5893    1.2531        0.5653  1.00e-3     0.30       4,321
                        all 2 epochs done (0:02)
                        """);
    }

    @Test
    void a_terminal_has_a_bar_below_with_the_time_left() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        TerminalScreen screen = new TerminalScreen(
                new PrintStream(bytes, true, StandardCharsets.UTF_8), true, () -> new Terminal.Size(24, 100));
        TrainingState half = TrainingState.start(4, 100, "cpu").at(3, 0, 0.5).withSpeed(4321.4, 1e-3, 0);
        TrainingView view = new TerminalTraining(screen, TrainingState.start(4, 100, "cpu"), () -> now);
        now += 30_000_000_000L;
        view.update(half);
        assertThat(bytes.toString(StandardCharsets.UTF_8))
                .contains("epoch 1/4 ──────────────────── 0 %  cpu")
                .endsWith("epoch 3/4 ━━━━━━━━━━────────── 50 %  loss 0.5000  4,321/s  0:30 left  cpu");
    }

    @Test
    void a_notebook_is_redrawn_at_most_ten_times_a_second() {
        Kept screen = new Kept(true);
        TrainingView view = new NotebookTraining(screen, TrainingState.start(3, 100, "cpu"), "", () -> now);
        run(view, 3, 100);
        assertThat(screen.shown).hasSizeBetween(20, 32);
        assertThat(screen.last())
                .contains("epoch 3 of 3 · step", "loss 1.2500", "4,321 examples/s", "cpu 12.4 MB", "<polyline", "left");
    }

    @Test
    void the_last_state_is_small_and_still() {
        Kept screen = new Kept(true);
        TrainingView view = new NotebookTraining(screen, TrainingState.start(30, 10, "cpu"), "", () -> now);
        view.end(run(view, 30, 10), "stopped: <you>");
        assertThat(screen.closed).isTrue();
        assertThat(screen.last())
                .contains("stopped: &lt;you&gt; (0:03)", "<summary>all 30 epochs</summary>")
                .doesNotContain("border-radius");
        assertThat(screen.shown.get(screen.shown.size() - 1).plain())
                .startsWith("the last 10 of 30 epochs\n")
                .hasLineCount(14)
                .endsWith("stopped: <you> (0:03)");
    }

    @Test
    void the_last_state_takes_a_few_kilobytes_however_long_the_run_was() {
        Kept screen = new Kept(true);
        TrainingView view = new NotebookTraining(screen, TrainingState.start(1000, 1, "cpu"), "mnist-1", () -> now);
        view.end(run(view, 1000, 1), "all epochs are done");
        int bytes = screen.shown.get(screen.shown.size() - 1).data().values().stream()
                .mapToInt(String::length)
                .sum();
        assertThat(bytes).isLessThan(13_000);
        assertThat(screen.last()).contains("mnist-1: all epochs are done", "the last 30 of 1,000 epochs");
    }

    @Test
    void a_screen_that_cannot_redraw_gets_the_first_and_the_last_state() {
        Kept screen = new Kept(false);
        TrainingView view = new NotebookTraining(screen, TrainingState.start(3, 100, "cpu"), "", () -> now);
        view.end(run(view, 3, 100), "done");
        assertThat(screen.shown).hasSize(2);
    }

    @Test
    void a_run_that_ends_before_the_first_epoch_says_why() {
        Kept screen = new Kept(true);
        TrainingView view = TrainingView.on(screen, TrainingState.start(3, 100, "cpu"));
        view.end(TrainingState.start(3, 100, "cpu"), "the loss is NaN");
        assertThat(screen.shown.get(screen.shown.size() - 1).plain()).isEqualTo("the loss is NaN (0:00)");
    }

    @Test
    void the_time_left_of_a_resumed_run_counts_from_where_it_began() {
        Stopwatch stopwatch = new Stopwatch(() -> now, 0.5);
        now += 10_000_000_000L;
        assertThat(stopwatch.left(0.5)).isEmpty();
        assertThat(stopwatch.left(0.75)).map(left -> left.toSeconds()).hasValue(10L);
    }

    @Test
    void columns_that_come_later_get_a_new_head() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        TerminalScreen screen = TerminalScreen.on(new PrintStream(bytes, true, StandardCharsets.UTF_8), false);
        TrainingState state = TrainingState.start(2, 1, "cpu");
        TrainingView view = TrainingView.on(screen, state);
        History one = History.empty().append(Map.of("loss", 1.0));
        view.update(state.with(one));
        view.update(state.with(one.append(Map.of("loss", 0.5, "val_loss", 0.75))));
        assertThat(bytes.toString(StandardCharsets.UTF_8)).isEqualTo("""
                        epoch     loss
                            1   1.0000
                        epoch     loss  val_loss
                            2   0.5000    0.7500
                        """);
    }
}
