package dev.quire.compile.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quire.QuireException;
import dev.quire.engine.GraphRun;
import dev.quire.engine.GraphRun.Values;
import dev.quire.graph.ActivationOps;
import dev.quire.graph.ArithmeticOps;
import dev.quire.graph.Attributes;
import dev.quire.graph.DType;
import dev.quire.graph.Graph;
import dev.quire.graph.GraphBuilder;
import dev.quire.graph.ImageOps;
import dev.quire.graph.LossOps;
import dev.quire.graph.NormalizationOps;
import dev.quire.graph.PoolingOps;
import dev.quire.graph.RandomOps;
import dev.quire.graph.ReductionOps;
import dev.quire.graph.Scope;
import dev.quire.graph.SequenceOps;
import dev.quire.graph.Shape;
import dev.quire.graph.ShapingOps;
import dev.quire.graph.Tensor;
import dev.quire.graph.TensorType;
import dev.quire.model.Custom;
import dev.quire.model.Unary;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ops that layers of the user's own may use say the same in ONNX Runtime; others are refused with their place. */
class OnnxOpsTest {
    private static final int BATCH = 3;

    @TempDir
    Path folder;

    private Agreement agreement;

    @BeforeEach
    void begin() {
        agreement = new Agreement(folder);
    }

    /** One image input of numbers around 0. */
    private void same(String name, Function<Tensor, Tensor> body, long... sizes) {
        agreement.of(
                name,
                new Custom(name, (Unary) (scope, input) -> body.apply(input)),
                BATCH,
                List.of(new TensorType(DType.FLOAT32, Shape.of(sizes))));
    }

    @Test
    void arithmetic() {
        same("differences", x -> x.sub(x.slice(2, 0, 1)).mul(x).div(x.abs().add(1.5)), 2, 3);
        same("powers", x -> x.abs().add(0.1).pow(1.7).sqrt().log().exp(), 2, 3);
        same(
                "waves",
                x -> x.with(ArithmeticOps.SIN, Attributes.NONE).add(x.with(ArithmeticOps.COS, Attributes.NONE)),
                4);
        same("signs", x -> x.with(ArithmeticOps.SIGN, Attributes.NONE).mul(2), 5);
        same("extremes", x -> x.maximum(x.neg()).minimum(x.square()).clamp(-0.5, 1.25), 2, 3);
        same("choices", x -> x.greater(0.2).where(x, x.less(-0.2).where(x.mul(3), x.square())), 2, 3);
        same("equal", x -> x.eq(x.maximum(x.neg())).cast(DType.FLOAT32), 6);
        same("counts", x -> x.greater(0).sum(false, 1).cast(DType.FLOAT32), 6);
        same("whole", x -> x.mul(3).cast(DType.INT64).add(2).cast(DType.FLOAT32), 6);
        assertThat(agreement.compared()).isEqualTo(9);
    }

    @Test
    void constants() {
        agreement.of(
                "constants",
                new Custom("constants", (Unary) (scope, x) -> {
                    Tensor full = scope.add(
                            ArithmeticOps.FULL,
                            Attributes.of("shape", x.shape()).with("value", 0.5).with("dtype", DType.FLOAT32));
                    return x.mul(scope.constant(List.of(1.0, -2.0, 3.5), 3)).add(full);
                }),
                BATCH,
                List.of(new TensorType(DType.FLOAT32, Shape.of(2, 3))));
        assertThat(agreement.compared()).isEqualTo(1);
    }

    @Test
    void shapes() {
        same("join batch and rows", x -> x.reshape(Shape.of(-2, 3)).softmax(1), 2, 3);
        same("batch twice", x -> x.matmul(x.permute(1, 0)).matmul(x), 3);
        same("turned", x -> x.permute(2, 0, 1).transpose(0, 1), 2, 3);
        same("flipped", x -> x.with(ShapingOps.FLIP, Attributes.of("axes", List.of(0L, 2L))), 2, 3);
        same("expanded", x -> x.slice(1, 0, 1).expand(x.shape()), 4, 3);
        same(
                "cut away",
                x -> x.with(
                        ShapingOps.PAD,
                        Attributes.of("amounts", List.of(1L, 0L, -1L, 2L)).with("value", 0.7)),
                4,
                3);
        same("reductions", x -> x.mean(true, 1).add(x.sum(true, 2)).sub(x.max(1).reshape(Shape.of(-1, 1, 3))), 4, 3);
        same("means of everything", x -> x.mul(x.mean()).add(x.sum()), 4, 3);
        same("places", x -> x.argmax(2).oneHot(3).add(x), 4, 3);
        same(
                "rows",
                x -> x.with(
                        ShapingOps.TAKE,
                        Attributes.NONE,
                        x.slice(1, 0, 1).reshape(Shape.of(-1)).abs().less(9).cast(DType.INT64)),
                3);
        assertThat(agreement.compared()).isEqualTo(10);
    }

    @Test
    void images() {
        for (boolean nearest : new boolean[] {true, false}) {
            same(
                    "sampled " + nearest,
                    x -> {
                        // a slight turn, for each example its own
                        Tensor turn = x.mean(false, 1, 2, 3)
                                .reshape(Shape.of(-1, 1, 1))
                                .mul(0.3);
                        Tensor ones = turn.mul(0).add(1);
                        Tensor matrices = ones.concat(
                                        2, List.of(turn, turn.mul(0).add(0.1)))
                                .concat(
                                        1,
                                        List.of(turn.neg()
                                                .concat(
                                                        2,
                                                        List.of(
                                                                ones,
                                                                turn.mul(0).sub(0.2)))));
                        Tensor grid = matrices.with(ImageOps.AFFINE_GRID, Attributes.of("shape", x.shape()));
                        return x.with(
                                nearest ? ImageOps.GRID_SAMPLE_NEAREST : ImageOps.GRID_SAMPLE_BILINEAR,
                                Attributes.NONE,
                                grid);
                    },
                    2,
                    5,
                    6);
        }
        same("uneven sizes", x -> x.with(ShapingOps.UPSAMPLE_NEAREST, Attributes.of("size", List.of(7L, 9L))), 2, 5, 6);
        same(
                "uneven and smooth",
                x -> x.with(ShapingOps.UPSAMPLE_BILINEAR, Attributes.of("size", List.of(7L, 9L))),
                2,
                5,
                6);
        assertThat(agreement.compared()).isEqualTo(4);
    }

    /** Windows that hang over the end, with and without padding, counted or not. */
    @Test
    void windows_that_hang_over() {
        int compared = 0;
        for (long size = 5; size < 9; size++) {
            for (long padding = 0; padding < 2; padding++) {
                for (long stride = 1; stride < 4; stride++) {
                    Attributes window = Attributes.of("kernel", List.of(3L, 2L))
                            .with("stride", List.of(stride, stride + 1))
                            .with("padding", List.of(padding, padding))
                            .with("ceil", true);
                    String name = size + " " + padding + " " + stride;
                    same(
                            "largest " + name,
                            x -> x.with(PoolingOps.MAX_POOL, window.with("dilation", List.of(1L, 1L))),
                            2,
                            size,
                            size);
                    same(
                            "mean " + name,
                            x -> x.with(PoolingOps.AVERAGE_POOL, window.with("count_padding", true)),
                            2,
                            size,
                            size);
                    same(
                            "mean of all " + name,
                            x -> x.with(PoolingOps.AVERAGE_POOL, window.with("count_padding", false)),
                            2,
                            size,
                            size);
                    compared += 3;
                }
            }
        }
        assertThat(agreement.compared()).isEqualTo(compared);
    }

    @Test
    void states_of_recurrent_networks_and_their_beginnings() {
        GraphBuilder builder = new GraphBuilder(false);
        Scope scope = Scope.root(builder);
        Tensor x = builder.input("x", new TensorType(DType.FLOAT32, Shape.of(-1, 5, 3)));
        Tensor start = x.slice(1, 0, 1)
                .reshape(Shape.of(-1, 3))
                .matmul(builder.parameter(
                        "w", new TensorType(DType.FLOAT32, Shape.of(3, 16)), new dev.quire.graph.Init.Normal(1)))
                .reshape(Shape.of(-1, 4, 4))
                .transpose(0, 1);
        java.util.ArrayList<Tensor> operands = new java.util.ArrayList<>(List.of(x, start, start.mul(0.5)));
        for (int layer = 0; layer < 2; layer++) {
            for (int way = 0; way < 2; way++) {
                String at = layer + "." + way;
                operands.add(parameter(scope, "ih" + at, 16, layer == 0 ? 3 : 8));
                operands.add(parameter(scope, "hh" + at, 16, 4));
                operands.add(parameter(scope, "bi" + at, 16));
                operands.add(parameter(scope, "bh" + at, 16));
            }
        }
        Attributes attributes = Attributes.of("units", 4)
                .with("layers", 2)
                .with("bidirectional", true)
                .with("dropout", 0.0)
                .with("training", false);
        dev.quire.graph.Node lstm = builder.node(SequenceOps.LSTM, attributes, operands);
        Graph graph = builder.build(lstm.outputs());
        agreement.of("states", graph, GraphRun.start(graph, 3), List.of(numbers(2, 5, 3)));
        assertThat(agreement.compared()).isEqualTo(1);
    }

    private static Tensor parameter(Scope scope, String name, long... sizes) {
        return scope.parameter(name, new dev.quire.graph.Init.Normal(0.3), sizes);
    }

    private static Values numbers(long... sizes) {
        Random random = new Random(5);
        float[] data = new float[Math.toIntExact(Shape.of(sizes).count())];
        for (int i = 0; i < data.length; i++) {
            data[i] = (float) random.nextGaussian();
        }
        return new Values(sizes, data);
    }

    @Test
    void a_name_that_is_taken_gets_a_number_and_an_input_that_comes_out_is_copied() {
        GraphBuilder builder = new GraphBuilder(false);
        TensorType type = new TensorType(DType.FLOAT32, Shape.of(-1, 2));
        Tensor x = builder.input("output", type);
        Tensor y = builder.input("Relu", type);
        Tensor sum = x.relu().add(y.relu());
        Graph graph = builder.build(List.of(sum, x, sum));
        agreement.of("names", graph, Map.of(), List.of(numbers(2, 2), numbers(2, 2)));
        assertThat(agreement.compared()).isEqualTo(1);
    }

    private void refused(Function<Tensor, Tensor> body, String... words) {
        Graph graph = Agreement.graph(
                dev.quire.Quire.sequential(new Custom("own", (Unary) (scope, input) -> body.apply(input))),
                List.of(new TensorType(DType.FLOAT32, Shape.of(2, 4, 4))));
        assertThatThrownBy(() -> OnnxPrinter.print(graph))
                .isInstanceOf(QuireException.class)
                .hasMessageContainingAll(words)
                .hasMessageContaining("layer 0");
    }

    @Test
    void what_has_no_form_is_refused_with_its_place_and_a_way_out() {
        refused(
                x -> x.with(RandomOps.DROPOUT, Attributes.of("rate", 0.5)),
                "ONNX cannot hold the op dropout of layer 0",
                "draws at random",
                "add it where scope.training()");
        refused(x -> x.with(LossOps.HUBER, Attributes.of("delta", 1.0), x), "the op huber", "it is a loss");
        refused(x -> x.with(ActivationOps.RELU_BACKWARD, Attributes.NONE, x), "relu_backward", "part of a gradient");
        refused(
                x -> x.cast(DType.INT64).add(0.5).cast(DType.FLOAT32),
                "the op shift of layer 0",
                "whole numbers and 0.5 have no common type",
                "cast(DType.FLOAT32) before it");
        Attributes pool = Attributes.of("kernel", List.of(2L, 2L))
                .with("stride", List.of(2L, 2L))
                .with("padding", List.of(0L, 0L))
                .with("dilation", List.of(1L, 1L))
                .with("ceil", false);
        refused(
                x -> x.node().op() == null
                        ? x
                        : new Tensor(x.with(PoolingOps.MAX_POOL, pool).node(), 1).cast(DType.FLOAT32),
                "the op max_pool",
                "its output 1 has no form there");
        refused(
                x -> x.with(
                        NormalizationOps.BATCH_NORM,
                        Attributes.of("training", true).with("momentum", 0.1).with("eps", 1e-5),
                        ones(x),
                        ones(x),
                        ones(x),
                        ones(x)),
                "the op batch_norm",
                "it normalises by the batch");
        refused(
                x -> x.mean(true, 2, 3).with(ReductionOps.MEAN_BACKWARD, Attributes.of("divisor", Shape.of(3))),
                "mean_backward");
    }

    private static Tensor ones(Tensor x) {
        return x.sum(false, 0, 2, 3).mul(0).add(1);
    }
}
