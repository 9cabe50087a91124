package dev.quire.model;

import static dev.quire.Quire.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quire.QuireException;
import dev.quire.data.Dataset;
import dev.quire.data.Progress;
import dev.quire.data.known.Known;
import dev.quire.graph.DType;
import dev.quire.graph.Parameter;
import dev.quire.graph.Shape;
import dev.quire.graph.TensorType;
import java.util.List;
import org.junit.jupiter.api.Test;

class ShapeTest {
    static String shape(Layer layer, long... input) {
        return infer(layer, input).outputShape().toString();
    }

    static Architecture infer(Layer layer, long... input) {
        return Architecture.of(layer, List.of(new TensorType(DType.FLOAT32, Shape.of(input))));
    }

    static List<String> parameters(Layer layer, long... input) {
        return infer(layer, input).graph().parameters().stream()
                .map(Parameter::name)
                .toList();
    }

    @Test
    void the_network_of_the_quickstart_has_the_shapes_of_its_layers() {
        Layer net = sequential(conv(16, 3), relu(), maxPool(2), flatten(), dense(64), relu(), dropout(0.2), dense(10));
        assertThat(shape(net, 1, 8, 8)).isEqualTo("10");
        assertThat(infer(net, 1, 8, 8).graph().parameters())
                .extracting(
                        parameter -> parameter.name() + " " + parameter.type().shape())
                .containsExactly(
                        "0.weight 16x1x3x3",
                        "0.bias 16",
                        "4.weight 64x144",
                        "4.bias 64",
                        "7.weight 10x64",
                        "7.bias 10");
        assertThat(net)
                .hasToString("sequential(conv(16, 3), relu(), maxPool(2), flatten(), dense(64), relu(), dropout(0.2),"
                        + " dense(10))");
    }

    @Test
    void convolutions_pad_only_when_told() {
        assertThat(shape(conv(4, 3), 1, 28, 28)).isEqualTo("4x26x26");
        assertThat(shape(conv(4, 3, padding(1)), 1, 28, 28)).isEqualTo("4x28x28");
        assertThat(shape(conv(4, 3, same()), 1, 28, 28)).isEqualTo("4x28x28");
        assertThat(shape(conv(4, 3, same(), stride(2)), 1, 7, 8)).isEqualTo("4x4x4");
        assertThat(shape(conv(4, 4, same(), stride(2)), 1, 7, 8)).isEqualTo("4x4x4");
        assertThat(shape(conv(4, 3, same(), dilation(2)), 1, 9, 9)).isEqualTo("4x9x9");
        assertThat(shape(conv(4, 1, 5, padding(0, 2)), 1, 9, 9)).isEqualTo("4x9x9");
        assertThat(shape(conv1d(4, 3, stride(2)), 2, 9)).isEqualTo("4x4");
        assertThat(shape(depthwiseConv(3, multiplier(2)), 3, 9, 9)).isEqualTo("6x7x7");
        assertThat(shape(separableConv(8, 3, same()), 3, 9, 9)).isEqualTo("8x9x9");
        assertThat(shape(maxPool(2), 3, 9, 9)).isEqualTo("3x4x4");
        assertThat(shape(maxPool(2, ceil()), 3, 9, 9)).isEqualTo("3x5x5");
        assertThat(shape(maxPool(3, same(), stride(2)), 3, 9, 8)).isEqualTo("3x5x4");
        assertThat(shape(averagePool(2, same()), 3, 9, 8)).isEqualTo("3x5x4");
        assertThat(shape(maxPool1d(2), 3, 9)).isEqualTo("3x4");
    }

    @Test
    void transposed_convolutions_enlarge_by_their_stride() {
        assertThat(shape(transposedConv(2, 2, stride(2)), 3, 4, 4)).isEqualTo("2x8x8");
        assertThat(shape(transposedConv(2, 3, stride(2), same()), 3, 4, 5)).isEqualTo("2x8x10");
        assertThat(shape(transposedConv(2, 4, stride(2), same()), 3, 4, 5)).isEqualTo("2x8x10");
        assertThat(shape(transposedConv(2, 1, stride(2), same()), 3, 4, 5)).isEqualTo("2x8x10");
        assertThat(shape(transposedConv(2, 3, stride(2), padding(1), outputPadding(1)), 3, 4, 4))
                .isEqualTo("2x8x8");
        assertThat(shape(transposedConv1d(2, 4, stride(2), padding(1)), 3, 4)).isEqualTo("2x8");
    }

    @Test
    void other_layers_have_their_shapes() {
        assertThat(shape(adaptiveAveragePool(1), 3, 5, 4)).isEqualTo("3x1x1");
        assertThat(shape(adaptiveMaxPool(2, 3), 3, 5, 4)).isEqualTo("3x2x3");
        assertThat(shape(adaptiveAveragePool1d(2), 3, 5)).isEqualTo("3x2");
        assertThat(shape(globalAveragePool(), 3, 5, 4)).isEqualTo("3");
        assertThat(shape(globalMaxPool(), 3, 5)).isEqualTo("3");
        assertThat(shape(reshape(2, -1), 3, 4)).isEqualTo("2x6");
        assertThat(shape(upsample(2), 3, 4, 5)).isEqualTo("3x8x10");
        assertThat(shape(upsample(3, bilinear()), 3, 4)).isEqualTo("3x12");
        assertThat(shape(layerNorm(2), 3, 4)).isEqualTo("3x4");
        assertThat(shape(groupNorm(3), 3, 4)).isEqualTo("3x4");
        assertThat(shape(batchNorm(), 3)).isEqualTo("3");
        assertThat(shape(prelu(perChannel()), 3, 4)).isEqualTo("3x4");
        assertThat(shape(softsign(), 3)).isEqualTo("3");
    }

    @Test
    void batch_norm_keeps_its_figures_as_pytorch_does() {
        Architecture net = infer(sequential(conv(4, 3), batchNorm()), 1, 5, 5);
        assertThat(net.graph().buffers())
                .extracting(Parameter::name)
                .containsExactly("1.running_mean", "1.running_var", "1.num_batches_tracked");
        assertThat(parameters(block("head", flatten(), dense(2, noBias())), 1, 2))
                .containsExactly("1.weight");
        assertThat(parameters(sequential(block("head", flatten(), dense(2, noBias()))), 1, 2))
                .containsExactly("head.1.weight");
    }

    @Test
    void a_shape_that_does_not_fit_names_the_layer_and_its_place() {
        assertThatThrownBy(() -> shape(sequential(flatten(), conv(4, 3)), 1, 28, 28))
                .isInstanceOf(QuireException.class)
                .hasMessage("layer 1, conv(4, 3): expects channels, height and width, got 784: put reshape(…) before"
                        + " it");
        assertThatThrownBy(() -> shape(sequential(relu(), sequential(relu(), maxPool(4))), 1, 3, 3))
                .hasMessage("layer 1.1, maxPool(4): a window of 4 is larger than its input 1x3x3: use a smaller window,"
                        + " or less pooling before it");
        assertThatThrownBy(() -> shape(sequential(conv(4, 5)), 1, 3, 3))
                .hasMessage("layer 0, conv(4, 5): a kernel that reaches over 5 places is larger than its input 1x3x3:"
                        + " use a smaller kernel, padding, or less pooling before it");
        assertThatThrownBy(() -> shape(sequential(conv(4, 3, groups(2))), 3, 9, 9))
                .hasMessage("layer 0, conv(4, 3, groups(2)): groups(2) must divide its 3 input channels and its 4"
                        + " filters");
        assertThatThrownBy(() -> shape(sequential(reshape(2, 5)), 3, 4))
                .hasMessage("layer 0, reshape(2, 5): gives 10 values, got 3x4 with 12: a reshape keeps their number");
    }

    @Test
    void numbers_that_make_no_layer_are_refused_where_they_are_written() {
        assertThatThrownBy(() -> dense(0)).hasMessage("dense: units must be at least 1, got 0");
        assertThatThrownBy(() -> dense(-3)).hasMessage("dense: units must be at least 1, got -3");
        assertThatThrownBy(() -> conv(0, 3)).hasMessage("conv: filters must be at least 1, got 0");
        assertThatThrownBy(() -> conv(4, 0)).hasMessage("conv: kernel must be at least 1, got 0");
        assertThatThrownBy(() -> conv(4, 3, stride(0))).hasMessage("conv: stride must be at least 1, got 0");
        assertThatThrownBy(() -> maxPool(2, padding(2)))
                .hasMessage("maxPool: padding must be at most half the window of 2, got 2");
        assertThatThrownBy(() -> dropout(1))
                .hasMessage("dropout: the rate must be at least 0 and less than 1, got 1.0");
        assertThatThrownBy(() -> conv(4, 3, same(), padding(1)))
                .hasMessage("conv: padding(1) and same() exclude each other");
    }

    @Test
    void an_option_that_does_not_apply_is_refused_by_name() {
        assertThatThrownBy(() -> dense(10, stride(2)))
                .hasMessage("dense: stride(2) does not apply to it; its options are noBias(…)");
        assertThatThrownBy(() -> conv(10, 3, stride(2), stride(3)))
                .hasMessage("conv: stride is given twice, leave one out");
    }

    @Test
    void outputs_that_do_not_match_the_classes_say_how_to_match_them() {
        Dataset data = Known.standard(Progress.silent()).load("digits");
        assertThatThrownBy(() -> sequential(flatten(), dense(12)).summary(data))
                .hasMessage("the last layer gives 12 values, digits has 10 classes: use dense(10), or"
                        + " data.classes(12)");
        assertThatThrownBy(() -> sequential(flatten(), dense(1)).summary(data))
                .hasMessage("the last layer gives 1 value, digits has 10 classes: use dense(10)");
        assertThatThrownBy(() -> conv(4, 3).summary(data))
                .hasMessage("the last layer gives 4x6x6, digits has 10 classes: end with flatten(), dense(10)");
    }
}
