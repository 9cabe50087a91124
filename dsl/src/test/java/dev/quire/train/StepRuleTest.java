package dev.quire.train;

import static dev.quire.Quire.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.quire.QuireException;
import dev.quire.data.Dataset;
import dev.quire.data.Split;
import dev.quire.data.Tensors;
import dev.quire.engine.Device;
import dev.quire.graph.Parameter;
import dev.quire.metric.History;
import dev.quire.model.Layer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is said about gradients, parameters, averages, batches and limits is what happens. */
class StepRuleTest {
    private static final Layer NET = sequential(flatten(), dense(16), relu(), dense(10));
    private static final Dataset DIGITS = digits();

    /** What a short run leaves. */
    private record Trained(Plan plan, Weights start, Weights weights, RunEvent.Ended ended, List<RunEvent> events) {
        float[] start(String name) {
            return start.byName(plan.parameters()).get(name);
        }

        float[] end(String name) {
            return weights.byName(plan.parameters()).get(name);
        }

        History history() {
            return ended.history();
        }
    }

    private static Trained train(Layer net, Dataset data, Option... options) {
        Plan plan = Plan.of(net, data, TrainingSpec.of(List.of(options)));
        List<RunEvent> events = new ArrayList<>();
        try (Network network = Network.start(plan, Device.CPU)) {
            Weights start = network.weights();
            RunEvent.Ended ended = Trainer.train(network, events::add, List.of());
            return new Trained(plan, start, network.weights(), ended, events);
        }
    }

    private static void refused(String message, Dataset data, Option... options) {
        assertThatThrownBy(() -> Plan.of(NET, data, TrainingSpec.of(List.of(options))))
                .isInstanceOf(QuireException.class)
                .hasMessage(message);
    }

    @Test
    void accumulated_parts_make_the_step_of_the_whole_batch() {
        Trained whole = train(NET, DIGITS, epochs(2), batch(60), sgd(0.1, momentum(0.9)), clip(1));
        Trained parts = train(NET, DIGITS, epochs(2), batch(60), sgd(0.1, momentum(0.9)), clip(1), accumulate(4));
        float[] expected = whole.weights().flat();
        float[] actual = parts.weights().flat();
        for (int i = 0; i < expected.length; i++) {
            assertThat(actual[i]).isCloseTo(expected[i], within(1e-4f));
        }
        assertThat(parts.history().last("loss")).isCloseTo(whole.history().last("loss"), within(1e-4));
        assertThat(parts.history().last("accuracy")).isCloseTo(whole.history().last("accuracy"), within(2e-3));
    }

    @Test
    void parts_that_do_not_divide_the_batch_are_refused() {
        refused(
                "accumulate(3) does not divide batch(64): use batch(66), or another number of parts",
                DIGITS,
                accumulate(3),
                batch(64));
    }

    @Test
    void frozen_parameters_stay_as_they_are_to_the_last_bit() {
        Trained run = train(NET, DIGITS, epochs(1), adamW(1e-2), freeze("1"));
        assertThat(run.end("1.weight")).isEqualTo(run.start("1.weight"));
        assertThat(run.end("1.bias")).isEqualTo(run.start("1.bias"));
        assertThat(run.end("3.weight")).isNotEqualTo(run.start("3.weight"));
    }

    @Test
    void a_rate_by_name_moves_what_it_names_by_that_factor() {
        Option one = maxBatches(1);
        Trained plain = train(NET, DIGITS, epochs(1), one, sgd(0.01));
        Trained tenfold = train(NET, DIGITS, epochs(1), one, sgd(0.01), rate("3", 10));
        float[] start = plain.start("3.bias");
        for (int i = 0; i < start.length; i++) {
            float moved = plain.end("3.bias")[i] - start[i];
            assertThat(tenfold.end("3.bias")[i] - start[i]).isCloseTo(10 * moved, within(1e-6f));
        }
        assertThat(tenfold.end("1.weight")).isEqualTo(plain.end("1.weight"));
    }

    @Test
    void weight_decay_leaves_biases_and_norms_out_when_asked() {
        // Without a learning signal only weight decay moves: the loss is multiplied by 0.
        Loss silent = loss("silent", (output, target) -> output.sum().mul(0));
        Layer net = sequential(flatten(), dense(16), layerNorm(), dense(10));
        for (Option optimizer : List.of(adamW(0.1, weightDecay(0.5)), sgd(0.1, weightDecay(0.5)))) {
            Trained run = train(net, DIGITS, epochs(1), maxBatches(3), silent, optimizer, decayMatrices());
            assertThat(norm(run.end("1.weight"))).isLessThan(0.95 * norm(run.start("1.weight")));
            assertThat(run.end("1.bias")).isEqualTo(run.start("1.bias"));
            assertThat(run.end("2.weight")).isEqualTo(run.start("2.weight"));
            Trained own = train(net, DIGITS, epochs(1), maxBatches(3), silent, optimizer, noDecay("1.*"));
            assertThat(own.end("1.weight")).isEqualTo(own.start("1.weight"));
            assertThat(norm(own.end("3.weight"))).isLessThan(0.95 * norm(own.start("3.weight")));
        }
    }

    @Test
    void weight_decay_by_name_is_the_same_decay_elsewhere() {
        Option one = maxBatches(1);
        Trained plain = train(NET, DIGITS, epochs(1), one, adamW(1e-2, weightDecay(0.1)));
        Trained masked = train(NET, DIGITS, epochs(1), one, adamW(1e-2, weightDecay(0.1)), noDecay("3.bias"));
        float[] expected = plain.end("1.weight");
        for (int i = 0; i < expected.length; i++) {
            assertThat(masked.end("1.weight")[i]).isCloseTo(expected[i], within(1e-6f));
        }
    }

    private static double norm(float[] values) {
        double sum = 0;
        for (float value : values) {
            sum += (double) value * value;
        }
        return Math.sqrt(sum);
    }

    @Test
    void clipped_values_are_no_larger_than_said() {
        Trained run = train(NET, DIGITS, epochs(1), maxBatches(1), sgd(1.0), clipValue(1e-3));
        float[] start = run.start().flat();
        for (int i = 0; i < start.length; i++) {
            assertThat(Math.abs(run.weights().flat()[i] - start[i])).isLessThanOrEqualTo(1.001e-3f);
        }
    }

    @Test
    void an_average_of_the_weights_is_what_is_validated_and_kept() {
        Trained plain = train(NET, DIGITS, epochs(3), adamW(1e-2));
        Trained averaged = train(NET, DIGITS, epochs(3), adamW(1e-2), ema(0.9));
        assertThat(averaged.weights().flat()).isNotEqualTo(plain.weights().flat());
        // The steps are the same: the loss of training does not know of the average.
        assertThat(averaged.history().column("loss")).isEqualTo(plain.history().column("loss"));
        Plan plan = averaged.plan();
        try (Network network = Network.of(plan, Device.CPU, averaged.weights())) {
            assertThat(network.evaluate(Split.TEST).get("loss"))
                    .isEqualTo(averaged.history().last("val_loss"));
        }
    }

    @Test
    void an_average_after_one_step_is_the_step() {
        Trained plain = train(NET, DIGITS, epochs(1), maxBatches(1), sgd(0.1));
        Trained averaged = train(NET, DIGITS, epochs(1), maxBatches(1), sgd(0.1), ema());
        assertThat(averaged.weights().flat()).isEqualTo(plain.weights().flat());
    }

    @Test
    void mixed_examples_are_learned_from() {
        Layer net = sequential(conv(8, 3), relu(), flatten(), dense(10));
        for (Option mixing : List.of(mixup(0.2), cutmix(1))) {
            Trained run = train(net, DIGITS, epochs(12), adamW(3e-3), mixing, seed(3));
            assertThat(run.history().last("val_accuracy")).isGreaterThan(0.9);
            assertThat(run.history().last("loss")).isGreaterThan(run.history().last("val_loss"));
            assertThat(train(net, DIGITS, epochs(1), mixing).weights().flat())
                    .isEqualTo(train(net, DIGITS, epochs(1), mixing).weights().flat());
        }
    }

    @Test
    void cutmix_needs_pictures() {
        assertThatThrownBy(() -> Plan.of(sequential(dense(3)), iris(), TrainingSpec.of(List.of(cutmix(1)))))
                .isInstanceOf(QuireException.class)
                .hasMessage("cutmix needs pictures, channels first, got shape 4: mixup(0.2) mixes any numbers");
    }

    @Test
    void balanced_batches_hold_every_class_equally_often() {
        Dataset data = DIGITS.perClass(40);
        Balance balance = Balance.of(data);
        int[] counts = new int[10];
        int[] known = data.train().labels();
        for (long example : balance.draw(5, 10_000)) {
            counts[known[(int) example]]++;
        }
        assertThat(Arrays.stream(counts).boxed()).allMatch(count -> count > 850 && count < 1150);
        assertThat(train(NET, data, epochs(1), balanced()).history().epochs()).isEqualTo(1);
        refused(
                "balanced: noise has no class for each example: leave it out",
                Tensors.of(new float[100][4], new float[100]).named("noise").validation(0.1),
                balanced());
    }

    @Test
    void limits_end_an_epoch_and_a_run() {
        Trained few = train(NET, DIGITS, epochs(2), batch(32), maxBatches(5));
        long steps = few.events().stream()
                .filter(RunEvent.Steps.class::isInstance)
                .mapToLong(event -> ((RunEvent.Steps) event).losses().length)
                .sum();
        assertThat(steps).isEqualTo(10);
        Trained brief = train(NET, DIGITS, epochs(100_000), timeBudget(0.3));
        assertThat(brief.ended().reason()).isEqualTo(StopReason.TIME);
        assertThat(brief.ended().sentence()).startsWith("the time budget was used up in epoch ");
    }

    @Test
    void validation_can_come_less_often() {
        Trained run = train(NET, DIGITS, epochs(5), evaluateEvery(2), earlyStop(4));
        assertThat(run.history().column("val_loss"))
                .satisfies(values -> assertThat(values[0]).isNaN())
                .satisfies(values -> assertThat(values[1]).isFinite())
                .satisfies(values -> assertThat(values[2]).isNaN())
                .satisfies(values -> assertThat(values[4]).isFinite());
    }

    @Test
    void more_metrics_are_measured_on_the_validation_split() {
        Trained run = train(NET, DIGITS, epochs(2), metrics("f1", "auroc", "top3", "kappa"), best("f1"));
        assertThat(run.history().columns()).contains("val_f1", "val_auroc", "val_top3", "val_kappa");
        assertThat(run.history().last("val_auroc")).isGreaterThan(0.9);
        assertThat(run.history().last("val_top3")).isGreaterThan(run.history().last("val_accuracy"));
        Map<String, Double> again;
        try (Network network = Network.of(run.plan(), Device.CPU, run.weights())) {
            again = network.evaluate(Split.TEST);
        }
        assertThat(again.get("auroc")).isEqualTo(run.history().last("val_auroc"));
    }

    @Test
    void an_unknown_metric_is_answered_with_the_nearest() {
        refused("metrics: there is no metric 'aurocs' for classes, did you mean 'auroc'?", DIGITS, metrics("aurocs"));
        refused(
                "earlyStop: this run does not measure val_f1, it measures loss, accuracy, val_loss, val_accuracy:"
                        + " name one of these, or add metrics(\"f1\")",
                DIGITS,
                earlyStop(2, "val_f1"));
    }

    @Test
    void a_pattern_that_means_nothing_is_refused() {
        refused("no parameter is named head: there are 1.weight, 1.bias, 3.weight, 3.bias", DIGITS, freeze("head"));
        refused(
                "freeze: every parameter is frozen, so there is nothing to train: there are 1.weight, 1.bias,"
                        + " 3.weight, 3.bias",
                DIGITS,
                freeze("*"));
        List<Parameter> parameters = Plan.of(NET, DIGITS, TrainingSpec.DEFAULT).parameters();
        assertThat(parameters.stream().filter(ParameterRule.NONE.freeze(List.of("1"))::isFrozen))
                .extracting(Parameter::name)
                .containsExactly("1.weight", "1.bias");
    }
}
