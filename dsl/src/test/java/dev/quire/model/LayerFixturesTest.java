package dev.quire.model;

import static dev.quire.Quire.*;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.quire.Fixtures;
import dev.quire.engine.GraphRun;
import dev.quire.engine.GraphRun.Values;
import dev.quire.graph.DType;
import dev.quire.graph.Gradients;
import dev.quire.graph.Graph;
import dev.quire.graph.GraphBuilder;
import dev.quire.graph.Parameter;
import dev.quire.graph.Scope;
import dev.quire.graph.Shape;
import dev.quire.graph.Tensor;
import dev.quire.graph.TensorType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Outputs, gradients and buffers against PyTorch's figures: {@code |a - b| <= 1e-5 * max(1, |b|)}. */
class LayerFixturesTest {
    private static final Map<String, Layer> LAYERS = Map.ofEntries(
            entry("linear", dense(4)),
            entry("linear_3d", dense(5, noBias())),
            entry("conv2d", conv(3, 3, stride(2), padding(1))),
            entry("conv2d_grouped_dilated", conv(4, 3, groups(2), dilation(2), noBias())),
            entry("conv1d", conv1d(2, 3, padding(1))),
            entry("conv_transpose2d", transposedConv(2, 2, stride(2))),
            entry("batch_norm2d_train", batchNorm()),
            entry("batch_norm2d_eval", batchNorm()),
            entry("layer_norm", layerNorm()),
            entry("group_norm", groupNorm(2)),
            entry("embedding", embedding(7, 3)),
            entry("lstm", lstm(4, layers(2))),
            entry("lstm_bidirectional", lstm(4, bidirectional())),
            entry("gru", gru(4)),
            entry("multi_head_self_attention", selfAttention(2)),
            entry("multi_head_self_attention_causal", selfAttention(2, causal())),
            entry("transformer_encoder_layer_post_norm", transformerEncoder(2, hidden(16), gelu(), dropout(0))),
            entry(
                    "transformer_encoder_layer_pre_norm",
                    transformerEncoder(2, hidden(16), gelu(), dropout(0), preNorm())),
            entry("max_pool2d", maxPool(2)),
            entry("max_pool2d_stride_padding", maxPool(3, stride(2), padding(1))),
            entry("avg_pool2d", averagePool(2)),
            entry("adaptive_avg_pool2d", adaptiveAveragePool(1)),
            entry("activation_relu", relu()),
            entry("activation_leaky_relu", leakyRelu(0.1)),
            entry("activation_elu", elu()),
            entry("activation_gelu", gelu()),
            entry("activation_gelu_tanh", geluTanh()),
            entry("activation_silu", silu()),
            entry("activation_sigmoid", sigmoid()),
            entry("activation_tanh", tanh()),
            entry("activation_softmax", softmax()),
            entry("activation_log_softmax", logSoftmax()),
            entry("activation_softplus", softplus()),
            entry("activation_mish", mish()),
            entry("activation_hardswish", hardswish()),
            entry("conv2d_same_even", conv(3, 4, same())),
            entry("conv2d_same_dilated", conv(3, 3, same(), dilation(2))),
            entry("conv1d_strided", conv1d(3, 3, stride(2))),
            entry("depthwise_conv2d", depthwiseConv(3, multiplier(2))),
            entry("conv_transpose2d_padded", transposedConv(2, 3, stride(2), padding(1), outputPadding(1), groups(2))),
            entry("conv_transpose1d", transposedConv1d(2, 4, stride(2), padding(1), noBias())),
            entry("batch_norm1d", batchNorm()),
            entry("batch_norm1d_sequence", batchNorm(0.3, 1e-3)),
            entry("layer_norm_two_axes", layerNorm(2)),
            entry("group_norm_sequence", groupNorm(3)),
            entry("max_pool2d_ceil", maxPool(2, ceil())),
            entry("max_pool1d", maxPool1d(2)),
            entry("avg_pool2d_padded", averagePool(3, stride(2), padding(1))),
            entry("avg_pool1d", averagePool1d(3, stride(1))),
            entry("adaptive_avg_pool2d_uneven", adaptiveAveragePool(2, 3)),
            entry("adaptive_max_pool2d", adaptiveMaxPool(2, 3)),
            entry("adaptive_avg_pool1d", adaptiveAveragePool1d(2)),
            entry("global_average_pool", globalAveragePool()),
            entry("global_max_pool", globalMaxPool()),
            entry("upsample_nearest", upsample(2)),
            entry("upsample_bilinear", upsample(2, bilinear())),
            entry("upsample_linear_sequence", upsample(3, bilinear())),
            entry("prelu", prelu()),
            entry("prelu_per_channel", prelu(perChannel())),
            entry("selu", selu()),
            entry("celu", celu(0.7)),
            entry("elu", elu(0.7)),
            entry("relu6", relu6()),
            entry("hardsigmoid", hardsigmoid()),
            entry("hardtanh", hardtanh()),
            entry("log_sigmoid", logSigmoid()),
            entry("softsign", softsign()),
            entry("softplus", softplus(2, 3)),
            entry("leaky_relu", leakyRelu()),
            entry("softmax_channels", softmax(1)),
            entry("gru_bidirectional", gru(4, layers(2), bidirectional())),
            entry("gru_last_state", gru(4, layers(2), bidirectional(), lastState())),
            entry("lstm_last_state", lstm(4, lastState())),
            entry("attention_without_bias", selfAttention(4, noBias())),
            entry("transformer_decoder", transformerDecoder(2, dropout(0))),
            entry("transformer_encoder_relu", transformerEncoder(2, hidden(16), dropout(0))));

    /** The figures the project was given, and more of the same form. */
    private static Stream<JsonNode> figures() {
        return Stream.of("pytorch/layers.json", "pytorch/layers-more.json")
                .flatMap(file -> StreamSupport.stream(Fixtures.read(file).spliterator(), false));
    }

    static Stream<String> cases() {
        return figures().map(node -> node.get("name").asText());
    }

    @Test
    void every_case_has_its_layer() {
        assertThat(cases().toList()).containsExactlyInAnyOrderElementsOf(LAYERS.keySet());
    }

    @ParameterizedTest
    @MethodSource("cases")
    void a_layer_computes_what_pytorch_computes(String name) {
        JsonNode figures = figures()
                .filter(node -> node.get("name").asText().equals(name))
                .findFirst()
                .orElseThrow();
        boolean numbers = figures.get("grad_input").isNull();
        GraphBuilder builder = new GraphBuilder(figures.get("training").asBoolean());
        Tensor input = builder.input("x", type(figures.get("input"), numbers ? DType.INT64 : DType.FLOAT32));
        Tensor output =
                LAYERS.get(name).apply(Scope.root(builder), List.of(input)).get(0);
        Tensor probe = builder.input("probe", type(figures.get("probe"), DType.FLOAT32));
        List<Parameter> parameters = builder.build(List.of(output)).parameters();
        List<Tensor> wanted = new ArrayList<>(numbers ? List.of() : List.of(input));
        parameters.forEach(parameter -> wanted.add(parameter.tensor()));
        List<Tensor> outputs = new ArrayList<>(List.of(output));
        outputs.addAll(Gradients.of(output, probe, wanted));
        Graph graph = builder.build(outputs);

        Map<String, Values> before = state(figures.get("state_before"));
        assertThat(Stream.concat(graph.parameters().stream(), graph.buffers().stream())
                        .map(parameter ->
                                parameter.name() + " " + parameter.type().shape()))
                .containsExactlyInAnyOrderElementsOf(before.entrySet().stream()
                        .map(entry ->
                                entry.getKey() + " " + Shape.of(entry.getValue().sizes()))
                        .toList());
        GraphRun.Result result = GraphRun.run(
                graph, before, List.of(Fixtures.values(figures.get("input")), Fixtures.values(figures.get("probe"))));

        Fixtures.same("output", result.outputs().get(0), figures.get("output"));
        int next = 1;
        if (!numbers) {
            Fixtures.same("gradient of the input", result.outputs().get(next++), figures.get("grad_input"));
        }
        for (Parameter parameter : parameters) {
            Fixtures.same(
                    "gradient of " + parameter.name(),
                    result.outputs().get(next++),
                    figures.get("grad_parameters").get(parameter.name()));
        }
        result.buffers()
                .forEach((buffer, after) ->
                        Fixtures.same(buffer, after, figures.get("state_after").get(buffer)));
    }

    private static TensorType type(JsonNode array, DType dtype) {
        long[] sizes = Fixtures.values(array).sizes();
        sizes[0] = -1;
        return new TensorType(dtype, Shape.of(sizes));
    }

    private static Map<String, Values> state(JsonNode node) {
        Map<String, Values> out = new LinkedHashMap<>();
        node.properties().forEach(entry -> out.put(entry.getKey(), Fixtures.values(entry.getValue())));
        return out;
    }
}
