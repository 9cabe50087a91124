package dev.quire.run;

import static dev.quire.Quire.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quire.QuireException;
import dev.quire.data.Dataset;
import dev.quire.data.Split;
import dev.quire.model.Layer;
import dev.quire.train.Option;
import dev.quire.train.RunEvent;
import dev.quire.train.StopReason;
import dev.quire.view.Display;
import dev.quire.view.RememberingScreen;
import dev.quire.view.Screen;
import dev.quire.view.Screens;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Runs that train while others do, or while a cell asks something of them. */
@Timeout(60)
class BackgroundTest {
    private static final Dataset DIGITS = digits();
    private static final Layer SMALL = sequential(flatten(), dense(32), relu(), dropout(0.5), dense(10));
    private static final Layer LARGE = sequential(conv(16, 3), relu(), flatten(), dense(64), dropout(0.3), dense(10));
    private static final Option LONG = epochs(100_000);

    /** A run in the background that has begun. */
    private static Run begun(Layer net, Option... options) throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        Option[] all = java.util.Arrays.copyOf(options, options.length + 1);
        all[options.length] = callback((event, control) -> {
            if (event instanceof RunEvent.Steps) {
                begun.countDown();
            }
        });
        Run run = trainAsync(net, DIGITS, all);
        begun.await();
        return run;
    }

    @Test
    void runs_at_the_same_time_come_out_as_they_would_alone() {
        Run alone = train(SMALL, DIGITS, epochs(4), seed(7));
        Run other = train(LARGE, DIGITS, epochs(2), seed(8));
        Run behind = trainAsync(LARGE, DIGITS, epochs(2), seed(8));
        Run before = train(SMALL, DIGITS, epochs(4), seed(7));
        behind.await();
        assertThat(before.weights().get("1.weight")).isEqualTo(alone.weights().get("1.weight"));
        assertThat(behind.weights().get("3.weight")).isEqualTo(other.weights().get("3.weight"));
        assertThat(behind.history().column("val_loss"))
                .isEqualTo(other.history().column("val_loss"));
    }

    @Test
    void a_run_in_the_background_is_found_asked_and_stopped() throws InterruptedException {
        Run run = begun(SMALL, LONG, seed(1));
        assertThat(run.isTraining()).isTrue();
        assertThat(run.reason()).isEmpty();
        assertThat(run.sentence()).isEqualTo("it is training");
        assertThat(lastRun()).isSameAs(run);
        assertThat(run.predict(DIGITS.test().example(3)).label()).isNotEmpty();
        assertThat(run.stop().await().isTraining()).isFalse();
        assertThat(run.reason()).contains(StopReason.STOPPED);
        assertThat(run.sentence()).matches("stopped in epoch \\d+; the weights are the last");
        assertThat(run.evaluate(Split.TEST)).containsKey("accuracy");
    }

    @Test
    void another_run_leaves_it_on_the_device_and_an_interrupt_leaves_it_alone() throws InterruptedException {
        Run run = begun(SMALL, LONG);
        train(SMALL, DIGITS, epochs(1));
        assertThat(run.isTraining()).isTrue();
        Thread.currentThread().interrupt();
        assertThatThrownBy(run::await)
                .isInstanceOf(QuireException.class)
                .hasMessageMatching(
                        "stopped waiting for run mlp__crossEntropy__scratch\\S*, which goes on: its stop\\(\\) ends it");
        assertThat(Thread.interrupted()).isTrue();
        assertThat(run.isTraining()).isTrue();
        run.stop().await();
    }

    @Test
    void one_that_fails_says_so_and_await_throws_it() {
        Run run = trainAsync(SMALL, DIGITS, callback((event, control) -> {
            if (event instanceof RunEvent.Steps) {
                throw new IllegalStateException("my own mistake");
            }
        }));
        assertThatThrownBy(run::await)
                .isInstanceOf(QuireException.class)
                .hasMessageMatching("run mlp__crossEntropy__scratch\\S* failed: my own mistake")
                .hasCauseInstanceOf(IllegalStateException.class);
        assertThat(run.reason()).contains(StopReason.FAILED);
        assertThat(run.sentence()).isEqualTo("my own mistake");
    }

    @Test
    void its_display_belongs_to_the_cell_that_started_it_and_says_how_it_ended() {
        List<String> shown = new CopyOnWriteArrayList<>();
        List<Thread> openers = new CopyOnWriteArrayList<>();
        Screen before = Screens.current();
        RememberingScreen screen = new RememberingScreen(shown);
        Screens.use(new Screen() {
            @Override
            public Live show(Display display) {
                openers.add(Thread.currentThread());
                return screen.show(display);
            }

            @Override
            public boolean isInteractive() {
                return true;
            }
        });
        try {
            Run run = trainAsync(SMALL, DIGITS, epochs(2));
            Screens.use(before);
            run.await();
            assertThat(openers).containsExactly(Thread.currentThread());
            assertThat(shown.get(0)).isEqualTo(run.name() + " · epoch 1 of 2 · it is starting");
            assertThat(shown).last().isEqualTo("closed");
            assertThat(shown.get(shown.size() - 2)).contains(run.name() + ": all epochs are done");
        } finally {
            Screens.use(before);
        }
    }

    @Test
    void one_that_cannot_begin_says_so_too() {
        Run run = trainAsync(sequential(flatten(), dense(400_000), dense(400_000), dense(10)), DIGITS);
        assertThatThrownBy(run::await).hasMessageContaining("out of memory on the device");
        assertThatThrownBy(run::weights)
                .hasMessageContaining("has no weights, as it could not begin: out of memory on the device");
        assertThat(run.toString()).contains("out of memory");
    }

    @Test
    void what_does_not_fit_is_refused_at_once() {
        assertThatThrownBy(() -> trainAsync(sequential(flatten(), dense(8)), DIGITS))
                .hasMessage("the last layer gives 8 values, digits has 10 classes: use dense(10)");
    }
}
