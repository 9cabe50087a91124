package dev.quire.model;

import static dev.quire.Quire.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quire.QuireException;
import dev.quire.engine.GraphRun;
import dev.quire.graph.DType;
import dev.quire.graph.Graph;
import dev.quire.graph.Init;
import dev.quire.graph.Parameter;
import dev.quire.graph.Shape;
import dev.quire.graph.TensorType;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Networks of parts: blocks, branches, shared and own layers, the functional form. */
class ModelTest {
    private static Architecture infer(Layer layer, long... sizes) {
        return Architecture.of(layer, List.of(new TensorType(DType.FLOAT32, Shape.of(sizes))));
    }

    private static List<String> names(Architecture architecture) {
        return architecture.graph().parameters().stream().map(Parameter::name).toList();
    }

    private static List<String> names(Layer layer, long... sizes) {
        return names(infer(layer, sizes));
    }

    @Test
    void two_inputs_meet_in_one_network() {
        Wire image = input(3, 64, 64);
        Wire note = input(16);
        Functional two = model(dense(10).on(concat(flatten().on(conv(32, 3).on(image)), note)));
        assertThat(two.inputs()).hasToString("[3x64x64 float32, 16 float32]");
        Architecture architecture = Architecture.of(two, two.inputs());
        assertThat(architecture.outputShape()).isEqualTo(Shape.of(10));
        assertThat(names(architecture)).containsExactly("0.weight", "0.bias", "3.weight", "3.bias");
        assertThat(two).hasToString("model of 2 inputs, 4 layers and 1 output");
    }

    @Test
    void a_value_that_goes_two_ways_is_worked_out_once() {
        Wire x = input(4);
        Wire hidden = dense(3).on(x);
        Functional net = model(add(relu().on(hidden), tanh().on(hidden)), hidden);
        Architecture architecture = Architecture.of(net, net.inputs());
        assertThat(names(architecture)).containsExactly("0.weight", "0.bias");
        assertThat(architecture.outputs()).hasToString("[3 float32, 3 float32]");
        assertThat(architecture.graph().nodes().stream()
                        .filter(node -> node.op().name().equals("linear")))
                .hasSize(1);
    }

    @Test
    void a_layer_on_two_wires_is_two_layers_unless_it_is_shared() {
        Wire a = input(4);
        Wire b = input(4);
        Layer one = dense(3);
        Layer shared = shared("tower", dense(3), relu());
        Functional apart = model(concat(one.on(a), one.on(b)));
        Functional together = model(concat(shared.on(a), shared.on(b)));
        assertThat(names(Architecture.of(apart, apart.inputs())))
                .containsExactly("0.weight", "0.bias", "1.weight", "1.bias");
        assertThat(names(Architecture.of(together, together.inputs())))
                .containsExactly("tower.0.weight", "tower.0.bias");
    }

    @Test
    void a_shared_layer_computes_the_same_at_both_places() {
        Wire a = input(2);
        Wire b = input(2);
        Layer tower = shared("tower", dense(1, noBias()));
        Functional net = model(concat(tower.on(a), tower.on(b)));
        Graph graph = Architecture.of(net, net.inputs()).graph();
        GraphRun.Result result = GraphRun.run(
                graph,
                Map.of("tower.weight", new GraphRun.Values(new long[] {1, 2}, new float[] {1, 10})),
                List.of(
                        new GraphRun.Values(new long[] {1, 2}, new float[] {1, 2}),
                        new GraphRun.Values(new long[] {1, 2}, new float[] {3, 4})));
        assertThat(result.outputs().get(0).data()).containsExactly(21, 43);
    }

    @Test
    void inputs_may_have_an_order_of_their_own() {
        Wire image = input(2);
        Wire note = input(3);
        assertThat(model(inputs(note, image), dense(1).on(concat(image, note))).inputs())
                .hasToString("[3 float32, 2 float32]");
        assertThatThrownBy(() -> model(inputs(note), dense(1).on(concat(image, note))))
                .isInstanceOf(QuireException.class)
                .hasMessage("model: an output needs 2 float32, which is not among its inputs: list it in inputs(…)");
        Wire hidden = dense(2).on(image);
        assertThatThrownBy(() -> model(inputs(hidden), hidden))
                .hasMessage("model: dense(2) is not an input: list input(…) wires in inputs(…)");
    }

    @Test
    void what_does_not_fit_is_said_when_the_model_is_made() {
        Wire image = input(3, 8, 8);
        assertThatThrownBy(() -> model(conv(4, 3).on(flatten().on(image))))
                .hasMessage("layer 1, conv(4, 3): expects channels, height and width, got 192: put reshape(…) before"
                        + " it");
        assertThatThrownBy(() -> model(concat(image, input(3, 4, 8))))
                .hasMessageStartingWith("layer 0, concat(): shapes [Nx3x8x8, Nx3x4x8] cannot be joined along axis 1");
        assertThatThrownBy(() -> model(dense(3).on(image, image)))
                .hasMessage("layer 0, dense(3): takes one input, got 2: join them first, with concat or add");
        assertThatThrownBy(() -> model(relu().on(image).output(1)))
                .hasMessage("output 1 is asked of step 0, relu(), which has 1");
        assertThatThrownBy(() -> input(3, 0)).hasMessage("input: every size must be at least 1, got 0");
        assertThatThrownBy(() -> model())
                .hasMessage("model: needs an input and an output at least, got 0 inputs and 0" + " outputs");
        assertThatThrownBy(() -> dense(3).on()).hasMessageStartingWith("dense(3).on() needs a wire at least");
    }

    @Test
    void a_model_is_a_layer_and_checks_what_it_is_given() {
        Wire x = input(4);
        Layer net = sequential(dense(4), model(dense(2).on(relu().on(x))));
        assertThat(names(net, 7)).containsExactly("0.weight", "0.bias", "1.1.weight", "1.1.bias");
        assertThatThrownBy(() -> infer(sequential(dense(5), model(dense(2).on(x))), 7))
                .hasMessage("layer 1, model of 1 input, 1 layer and 1 output: input 0 expects 4 float32, got 5"
                        + " float32");
    }

    @Test
    void a_long_chain_is_put_in_order() {
        Wire x = input(4);
        for (int i = 0; i < 3000; i++) {
            x = relu().on(x);
        }
        assertThat(model(x).steps()).hasSize(3000);
    }

    @Test
    void branches_and_residuals_name_their_parameters_by_position() {
        Layer net = sequential(
                residual(dense(4), relu(), dense(4)),
                concat(dense(1, noBias()), block("wide", dense(2, noBias()))),
                multiply(sequential(dense(3, noBias())), sigmoid()));
        assertThat(infer(net, 4).outputShape()).isEqualTo(Shape.of(3));
        assertThat(names(net, 4))
                .containsExactly(
                        "0.0.weight",
                        "0.0.bias",
                        "0.2.weight",
                        "0.2.bias",
                        "1.0.weight",
                        "1.wide.weight",
                        "2.0.0.weight");
        assertThatThrownBy(() -> infer(sequential(residual(dense(3))), 4))
                .hasMessage("layer 0, residual(dense(3)): its body gives 3, expected its input's shape 4: change the"
                        + " body, or use add(sequential(…), conv(…, 1)) with a layer on the way past too");
        assertThatThrownBy(() -> residual()).hasMessage("residual: needs one layer at least, got none");
    }

    @Test
    void names_that_clash_are_refused() {
        assertThatThrownBy(() -> infer(sequential(block("a", dense(3)), block("a", dense(3))), 4))
                .hasMessageContaining("the name a.weight is taken by another parameter: give one of them its own");
        assertThatThrownBy(() -> infer(sequential(shared("a", dense(3)), shared("a", dense(4))), 4))
                .hasMessageContaining("two layers are shared by the name a, shared(\"a\", dense(3)) and shared(\"a\","
                        + " dense(4)): give each its own name");
        assertThatThrownBy(() -> infer(sequential(shared("a", dense(3)), shared("a", dense(3))), 4))
                .hasMessageContaining("a shared layer must be given inputs of one shape");
        assertThatThrownBy(() -> block("1st", dense(3)))
                .hasMessage("block: the name must be letters, digits and _, not starting with a digit, got \"1st\"");
    }

    @Test
    void a_layer_of_ones_own_has_ops_parameters_and_layers_inside() {
        Layer swish = layer("swish", x -> x.mul(x.sigmoid()));
        Layer scale = layer("scale", (scope, x) -> x.mul(scope.parameter("weight", Init.ones(), x.size(-1))));
        Layer gate = layer(
                "gate", (scope, x) -> x.mul(dense(4).within(scope, "inner", x).sigmoid()));
        assertThat(names(sequential(swish, scale, gate), 4))
                .containsExactly("1.weight", "2.inner.weight", "2.inner.bias");
        assertThat(swish).hasToString("layer(\"swish\")");
        Layer wrong = layer("wrong", x -> x.matmul(x));
        assertThatThrownBy(() -> infer(sequential(wrong), 4))
                .hasMessageStartingWith("layer 0, layer(\"wrong\"): a matrix product of shapes Nx4 and Nx4");
        Layer whole = layer("whole", x -> x.mean());
        assertThatThrownBy(() -> infer(whole, 4))
                .hasMessage("the network gives shape scalar, expected the batch N as its first size: do not reduce or"
                        + " reshape axis 0");
    }

    @Test
    void sequences_have_pytorchs_names() {
        Layer net = sequential(
                embedding(65, 8), positionalEmbedding(16), transformerEncoder(2, hidden(4)), lstm(3, bidirectional()));
        assertThat(names(Architecture.of(net, List.of(new TensorType(DType.INT64, Shape.of(16))))))
                .containsExactlyInAnyOrder(
                        "0.weight",
                        "1.weight",
                        "2.self_attn.in_proj_weight",
                        "2.self_attn.in_proj_bias",
                        "2.self_attn.out_proj.weight",
                        "2.self_attn.out_proj.bias",
                        "2.linear1.weight",
                        "2.linear1.bias",
                        "2.linear2.weight",
                        "2.linear2.bias",
                        "2.norm1.weight",
                        "2.norm1.bias",
                        "2.norm2.weight",
                        "2.norm2.bias",
                        "3.weight_ih_l0",
                        "3.weight_hh_l0",
                        "3.bias_ih_l0",
                        "3.bias_hh_l0",
                        "3.weight_ih_l0_reverse",
                        "3.weight_hh_l0_reverse",
                        "3.bias_ih_l0_reverse",
                        "3.bias_hh_l0_reverse");
    }

    @Test
    void layers_of_sequences_say_what_they_expect() {
        assertThatThrownBy(() -> infer(sequential(lstm(4)), 7))
                .hasMessage("layer 0, lstm(4): expects a length and units, got 7 float32: put reshape(length, units)"
                        + " before it");
        assertThatThrownBy(() -> Architecture.of(sequential(gru(4)), List.of(new TensorType(DType.INT64, Shape.of(7)))))
                .hasMessage("layer 0, gru(4): expects a length and units, got 7 int64: put embedding(count, units)"
                        + " before it");
        assertThatThrownBy(() -> infer(sequential(embedding(10, 4)), 7))
                .hasMessage("layer 0, embedding(10, 4): expects whole numbers such as tokens, got 7 float32: use"
                        + " dense(4) for measured values");
        assertThatThrownBy(() -> infer(sequential(selfAttention(3)), 7, 8))
                .hasMessage("layer 0, selfAttention(3): its 3 heads must divide the units, got 8: use another number of"
                        + " heads");
        assertThatThrownBy(() -> infer(sequential(positionalEmbedding(4)), 7, 8))
                .hasMessage("layer 0, positionalEmbedding(4): has rows for 4 places, got a sequence of 7: use"
                        + " positionalEmbedding(7)");
        assertThatThrownBy(() -> infer(transformerEncoder(3), 7, 8))
                .hasMessageContaining("its 3 heads must divide the units, got 8");
        assertThatThrownBy(() -> transformerEncoder(2, hidden(0)))
                .hasMessage("hidden: units must be at least 1, got 0");
        assertThatThrownBy(() -> lstm(0)).hasMessage("lstm: units must be at least 1, got 0");
        assertThatThrownBy(() -> gru(4, causal()))
                .hasMessage("gru: causal() does not apply to it; its options are layers(…), bidirectional(…),"
                        + " lastState(…), dropout(…)");
        assertThatThrownBy(() -> lstm(4, gelu())).hasMessageStartingWith("lstm: gelu() does not apply to it");
        assertThatThrownBy(() -> conv(4, 3, stride())).hasMessage("stride() needs a number, as in stride(2)");
    }

    @Test
    void layers_print_as_the_calls_that_make_them() {
        assertThat(sequential(
                        conv(4, 3, 5, stride(2, 1), padding(1), dilation(2), groups(2), noBias()),
                        transposedConv(2, 3, stride(2), outputPadding(1)),
                        maxPool(3, stride(2)),
                        maxPool1d(2, ceil()),
                        leakyRelu(),
                        lstm(4, layers(2), lastState()),
                        transformerDecoder(2, relu(), postNorm()),
                        concat(-1, relu(), tanh())))
                .hasToString("sequential(conv(4, 3, 5, stride(2, 1), padding(1), dilation(2), groups(2), noBias()),"
                        + " transposedConv(2, 3, stride(2), outputPadding(1)), maxPool(3, stride(2)), maxPool1d(2,"
                        + " ceil()), leakyRelu(), lstm(4, layers(2), lastState()), transformerDecoder(2, relu(),"
                        + " postNorm()), concat(-1, relu(), tanh()))");
    }
}
