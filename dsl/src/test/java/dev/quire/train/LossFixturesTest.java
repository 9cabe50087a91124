package dev.quire.train;

import static dev.quire.Quire.*;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.quire.Fixtures;
import dev.quire.engine.GraphRun;
import dev.quire.graph.DType;
import dev.quire.graph.Gradients;
import dev.quire.graph.GraphBuilder;
import dev.quire.graph.Scope;
import dev.quire.graph.Shape;
import dev.quire.graph.Tensor;
import dev.quire.graph.TensorType;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Values and gradients against PyTorch's figures: {@code |a - b| <= 1e-5 * max(1, |b|)}. */
class LossFixturesTest {
    private static final double TOLERANCE = 1e-5;

    private static final Map<String, Loss> LOSSES = Map.ofEntries(
            entry("cross_entropy", crossEntropy()),
            entry("cross_entropy_label_smoothing", Loss.CrossEntropy.plain().labelSmoothing(0.1)),
            entry("cross_entropy_class_weights", Loss.CrossEntropy.plain().weights(weights())),
            entry("cross_entropy_ignore_index", Loss.CrossEntropy.plain().ignore(-100)),
            entry("mse", mse()),
            entry("l1", l1()),
            entry("smooth_l1", smoothL1()),
            entry("huber", huber(0.7)),
            entry("bce_with_logits", bce()),
            entry("nll", nll()),
            entry("kl_div_batchmean", kl()));

    static Stream<JsonNode> cases() {
        return StreamSupport.stream(Fixtures.read("pytorch/losses.json").spliterator(), false);
    }

    private static List<Double> weights() {
        return cases().filter(node -> node.get("name").asText().equals("cross_entropy_class_weights"))
                .flatMap(node -> StreamSupport.stream(
                        node.get("config").get("weight").get("data").spliterator(), false))
                .map(JsonNode::asDouble)
                .toList();
    }

    @Test
    void every_case_has_its_loss() {
        assertThat(cases().map(node -> node.get("name").asText()).toList())
                .containsExactlyInAnyOrderElementsOf(LOSSES.keySet());
    }

    @ParameterizedTest
    @MethodSource("cases")
    void a_loss_and_its_gradient_are_those_of_pytorch(JsonNode figures) {
        String name = figures.get("name").asText();
        boolean logProbabilities = name.equals("nll") || name.equals("kl_div_batchmean");
        GraphRun.Values input = Fixtures.values(figures.get("input"));
        GraphRun.Values target = Fixtures.values(figures.get("target"));
        GraphBuilder builder = new GraphBuilder(true);
        Tensor x = builder.input("x", new TensorType(DType.FLOAT32, Shape.of(-1, input.sizes()[1])));
        boolean numbers = target.sizes().length == 1;
        Tensor y = builder.input(
                "y",
                numbers
                        ? new TensorType(DType.INT64, Shape.of(-1))
                        : new TensorType(DType.FLOAT32, Shape.of(-1, target.sizes()[1])));
        Tensor output = logProbabilities && needsLog(figures) ? x.logSoftmax(1) : x;
        Tensor loss = LOSSES.get(name).apply(Scope.root(builder), output, y);
        GraphRun.Result result = GraphRun.run(
                builder.build(List.of(loss, Gradients.of(loss, List.of(x)).get(0))), Map.of(), List.of(input, target));
        double value = figures.get("value").asDouble();
        assertThat((double) result.outputs().get(0).data()[0])
                .as("value")
                .isCloseTo(value, within(TOLERANCE * Math.max(1, Math.abs(value))));
        Fixtures.same("gradient", result.outputs().get(1), figures.get("grad_input"));
    }

    /** Some figures start from logits, of which the log softmax was taken first. */
    private static boolean needsLog(JsonNode figures) {
        return StreamSupport.stream(figures.get("input").get("data").spliterator(), false)
                .anyMatch(value -> value.asDouble() > 0);
    }
}
