package dev.quire.train;

import static dev.quire.Quire.*;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import dev.quire.data.Dataset;
import dev.quire.engine.Device;
import dev.quire.model.Layer;
import dev.quire.model.Wire;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every family of layers in a network that is trained, in 32 and in 16 bits. */
class LearningTest {
    private static final Dataset DIGITS = digits();

    private static final Map<String, Layer> NETWORKS = Map.ofEntries(
            entry(
                    "convolutions and norms",
                    sequential(
                            conv(8, 3, same(), noBias()),
                            groupNorm(2),
                            silu(),
                            separableConv(16, 3, same()),
                            batchNorm(),
                            prelu(perChannel()),
                            averagePool(2),
                            transposedConv(8, 2, stride(2)),
                            upsample(2, bilinear()),
                            adaptiveAveragePool(3),
                            flatten(),
                            layerNorm(),
                            dense(10))),
            entry(
                    "branches",
                    sequential(
                            concat(conv(8, 3, same()), sequential(conv(4, 1), relu6())),
                            residual(conv(12, 3, same()), elu(), dropout(0.1)),
                            add(conv(8, 1), sequential(maxPool(3, stride(1), same()), conv(8, 1))),
                            multiply(
                                    identity(), sequential(globalAveragePool(), dense(8), sigmoid(), reshape(8, 1, 1))),
                            globalMaxPool(),
                            dense(10))),
            entry(
                    "lstm",
                    sequential(
                            reshape(8, 8), lstm(16, layers(2), bidirectional(), lastState(), dropout(0.1)), dense(10))),
            entry("gru", sequential(reshape(8, 8), gru(24), flatten(), dense(10))),
            entry(
                    "transformers",
                    sequential(
                            reshape(8, 8),
                            dense(16),
                            positionalEmbedding(8),
                            transformerEncoder(2, hidden(32), gelu(), preNorm()),
                            transformerDecoder(4, dropout(0)),
                            selfAttention(2, causal()),
                            flatten(),
                            dense(10))),
            entry(
                    "one-dimensional",
                    sequential(
                            reshape(1, 64),
                            conv1d(8, 5, stride(2)),
                            mish(),
                            maxPool1d(2),
                            adaptiveMaxPool1d(6),
                            flatten(),
                            dense(10))),
            entry("functional", functional()),
            entry(
                    "own",
                    sequential(
                            flatten(),
                            layer(
                                    "gate",
                                    (scope, x) -> x.mul(dense(64)
                                                    .within(scope, "inner", x)
                                                    .sigmoid())
                                            .maximum(x.mul(0.1))),
                            dense(10))));

    private static Layer functional() {
        Wire image = input(1, 8, 8);
        Layer tower = shared("tower", flatten(), dense(16), tanh());
        Wire seen = tower.on(image);
        Wire again = tower.on(conv(1, 3, same()).on(image));
        return model(dense(10).on(concat(seen, again)));
    }

    static Stream<String> names() {
        return NETWORKS.keySet().stream().sorted();
    }

    @ParameterizedTest
    @MethodSource("names")
    void a_network_of_them_learns(String name) {
        assertThat(accuracy(NETWORKS.get(name), TrainingSpec.Precision.FLOAT32)).isGreaterThan(0.7);
    }

    @ParameterizedTest
    @MethodSource("names")
    void it_learns_in_bfloat16(String name) {
        assertThat(accuracy(NETWORKS.get(name), TrainingSpec.Precision.BFLOAT16))
                .isGreaterThan(0.7);
    }

    private static double accuracy(Layer net, TrainingSpec.Precision precision) {
        TrainingSpec spec = TrainingSpec.DEFAULT
                .epochs(4)
                .optimizer(new Optimizer.AdamW(1e-2, 0.9, 0.999, 1e-8, 0.01, false))
                .precision(precision)
                .seed(1);
        try (Network network = Network.start(Plan.of(net, DIGITS, spec), Device.CPU)) {
            return Trainer.train(network, event -> {}, java.util.List.of())
                    .history()
                    .last("val_accuracy");
        }
    }
}
