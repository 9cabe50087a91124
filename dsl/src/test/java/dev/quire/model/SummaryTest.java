package dev.quire.model;

import static dev.quire.Quire.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quire.data.Progress;
import dev.quire.data.known.Known;
import dev.quire.view.Display;
import org.junit.jupiter.api.Test;

class SummaryTest {
    @Test
    void layers_shapes_parameters_multiply_adds_and_memory_are_listed() {
        Layer net = sequential(
                conv(16, 3), batchNorm(), relu(), maxPool(2), flatten(), dense(64), relu(), dropout(0.2), dense(10));
        assertThat(net.summary(1, 8, 8)).hasToString("""
                name   layer         output  parameters  multiply-adds   memory
                ---------------------------------------------------------------
                0      conv(16, 3)   16x6x6         160          5,184  2.30 KB
                1      batchNorm()   16x6x6          32                 2.30 KB
                2      relu()        16x6x6                             2.30 KB
                3      maxPool(2)    16x3x3                             1.73 KB
                4      flatten()        144                                 0 B
                5      dense(64)         64       9,280          9,216    256 B
                6      relu()            64                               256 B
                7      dropout(0.2)      64                                 0 B
                8      dense(10)         10         650            640     40 B
                ---------------------------------------------------------------
                total                            10,122         15,040  9.19 KB
                input 1x8x8; weights 40.6 KB, 33 values in buffers; multiply-adds and memory are for one example""");
        assertThat(net.summary(1, 8, 8).display().data()).containsKeys(Display.TEXT, Display.HTML);
    }

    @Test
    void a_group_comes_before_the_layers_inside_it_and_a_transformer_is_one_layer() {
        Layer net = sequential(
                block("stem", conv(4, 3, same())),
                residual(relu(), conv(4, 3, same())),
                concat(conv(2, 1), sequential(relu(), conv(2, 1))),
                reshape(4, 16),
                transformerEncoder(2, hidden(8)));
        assertThat(net.summary(1, 4, 4).rows())
                .extracting(row -> row.name() + " " + row.depth() + " " + row.layer() + " " + row.parameters())
                .containsExactly(
                        "stem 0 block(\"stem\", conv(4, 3, same())) 40",
                        "1 0 residual 0",
                        "1.0 1 relu() 0",
                        "1.1 1 conv(4, 3, same()) 148",
                        "2 0 concat 0",
                        "2.0 1 conv(2, 1) 10",
                        "2.1 1 sequential 0",
                        "2.1.0 2 relu() 0",
                        "2.1.1 2 conv(2, 1) 10",
                        "3 0 reshape(4, 16) 0",
                        "4 0 transformerEncoder(2, hidden(8)) 1432");
    }

    @Test
    void the_rows_and_the_totals_agree() {
        Layer net = sequential(
                embedding(65, 8), positionalEmbedding(16), transformerDecoder(2), lstm(4), layerNorm(), dense(65));
        Summary summary = Summary.of(
                net,
                java.util.List.of(
                        new dev.quire.graph.TensorType(dev.quire.graph.DType.INT64, dev.quire.graph.Shape.of(16))));
        assertThat(summary.rows().stream().mapToLong(Summary.Row::parameters).sum())
                .isEqualTo(summary.parameters());
        assertThat(summary.rows().stream().mapToLong(Summary.Row::multiplyAdds).sum())
                .isEqualTo(summary.multiplyAdds());
        assertThat(summary.rows().stream()
                        .mapToLong(Summary.Row::activationBytes)
                        .sum())
                .isEqualTo(summary.activationBytes());
        // projections, scores and their weights, two dense layers
        assertThat(summary.rows().get(2).multiplyAdds())
                .isEqualTo(16 * (4 * 8 * 8) + 2 * (16 * 16 * 8) + 2 * 16 * 8 * 32);
        assertThat(summary.rows().get(3).multiplyAdds()).isEqualTo(16 * (16 * 8 + 16 * 4));
    }

    @Test
    void a_network_of_one_layer_is_one_row() {
        assertThat(dense(3, noBias()).summary(4).rows())
                .extracting(Summary.Row::layer)
                .containsExactly("dense(3, noBias())");
        assertThat(residual(dense(4)).summary(4).rows())
                .extracting(row -> row.name() + " " + row.depth() + " " + row.layer() + " " + row.activationBytes())
                .containsExactly(" 0 residual 16", "0 1 dense(4) 16");
    }

    @Test
    void the_inputs_are_those_of_the_data() {
        assertThat(sequential(flatten(), dense(10))
                        .summary(Known.standard(Progress.silent()).load("digits"))
                        .inputs())
                .hasToString("[1x8x8 float32]");
    }

    @Test
    void sizes_that_make_no_shape_are_refused() {
        assertThatThrownBy(() -> dense(3).summary(0, 3)).hasMessage("summary: every size must be at least 1, got 0");
    }
}
