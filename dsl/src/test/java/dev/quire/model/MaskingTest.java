package dev.quire.model;

import static dev.quire.Quire.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quire.QuireException;
import dev.quire.engine.GraphRun;
import dev.quire.engine.GraphRun.Values;
import dev.quire.graph.DType;
import dev.quire.graph.Graph;
import dev.quire.graph.Node;
import dev.quire.graph.SequenceOps;
import dev.quire.graph.Shape;
import dev.quire.graph.TensorType;
import dev.quire.source.PytorchSource;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class MaskingTest {
    private static final Layer NETWORK = masking(
            0,
            embedding(9, 8),
            positionalEmbedding(6),
            transformerEncoder(2, hidden(16)),
            transformerEncoder(2, hidden(16)),
            select(1, 0),
            dense(3));

    private static TensorType tokens(int length) {
        return new TensorType(DType.INT64, Shape.of(length));
    }

    private static float[] infer(Layer network, float... tokens) {
        RandomNetworks.Sample sample = new RandomNetworks.Sample(1, network, List.of(tokens(tokens.length)));
        return GraphRun.run(sample.graph(), sample.state(), List.of(new Values(new long[] {1, tokens.length}, tokens)))
                .outputs()
                .get(0)
                .data();
    }

    @Test
    void what_a_sentence_says_does_not_depend_on_how_much_padding_follows() {
        float[] bare = infer(NETWORK, 3, 5, 2, 8);
        assertThat(infer(NETWORK, 3, 5, 2, 8, 0)).containsExactly(bare, within());
        assertThat(infer(NETWORK, 3, 5, 2, 8, 0, 0)).containsExactly(bare, within());
        assertThat(infer(NETWORK, 3, 5, 2, 8, 1)[0]).isNotCloseTo(bare[0], org.assertj.core.data.Offset.offset(1e-3f));
    }

    private static org.assertj.core.data.Offset<Float> within() {
        return org.assertj.core.data.Offset.offset(1e-5f);
    }

    @Test
    void a_sentence_of_padding_alone_gives_numbers() {
        for (float value : infer(NETWORK, 0, 0, 0, 0)) {
            assertThat(value).isFinite();
        }
    }

    @Test
    void where_places_see_those_before_them_padding_in_front_is_passed_over_too() {
        Layer last = masking(0, embedding(9, 8), selfAttention(2, causal()), select(1, 3), dense(3));
        assertThat(infer(last, 0, 0, 5, 2)).containsExactly(infer(last, 0, 5, 0, 2), within());
        assertThat(infer(last, 1, 0, 5, 2)[0])
                .isNotCloseTo(infer(last, 0, 0, 5, 2)[0], org.assertj.core.data.Offset.offset(1e-4f));
        Layer first = masking(0, embedding(9, 8), selfAttention(2, causal()), select(1, 0), dense(3));
        assertThat(infer(first, 0, 5, 2)).containsExactly(infer(first, 0, 7, 8), within());
    }

    @Test
    void without_it_attention_is_what_it_was() {
        Graph graph =
                Architecture.of(((Masking) NETWORK).body(), List.of(tokens(6))).graph();
        List<Node> attention = graph.nodes().stream()
                .filter(node -> node.op() == SequenceOps.ATTENTION)
                .toList();
        assertThat(attention)
                .hasSize(2)
                .allSatisfy(node -> assertThat(node.inputs()).hasSize(3));
    }

    @Test
    void training_on_padded_sentences_learns_and_stays_finite() {
        long[][] x = new long[40][6];
        int[] y = new int[x.length];
        for (int i = 0; i < x.length; i++) {
            y[i] = i % 2;
            Arrays.fill(x[i], 0, i == 39 ? 0 : 1 + i % 6, 1 + y[i]);
        }
        var run = train(NETWORK, tensors(x, y).classes(3), epochs(20), batch(8), adamW(1e-2), seed(4));
        assertThat(run.history().last("accuracy")).isGreaterThan(0.9);
        assertThat(run.history().last("loss")).isFinite();
    }

    @Test
    void layers_inside_that_change_the_length_are_refused() {
        assertThatThrownBy(() -> infer(masking(0, embedding(9, 8), classToken(), selfAttention(2)), 1, 2, 3))
                .isInstanceOf(QuireException.class)
                .hasMessage("layer 2, selfAttention(2): is given 4 places inside masking(…), which was given 3 tokens:"
                        + " put layers that change how many there are outside of it");
    }

    @Test
    void measured_values_are_refused() {
        assertThatThrownBy(() -> sequential(masking(0, selfAttention(2))).summary(4, 8))
                .isInstanceOf(QuireException.class)
                .hasMessage("layer 0, masking(0, selfAttention(2)): expects whole numbers such as tokens, of shape"
                        + " [length], got 4x8 float32: put masking(…) around the embedding and what follows it");
        assertThatThrownBy(() -> masking(-1, selfAttention(2)))
                .hasMessage("masking: the token must be at least 0, got -1");
    }

    @Test
    void attention_of_a_users_own_layer_has_no_pytorch_source_inside_it() {
        Layer own = layer("own", (scope, x) -> selfAttention(2).within(scope, "inner", x));
        Layer network = masking(0, embedding(9, 8), own);
        assertThatThrownBy(() -> PytorchSource.network(network, List.of(tokens(4))))
                .isInstanceOf(QuireException.class)
                .hasMessageContaining("has attention of its own inside masking(…)")
                .hasMessageEndingWith("export to .pt, which has it");
    }

    @Test
    void a_shared_table_inside_it_prints_as_pytorch_source() {
        Layer network = masking(0, shared("table", embedding(9, 8)), transformerDecoder(2), unembedding("table", 9));
        assertThat(PytorchSource.network(network, List.of(tokens(4))))
                .contains("def masking(token, module):")
                .contains("class Layers(nn.ModuleDict):")
                .contains("def Network():\n    return masking(0, Layers())");
    }

    @Test
    void parameters_keep_their_names() {
        assertThat(Architecture.of(NETWORK, List.of(tokens(6)))
                        .graph()
                        .parameters()
                        .get(0)
                        .name())
                .isEqualTo("0.weight");
    }
}
