package dev.quire.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.quire.compile.torchscript.Methods;
import dev.quire.compile.torchscript.Sampling;
import dev.quire.compile.torchscript.Script;
import dev.quire.compile.torchscript.Update;
import dev.quire.graph.DType;
import dev.quire.graph.Gradients;
import dev.quire.graph.Graph;
import dev.quire.graph.GraphBuilder;
import dev.quire.graph.Parameter;
import dev.quire.graph.Scope;
import dev.quire.graph.Shape;
import dev.quire.graph.Tensor;
import dev.quire.graph.TensorType;
import dev.quire.model.Dense;
import dev.quire.train.Loss;
import dev.quire.train.Optimizer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProgramTest {
    @Test
    void a_training_program_moves_the_parameters_and_lowers_the_loss() {
        GraphBuilder builder = new GraphBuilder(true);
        Tensor x = builder.input("x", new TensorType(DType.FLOAT32, Shape.of(-1, 4)));
        Tensor y = builder.input("y", new TensorType(DType.INT64, Shape.of(-1)));
        Scope scope = Scope.root(builder);
        Tensor hidden = scope.within("0", () -> "dense(8)", s -> new Dense(8, true).forward(s, x))
                .relu();
        Tensor logits = scope.within("1", () -> "dense(2)", s -> new Dense(2, true).forward(s, hidden));
        Tensor loss = new Loss.CrossEntropy(0, List.of(), -100).apply(scope, logits, y);
        Graph forward = builder.build(List.of(loss));
        List<Tensor> outputs = new ArrayList<>(List.of(loss));
        outputs.addAll(Gradients.of(
                loss, forward.parameters().stream().map(Parameter::tensor).toList()));
        Graph graph = builder.build(outputs);
        Update update = new Optimizer.AdamW(0.05, 0.9, 0.999, 1e-8, 0.01, false).update(false);
        Script script = new Script(List.of(
                Methods.initialize(graph), Methods.train(graph, new Sampling.Rows(2), update, 1, parameter -> false)));
        try (Arena arena = Arena.on(Device.CPU)) {
            Program program = Program.load(arena, script);
            List<Array> state =
                    program.call("initialize", List.of(List.of(arena.array(new long[] {1}, 1), arena.filled(0, 1))));
            float[] before = state.get(0).floats();
            Array flat = arena.alias(state.get(0));
            Array m = arena.filled(0, flat.count());
            Array v = arena.filled(0, flat.count());
            Array steps = arena.filled(0);
            List<Array> data = List.of(
                    arena.array(new long[] {0, 1, 2, 3, 0, 1, 2, 3}, 8),
                    arena.array(new float[] {1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1}, 4, 4),
                    arena.array(new long[] {0, 1, 0, 1}, 4));
            List<Array> control = List.of(
                    arena.array(new long[] {0, 2, 4}, 3),
                    arena.array(new double[] {0.05, 0.05}, 2),
                    arena.array(new long[] {1, 2}, 2));
            float first = 0;
            float last = 0;
            for (int i = 0; i < 20; i++) {
                float[] losses = program.call(
                                "train",
                                List.of(state, List.of(flat), data, control, List.of(m), List.of(v), List.of(steps)))
                        .get(0)
                        .floats();
                first = i == 0 ? losses[0] : first;
                last = losses[1];
            }
            assertThat(state.get(0).floats()).isNotEqualTo(before);
            assertThat(steps.floats()[0]).isCloseTo(40, within(0f));
            assertThat(first).isCloseTo(0.69f, within(0.3f));
            assertThat(last).isLessThan(0.1f);
        }
    }
}
