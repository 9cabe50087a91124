package dev.quire.train;

import static dev.quire.Quire.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.quire.data.Dataset;
import dev.quire.data.Split;
import dev.quire.engine.Device;
import dev.quire.model.Layer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrainerTest {
    private static final Layer NET =
            sequential(conv(16, 3), relu(), maxPool(2), flatten(), dense(64), relu(), dropout(0.2), dense(10));

    private static final Dataset DIGITS = digits();

    private static final TrainingSpec SPEC = TrainingSpec.DEFAULT
            .epochs(30)
            .optimizer(new Optimizer.AdamW(2e-3, 0.9, 0.999, 1e-8, 0.01, false))
            .schedule(new Schedule(new Schedule.Cosine(0), 0))
            .seed(1);

    @Test
    void digits_are_learned() {
        Plan plan = Plan.of(NET, DIGITS, SPEC);
        List<RunEvent> events = new ArrayList<>();
        try (Network network = Network.start(plan, Device.CPU)) {
            RunEvent.Ended ended = Trainer.train(network, events::add, List.of());
            assertThat(ended.reason()).isEqualTo(StopReason.COMPLETED);
            assertThat(ended.history().last("val_accuracy")).isGreaterThan(0.97);
        }
    }

    @Test
    void the_same_seed_gives_the_same_bits_however_steps_are_grouped() {
        float[] first = weights(SPEC.epochs(3));
        float[] second = weights(SPEC.epochs(3));
        assertThat(first).isEqualTo(second);
        assertThat(first).isNotEqualTo(weights(SPEC.epochs(3).seed(2)));
    }

    @Test
    void bfloat16_learns_as_well() {
        try (Network network =
                Network.start(Plan.of(NET, DIGITS, SPEC.precision(TrainingSpec.Precision.BFLOAT16)), Device.CPU)) {
            RunEvent.Ended ended = Trainer.train(network, event -> {}, List.of());
            assertThat(ended.history().last("val_accuracy")).isGreaterThan(0.96);
            assertThat(network.infer(Split.TEST)).hasSize(3600);
        }
    }

    private static float[] weights(TrainingSpec spec) {
        return weights(NET, spec);
    }

    private static float[] weights(Layer net, TrainingSpec spec) {
        try (Network network = Network.start(Plan.of(net, DIGITS, spec), Device.CPU)) {
            Trainer.train(network, event -> {}, List.of());
            return network.weights().flat();
        }
    }

    /** Convolution, norm, pooling, a residual add and an op in between that does not know the blocked layout. */
    @Test
    void rewrites_keep_the_mathematics() {
        Layer net = sequential(
                conv(8, 3, same()),
                batchNorm(),
                relu(),
                maxPool(2),
                residual(conv(8, 3, same()), batchNorm(), relu()),
                conv(8, 3, stride(2)),
                gelu(),
                conv(8, 1),
                globalAveragePool(),
                dense(10));
        // Adam would make a step of full length out of the rounding of a gradient that is 0.
        TrainingSpec spec = SPEC.epochs(1).batch(1437).optimizer(sgd(0.1));
        float[] rewritten = weights(net, spec);
        System.setProperty("quire.rewrites.off", "pool-first,fused-attention,blocked-layout");
        try {
            float[] plain = weights(net, spec);
            for (int i = 0; i < plain.length; i++) {
                assertThat(rewritten[i]).isCloseTo(plain[i], within(2e-6f));
            }
            assertThat(rewritten).as("the rewrites do something").isNotEqualTo(plain);
        } finally {
            System.clearProperty("quire.rewrites.off");
        }
    }
}
