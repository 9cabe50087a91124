package dev.quire.model;

import static dev.quire.Quire.*;
import static java.util.Map.entry;

import com.fasterxml.jackson.databind.JsonNode;
import dev.quire.Fixtures;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Layers with PyTorch's figures of them. */
public final class LayerCases {
    /** The layer of each case, by its name. */
    public static final Map<String, Layer> LAYERS = Map.ofEntries(
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
    public static Stream<JsonNode> figures() {
        return Stream.of("pytorch/layers.json", "pytorch/layers-more.json")
                .flatMap(file -> StreamSupport.stream(Fixtures.read(file).spliterator(), false));
    }

    private LayerCases() {}
}
