package dev.quire.graph;

import static dev.quire.Quire.*;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.quire.engine.GraphRun;
import dev.quire.engine.GraphRun.Values;
import dev.quire.model.Layer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every gradient rule against {@code torch.grad}. */
class GradientRulesTest {
    private static final double TOLERANCE = 1e-5;

    /** Something computed from inputs of these types, the last of which nobody derives by. */
    record Case(List<TensorType> inputs, int constants, BiFunction<Scope, List<Tensor>, Tensor> body) {}

    private static Case of(BiFunction<Tensor, Tensor, Tensor> body, Shape first, Shape second) {
        return new Case(List.of(floats(first), floats(second)), 0, (scope, x) -> body.apply(x.get(0), x.get(1)));
    }

    private static Case of(java.util.function.UnaryOperator<Tensor> body, long... sizes) {
        return new Case(List.of(floats(Shape.of(sizes))), 0, (scope, x) -> body.apply(x.get(0)));
    }

    private static Case of(Layer layer, long... sizes) {
        return new Case(List.of(floats(Shape.of(sizes))), 0, (scope, x) -> layer.within(scope, "layer", x.get(0)));
    }

    private static TensorType floats(Shape shape) {
        return new TensorType(DType.FLOAT32, shape);
    }

    private static TensorType numbers(long... sizes) {
        return new TensorType(DType.INT64, Shape.of(sizes));
    }

    private static final Shape WIDE = Shape.of(-1, 3, 4);
    private static final Shape ROW = Shape.of(4);

    private static final Map<String, Case> CASES = Map.ofEntries(
            entry(
                    "slices side by side",
                    of(x -> x.slice(1, 0, 2).square().add(x.slice(1, 2, 4).mul(x.slice(1, 4, 6))), -1, 6, 3)),
            entry("slices that overlap", of(x -> x.slice(1, 0, 2).mul(x.slice(1, 1, 3)), -1, 4)),
            entry("add", of(Tensor::add, WIDE, ROW)),
            entry("subtract", of(Tensor::sub, ROW, WIDE)),
            entry("multiply", of(Tensor::mul, WIDE, Shape.of(-1, 3, 1))),
            entry("divide", of((a, b) -> a.div(b.abs().add(0.5)), WIDE, ROW)),
            entry("square", of(Tensor::square, -1, 4)),
            entry("shift and scale", of(x -> x.add(2).mul(3).sub(1).div(4).neg(), -1, 4)),
            entry("power", of(x -> x.pow(3), -1, 4)),
            entry("square root", of(x -> x.abs().add(0.5).sqrt(), -1, 4)),
            entry("exp", of(Tensor::exp, -1, 4)),
            entry("log", of(x -> x.abs().add(0.5).log(), -1, 4)),
            entry("abs", of(x -> x.abs(), -1, 4)),
            entry("cast", of(x -> x.cast(DType.FLOAT64).mul(2).cast(DType.FLOAT32), -1, 4)),
            entry("maximum", of(Tensor::maximum, WIDE, WIDE)),
            entry("minimum", of(Tensor::minimum, WIDE, WIDE)),
            entry("clamp", of(x -> x.clamp(-0.8, 0.7), -1, 4)),
            entry("where", of((a, b) -> a.greater(0.2).where(a, b), WIDE, WIDE)),
            entry("maximum of equals", of((a, b) -> a.maximum(a.mul(1)), ROW, ROW)),
            entry("maximum, stretched", of(Tensor::maximum, WIDE, ROW)),
            entry("max of equals", of(x -> x.concat(1, List.of(x)).max(1), -1, 4)),
            entry(
                    "clamp at its limits",
                    of(
                            x -> x.with(ArithmeticOps.SIGN, Attributes.NONE)
                                    .mul(x.mul(0).add(1))
                                    .clamp(-1, 1),
                            -1,
                            4)),
            entry("sign", of(x -> x.with(ArithmeticOps.SIGN, Attributes.NONE).mul(x), -1, 4)),
            entry("sine", of(x -> x.with(ArithmeticOps.SIN, Attributes.NONE), -1, 4)),
            entry("cosine", of(x -> x.with(ArithmeticOps.COS, Attributes.NONE), -1, 4)),
            entry("where, stretched", of((a, b) -> a.greater(0.2).where(a, b), WIDE, ROW)),
            entry("prelu, one slope", of(prelu(), -1, 3, 4)),
            entry("groupNorm of images", of(groupNorm(2), -1, 4, 3, 2)),
            entry("reshape", of(x -> x.reshape(Shape.of(-2, 6)), -1, 3, 4)),
            entry("permute", of(x -> x.permute(2, 0, 1), -1, 3, 4)),
            entry("expand", of(x -> x.expand(Shape.of(-1, 3, 4)), -1, 1, 4)),
            entry("slice", of(x -> x.slice(1, 1, 3), -1, 4, 2)),
            entry("slice of the last axis", of(x -> x.slice(-1, 1, 3), -1, 2, 4)),
            entry("concat", of((a, b) -> a.concat(1, List.of(b, a)), WIDE, Shape.of(-1, 2, 4))),
            entry("flip", of(x -> x.with(ShapingOps.FLIP, Attributes.of("axes", List.of(1L))), -1, 4)),
            entry(
                    "pad",
                    of(
                            x -> x.with(
                                    ShapingOps.PAD,
                                    Attributes.of("amounts", List.of(1L, 2L, 3L, 0L))
                                            .with("value", 0.5)),
                            -1,
                            3,
                            4)),
            entry("sum", of(x -> x.sum(false, 1), -1, 3, 4)),
            entry("mean", of(x -> x.mean(true, 0, 2), -1, 3, 4)),
            entry("mean of everything", of((a, b) -> a.mean().mul(b), WIDE, ROW)),
            entry("max", of(x -> x.max(1), -1, 4)),
            entry("matmul", of(Tensor::matmul, Shape.of(-1, 2, 3, 4), Shape.of(4, 5))),
            entry("matmul of batches", of(Tensor::matmul, Shape.of(-1, 3, 4), Shape.of(-1, 4, 2))),
            entry("dense", of(dense(3), -1, 4)),
            entry("dense of sequences", of(dense(3), -1, 2, 4)),
            entry("conv", of(conv(4, 3, stride(2), padding(1)), -1, 2, 7, 6)),
            entry("conv, even kernel, same", of(conv(4, 2, same(), noBias()), -1, 2, 4, 4)),
            entry("conv1d", of(conv1d(4, 3), -1, 2, 6)),
            entry("transposedConv", of(transposedConv(2, 3, stride(2), same()), -1, 3, 4, 4)),
            entry("batchNorm", of(batchNorm(), -1, 3, 4)),
            entry("layerNorm", of(layerNorm(2), -1, 3, 4)),
            entry("groupNorm", of(groupNorm(2), -1, 4, 3)),
            entry("maxPool", of(maxPool(2), -1, 2, 5, 5)),
            entry("averagePool", of(averagePool(3, stride(2), padding(1)), -1, 2, 5, 5)),
            entry("adaptiveAveragePool", of(adaptiveAveragePool(2), -1, 2, 5, 5)),
            entry("adaptiveMaxPool", of(adaptiveMaxPool(2), -1, 2, 5, 5)),
            entry("globalAveragePool", of(globalAveragePool(), -1, 2, 3, 3)),
            entry("globalMaxPool", of(globalMaxPool(), -1, 2, 3, 3)),
            entry("upsample", of(upsample(2), -1, 2, 3, 3)),
            entry("upsample bilinear", of(upsample(2, bilinear()), -1, 2, 3, 3)),
            entry("dropout", of(dropout(0.4), -1, 40)),
            entry("relu", of(relu(), -1, 9)),
            entry("selu", of(selu(), -1, 9)),
            entry("gelu", of(gelu(), -1, 9)),
            entry("geluTanh", of(geluTanh(), -1, 9)),
            entry("silu", of(silu(), -1, 9)),
            entry("sigmoid", of(sigmoid(), -1, 9)),
            entry("logSigmoid", of(logSigmoid(), -1, 9)),
            entry("tanh", of(tanh(), -1, 9)),
            entry("softsign", of(softsign(), -1, 9)),
            entry("mish", of(mish(), -1, 9)),
            entry("hardswish", of(hardswish(), -1, 9)),
            entry("hardsigmoid", of(hardsigmoid(), -1, 9)),
            entry("hardtanh", of(hardtanh(), -1, 9)),
            entry("relu6", of(relu6(), -1, 9)),
            entry("leakyRelu", of(leakyRelu(0.2), -1, 9)),
            entry("elu", of(elu(0.7), -1, 9)),
            entry("celu", of(celu(0.7), -1, 9)),
            entry("softplus", of(softplus(2, 20), -1, 9)),
            entry("prelu", of(prelu(perChannel()), -1, 9)),
            entry("softmax", of(softmax(), -1, 9)),
            entry("logSoftmax", of(logSoftmax(), -1, 9)),
            entry("lstm", of(lstm(3, layers(2), bidirectional(), lastState(), dropout(0.3)), -1, 4, 2)),
            entry("gru", of(gru(3, lastState()), -1, 4, 2)),
            entry("selfAttention", of(selfAttention(2, causal()), -1, 4, 6)),
            entry("transformerDecoder", of(transformerDecoder(2, dropout(0)), -1, 4, 6)),
            entry(
                    "flash attention",
                    of(
                            x -> x.with(
                                    SequenceOps.FLASH_ATTENTION, Attributes.of("causal", true), x.mul(0.5), x.exp()),
                            -1,
                            2,
                            4,
                            8)),
            entry(
                    "masked flash attention",
                    new Case(
                            List.of(floats(Shape.of(-1, 2, 4, 8)), floats(Shape.of(-1, 1, 1, 4))),
                            1,
                            (scope, x) -> x.get(0)
                                    .with(
                                            SequenceOps.FLASH_ATTENTION,
                                            Attributes.of("causal", false),
                                            x.get(0).mul(0.5),
                                            x.get(0).exp(),
                                            x.get(1)
                                                    .greater(0)
                                                    .cast(DType.FLOAT32)
                                                    .mul(-1e9)))),
            entry(
                    "embedding",
                    new Case(
                            List.of(numbers(-1, 5)),
                            0,
                            (scope, x) -> embedding(7, 3).within(scope, "layer", x.get(0)))),
            entry(
                    "negative log likelihood",
                    new Case(
                            List.of(floats(Shape.of(-1, 3)), numbers(-1)),
                            0,
                            (scope, x) ->
                                    x.get(0).logSoftmax(1).with(LossOps.NLL, Attributes.of("ignore", -100), x.get(1)))),
            entry(
                    "weighted negative log likelihood",
                    new Case(
                            List.of(floats(Shape.of(-1, 3)), numbers(-1), floats(Shape.of(3))),
                            1,
                            (scope, x) -> x.get(0)
                                    .logSoftmax(1)
                                    .with(LossOps.NLL, Attributes.of("ignore", 1), x.get(1), x.get(2)))));

    static Stream<String> cases() {
        return CASES.keySet().stream().sorted();
    }

    @Test
    void every_op_has_a_name_of_its_own() {
        assertThat(Ops.all().stream().map(Op::name)).doesNotHaveDuplicates();
    }

    /** The blocked layout is held against the plain one by {@code TrainerTest.rewrites_keep_the_mathematics}. */
    @Test
    void every_rule_is_tested() {
        Set<Op> seen = new HashSet<>();
        CASES.values().forEach(example -> build(example, Gradients::of).nodes().forEach(node -> seen.add(node.op())));
        seen.addAll(BlockedOps.ROWS);
        assertThat(Ops.all().stream().filter(op -> op.gradient() != null && !seen.contains(op)))
                .isEmpty();
    }

    @Test
    void a_gradient_that_would_be_lost_is_refused() {
        GraphBuilder builder = new GraphBuilder(true);
        Tensor x = builder.input("x", floats(Shape.of(-1, 3, 4)));
        Tensor state = builder.input("s", floats(Shape.of(1, -1, 2)));
        Tensor w = builder.input("w", floats(Shape.of(8, 4)));
        Attributes attributes = Attributes.of("units", 2).with("bidirectional", false);
        Tensor last = builder.node(SequenceOps.LSTM, attributes, List.of(x, state, state, w))
                .output(1);
        assertThatThrownBy(() -> Gradients.of(last.sum(), List.of(w)))
                .isInstanceOf(ShapeException.class)
                .hasMessage("no gradient flows through output 1 of the op lstm: compute with its first output");
    }

    @ParameterizedTest
    @MethodSource("cases")
    void a_rule_gives_what_torch_grad_gives(String name) {
        Graph byRules = build(CASES.get(name), Gradients::of);
        Random random = new Random(7);
        List<Values> inputs = byRules.inputs().stream()
                .map(input -> values(input.type(), random))
                .toList();
        Map<String, Values> start = GraphRun.start(byRules, 5);
        List<Values> rules = GraphRun.run(byRules, start, inputs).outputs();
        List<Values> torch = GraphRun.run(build(CASES.get(name), Gradients::withoutRules), start, inputs)
                .outputs();
        assertThat(rules).hasSameSizeAs(torch).isNotEmpty();
        for (int i = 0; i < rules.size(); i++) {
            assertThat(rules.get(i).sizes()).isEqualTo(torch.get(i).sizes());
            for (int j = 0; j < rules.get(i).data().length; j++) {
                float expected = torch.get(i).data()[j];
                double allowed = TOLERANCE * Math.max(1, Math.abs(expected));
                assertThat(rules.get(i).data()[j])
                        .as("%s: gradient %d[%d]", name, i, j)
                        .isCloseTo(expected, within((float) allowed));
            }
        }
    }

    private static Values values(TensorType type, Random random) {
        long[] sizes = type.shape().sizes();
        for (int i = 0; i < sizes.length; i++) {
            sizes[i] = sizes[i] < 0 ? -3 * sizes[i] : sizes[i];
        }
        float[] data = new float[Math.toIntExact(Shape.of(sizes).count())];
        for (int i = 0; i < data.length; i++) {
            data[i] = type.dtype() == DType.INT64 ? random.nextInt(3) : 4 * random.nextFloat() - 2;
        }
        return new Values(sizes, data);
    }

    /** How gradients are added to a graph. */
    private interface Pass {
        List<Tensor> of(Tensor output, Tensor gradient, List<Tensor> wanted);
    }

    /** A graph whose outputs are the output, then the gradients of float inputs and parameters. */
    private static Graph build(Case example, Pass pass) {
        GraphBuilder builder = new GraphBuilder(true);
        List<Tensor> inputs = new ArrayList<>();
        for (TensorType type : example.inputs()) {
            inputs.add(builder.input("x" + inputs.size(), type));
        }
        Tensor output = example.body().apply(Scope.root(builder), inputs);
        Tensor probe = builder.input("probe", output.type());
        List<Tensor> wanted = new ArrayList<>(inputs.subList(0, inputs.size() - example.constants()));
        wanted.removeIf(input -> !input.dtype().isFloating());
        builder.build(List.of(output)).parameters().forEach(parameter -> wanted.add(parameter.tensor()));
        List<Tensor> outputs = new ArrayList<>(List.of(output));
        outputs.addAll(pass.of(output, probe, wanted));
        return builder.build(outputs);
    }
}
