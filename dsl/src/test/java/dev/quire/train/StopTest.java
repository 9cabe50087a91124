package dev.quire.train;

import static dev.quire.Quire.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quire.QuireException;
import dev.quire.data.Dataset;
import dev.quire.data.Split;
import dev.quire.metric.Goal;
import dev.quire.model.Layer;
import dev.quire.run.Run;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** How a run ends, and what is kept. */
class StopTest {
    private static final Dataset DIGITS = digits();
    private static final Layer NET = sequential(flatten(), dense(32), relu(), dense(10));

    @Test
    void interrupted_run_keeps_its_weights() {
        Thread training = Thread.currentThread();
        Run run = train(NET, DIGITS, epochs(1000), callback((event, control) -> {
            if (event instanceof RunEvent.Epoch epoch && epoch.epoch() == 3) {
                training.interrupt();
            }
        }));
        assertThat(Thread.interrupted()).as("the interrupt is passed on").isTrue();
        assertThat(run.reason()).contains(StopReason.STOPPED);
        assertThat(run.sentence()).isEqualTo("stopped in epoch 4; the weights are the last");
        assertThat(run.history().epochs()).isEqualTo(3);
        assertThat(lastRun()).isSameAs(run);
        assertThat(runs().get(run.name()).run()).isSameAs(run);
        assertThat(run.evaluate(dev.quire.data.Split.TEST).get("accuracy")).isGreaterThan(0.5);
    }

    @Test
    void the_weights_of_the_best_epoch_are_put_back_however_it_ends() {
        Run run = train(NET, DIGITS, epochs(12), adamW(0.05), best("accuracy"), seed(5));
        int epoch = run.history().best("val_accuracy", Goal.MAX).orElseThrow();
        double accuracy = run.history().value(epoch, "val_accuracy");
        assertThat(epoch).as("the last is not the best, or this shows nothing").isLessThan(12);
        assertThat(run.sentence())
                .isEqualTo("all epochs are done; the weights are those of epoch " + epoch
                        + ", the best by val_accuracy (" + String.format(Locale.ROOT, "%.4g", accuracy) + ")");
        assertThat(run.evaluate(Split.TEST).get("accuracy")).isEqualTo(accuracy);
        Run stopped = train(NET, DIGITS, epochs(50), adamW(0.05), best("val_accuracy"), seed(5), stopAfter(12));
        assertThat(stopped.sentence())
                .startsWith("enough; the weights are those of epoch " + epoch + ", the best by val_accuracy");
        assertThat(stopped.weights().get("1.weight")).isEqualTo(run.weights().get("1.weight"));
        Run worst = train(NET, DIGITS, epochs(12), adamW(0.05), best("val_accuracy", Goal.MIN), seed(5));
        assertThat(worst.sentence()).contains("those of epoch 1, the best");
    }

    @Test
    void stopped_before_the_first_epoch_the_weights_are_the_last_and_it_says_why() {
        Run run = train(NET, DIGITS, epochs(5), best("loss"), callback((event, control) -> {
            if (event instanceof RunEvent.Steps) {
                control.stop("enough");
            }
        }));
        assertThat(run.sentence()).isEqualTo("enough; the weights are the last, as no epoch was measured by val_loss");
    }

    private static Callback stopAfter(int epochs) {
        return callback((event, control) -> {
            if (event instanceof RunEvent.Epoch epoch && epoch.epoch() == epochs) {
                control.stop("enough");
            }
        });
    }

    @Test
    void a_callback_sees_every_event_and_can_stop() {
        List<String> events = new ArrayList<>();
        Run run = train(NET, DIGITS, epochs(5), batch(1000), callback((event, control) -> {
            events.add(event.getClass().getSimpleName());
            if (event instanceof RunEvent.Epoch epoch && epoch.epoch() == 2) {
                control.stop("two are enough");
            }
        }));
        assertThat(run.reason()).contains(StopReason.CALLBACK);
        assertThat(run.sentence()).isEqualTo("two are enough; the weights are the last");
        assertThat(events).startsWith("Started", "Steps").containsSubsequence("Epoch", "Steps", "Epoch", "Ended");
        assertThat(events).endsWith("Epoch", "Ended");
    }

    @Test
    void training_stops_early_when_the_metric_gets_no_better() {
        Run run = train(NET, DIGITS, epochs(100), adamW(0.05), earlyStop(2, "val_accuracy"));
        assertThat(run.reason()).contains(StopReason.EARLY_STOP);
        assertThat(run.sentence())
                .matches("val_accuracy has not become better since epoch \\d+, 2 epochs ago; the weights are the last");
        assertThat(run.history().epochs()).isLessThan(100);
    }

    @Test
    void a_loss_that_is_not_finite_stops_the_run_at_its_step_and_the_last_good_weights_stay() {
        Run run = train(
                NET,
                DIGITS,
                epochs(3),
                sgd(1e20),
                loss("wild", (x, y) -> x.exp().mul(1e30).mean()));
        assertThat(run.reason()).contains(StopReason.NON_FINITE);
        assertThat(run.sentence())
                .matches("the loss was (NaN|Infinity) at step \\d+: try a smaller learning rate, clip\\(1.0\\), or look"
                        + " for extreme values in the data; the weights are those it began with");
        for (float[] weights : run.weights().values()) {
            for (float weight : weights) {
                assertThat(weight).isFinite();
            }
        }
    }

    @Test
    void a_callback_that_throws_ends_the_run_which_is_found_again() {
        assertThatThrownBy(() -> train(NET, DIGITS, callback((event, control) -> {
                    if (event instanceof RunEvent.Steps) {
                        throw new IllegalStateException("my own mistake");
                    }
                })))
                .isInstanceOf(IllegalStateException.class);
        assertThat(lastRun().reason()).contains(StopReason.FAILED);
        assertThat(lastRun().sentence()).isEqualTo("my own mistake");
        assertThat(lastRun().weights()).containsKeys("1.weight", "3.bias");
    }

    @Test
    void what_does_not_fit_is_refused_in_words_before_anything_native_loads() {
        assertThatThrownBy(() -> train(sequential(flatten(), dense(12)), DIGITS))
                .isInstanceOf(QuireException.class)
                .hasMessage("the last layer gives 12 values, digits has 10 classes: use dense(10), or"
                        + " data.classes(12)");
        assertThatThrownBy(() -> train(sequential(flatten(), dense(8)), DIGITS))
                .hasMessage("the last layer gives 8 values, digits has 10 classes: use dense(10)");
        assertThatThrownBy(() -> train(NET, DIGITS, batch(5000)))
                .hasMessage("batch(5,000) is larger than the 1,437 training examples of digits: use batch(1437) or"
                        + " less");
        assertThatThrownBy(() -> train(NET, DIGITS, epochs(0))).hasMessage("epochs must be at least 1, got 0");
        assertThatThrownBy(() -> train(NET, DIGITS, adamW(-1)))
                .hasMessage("adamW: the learning rate must be more than 0, got -1.0");
        assertThatThrownBy(() -> train(NET, DIGITS, sgd(0.1, option("beta1", 0.9))))
                .hasMessage("sgd has no option beta1; it has momentum, nesterov, weightDecay");
        assertThatThrownBy(() -> train(NET, DIGITS, earlyStop(3, "val_acc")))
                .hasMessage("earlyStop: this run does not measure val_acc, it measures loss, accuracy, val_loss,"
                        + " val_accuracy: name one of these");
        assertThatThrownBy(() -> train(NET, DIGITS, best("f1")))
                .hasMessage("best: this run does not measure f1, it measures loss, accuracy, val_loss, val_accuracy:"
                        + " name one of these, or add metrics(\"f1\")");
        assertThatThrownBy(() -> train(NET, DIGITS, mse(), labelSmoothing(0.1)))
                .hasMessage("label smoothing, class weights and an ignored class belong to crossEntropy(), the loss"
                        + " is mse(): leave one of them out");
        assertThatThrownBy(() -> train(sequential(flatten(), relu()), DIGITS))
                .hasMessageContaining("digits has 10 classes");
    }

    @Test
    void a_network_too_large_for_the_machine_is_refused_and_the_session_goes_on() {
        Layer huge = sequential(flatten(), dense(400_000), dense(400_000), dense(10));
        assertThatThrownBy(() -> train(huge, DIGITS))
                .isInstanceOf(QuireException.class)
                .hasMessageMatching("out of memory on the device: 640000000000 bytes more were wanted. Use a smaller"
                        + " batch, a smaller network, or bf16\\(\\); nothing of the session is lost");
        assertThat(train(NET, DIGITS, epochs(1)).reason()).contains(StopReason.COMPLETED);
    }
}
