package dev.quire.train;

import static dev.quire.Quire.*;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.quire.Fixtures;
import dev.quire.compile.torchscript.Methods;
import dev.quire.compile.torchscript.Sampling;
import dev.quire.compile.torchscript.Script;
import dev.quire.compile.torchscript.Update;
import dev.quire.engine.Arena;
import dev.quire.engine.Array;
import dev.quire.engine.Device;
import dev.quire.engine.GraphRun.Values;
import dev.quire.engine.Program;
import dev.quire.graph.DType;
import dev.quire.graph.Gradients;
import dev.quire.graph.Graph;
import dev.quire.graph.GraphBuilder;
import dev.quire.graph.Init;
import dev.quire.graph.Shape;
import dev.quire.graph.Tensor;
import dev.quire.graph.TensorType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whole training programs against PyTorch's figures. The loss is the sum of parameter times input, so that the gradient
 * of a step is the input of that step.
 */
class OptimizerFixturesTest {
    private static final double TOLERANCE = 1e-5;

    private static final Map<String, Optimizer> OPTIMIZERS = Map.ofEntries(
            entry("sgd", sgd(0.1)),
            entry("sgd_momentum", sgd(0.1, momentum(0.9), weightDecay(0.01))),
            entry("sgd_nesterov", sgd(0.1, momentum(0.9), nesterov())),
            entry("adam", adam(0.01)),
            entry(
                    "adam_l2",
                    adam(0.01, option("beta1", 0.8), option("beta2", 0.99), option("epsilon", 1e-6), weightDecay(0.1))),
            entry("adam_amsgrad", adam(0.01, option("amsgrad", 1))),
            entry("adamw", adamW(0.01, weightDecay(0.1))),
            entry("rmsprop", rmsProp(0.01, option("alpha", 0.99), option("epsilon", 1e-8))),
            entry("rmsprop_momentum_centered", rmsProp(0.01, momentum(0.9), option("centered", 1))),
            entry("adagrad", adagrad(0.1)),
            entry("adadelta", adadelta(1.0)));

    static Stream<JsonNode> cases() {
        return StreamSupport.stream(Fixtures.read("pytorch/optimizers.json").spliterator(), false);
    }

    @Test
    void every_case_has_its_optimizer() {
        assertThat(cases().map(node -> node.get("name").asText()).toList())
                .containsExactlyInAnyOrderElementsOf(OPTIMIZERS.keySet());
    }

    @ParameterizedTest
    @MethodSource("cases")
    void each_step_moves_the_parameters_as_pytorch_does(JsonNode figures) {
        Optimizer optimizer = OPTIMIZERS.get(figures.get("name").asText());
        Values start = Fixtures.values(figures.get("start"));
        List<float[]> gradients = new ArrayList<>();
        figures.get("gradients")
                .forEach(gradient -> gradients.add(Fixtures.values(gradient).data()));
        List<float[]> after = steps(optimizer, OptionalDouble.empty(), start.data(), gradients);
        for (int i = 0; i < after.size(); i++) {
            Fixtures.same(
                    "after step " + (i + 1),
                    new Values(start.sizes(), after.get(i)),
                    figures.get("after_each_step").get(i));
        }
    }

    @Test
    void gradients_are_clipped_by_their_norm_all_together() {
        JsonNode figures = Fixtures.read("pytorch/clip_grad_norm.json");
        float[] gradient = joined(figures.get("gradients"));
        float[] moved = steps(
                        sgd(1.0),
                        OptionalDouble.of(figures.get("max_norm").asDouble()),
                        new float[gradient.length],
                        List.of(gradient))
                .get(0);
        float[] clipped = joined(figures.get("clipped"));
        for (int i = 0; i < moved.length; i++) {
            assertThat((double) -moved[i]).isCloseTo(clipped[i], org.assertj.core.api.Assertions.within(TOLERANCE));
        }
    }

    private static float[] joined(JsonNode arrays) {
        List<Float> out = new ArrayList<>();
        arrays.forEach(array -> array.get("data").forEach(value -> out.add((float) value.asDouble())));
        float[] values = new float[out.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = out.get(i);
        }
        return values;
    }

    /** The parameters after each step. */
    private static List<float[]> steps(
            Optimizer optimizer, OptionalDouble clip, float[] start, List<float[]> gradients) {
        GraphBuilder builder = new GraphBuilder(true);
        Tensor x = builder.input("x", new TensorType(DType.FLOAT32, Shape.of(-1, start.length)));
        Tensor w = builder.parameter("w", new TensorType(DType.FLOAT32, Shape.of(start.length)), Init.zeros());
        Tensor loss = x.mul(w).sum();
        Graph graph = builder.build(List.of(loss, Gradients.of(loss, List.of(w)).get(0)));
        GradientRule rule = new GradientRule(1, clip, OptionalDouble.empty());
        Update update = StepRule.of(TrainingSpec.DEFAULT.optimizer(optimizer).gradient(rule), graph.parameters());
        Script script = new Script(List.of(Methods.train(graph, new Sampling.Rows(1), update, 1, parameter -> false)));
        List<float[]> out = new ArrayList<>();
        try (Arena arena = Arena.on(Device.CPU)) {
            Program program = Program.load(arena, script);
            Array flat = arena.array(start, start.length);
            List<List<Array>> arguments = new ArrayList<>();
            arguments.add(List.of(flat));
            arguments.add(List.of(arena.alias(flat)));
            arguments.add(List.of());
            arguments.add(List.of(
                    arena.array(new long[] {0, 1, 1}, 3),
                    arena.array(new double[] {optimizer.learningRate()}, 1),
                    arena.array(new long[] {0}, 1)));
            for (Update.Slot slot : update.slots()) {
                arguments.add(List.of(
                        slot.perParameter() ? arena.filled(slot.start(), start.length) : arena.filled(slot.start())));
            }
            for (float[] gradient : gradients) {
                arguments.set(2, List.of(arena.array(new long[] {0}, 1), arena.array(gradient, 1, gradient.length)));
                program.call("train", arguments);
                out.add(flat.floats());
            }
        }
        return out;
    }
}
