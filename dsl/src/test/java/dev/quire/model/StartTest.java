package dev.quire.model;

import static dev.quire.Quire.*;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.quire.Fixtures;
import dev.quire.engine.GraphRun;
import dev.quire.graph.DType;
import dev.quire.graph.Shape;
import dev.quire.graph.TensorType;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** From one seed, layers start with the values PyTorch's start with. */
class StartTest {
    private record Network(Layer layer, TensorType input) {
        static Network of(Layer layer, long... sizes) {
            return new Network(layer, new TensorType(DType.FLOAT32, Shape.of(sizes)));
        }
    }

    private static final Map<String, Network> NETWORKS = Map.ofEntries(
            entry("linear", Network.of(dense(3), 4)),
            entry("conv2d", Network.of(conv(3, 3), 2, 5, 5)),
            entry("conv_transpose2d", Network.of(transposedConv(2, 2, groups(2)), 4, 3, 3)),
            entry("embedding", new Network(embedding(7, 3), new TensorType(DType.INT64, Shape.of(2)))),
            entry("lstm", Network.of(lstm(4, layers(2), bidirectional()), 5, 3)),
            entry("gru", Network.of(gru(4), 5, 3)),
            entry("multi_head_attention", Network.of(selfAttention(2), 5, 8)),
            entry("transformer", Network.of(sequential(dense(8), transformerEncoder(2, hidden(16)), dense(2)), 5, 4)),
            entry(
                    "convolutional",
                    Network.of(sequential(conv(4, 3), batchNorm(), relu(), flatten(), dense(3)), 1, 4, 4)));

    static Stream<JsonNode> cases() {
        return StreamSupport.stream(Fixtures.read("pytorch/starts.json").spliterator(), false);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void a_layer_starts_as_in_pytorch(JsonNode figures) {
        Network network = NETWORKS.get(figures.get("name").asText());
        Map<String, GraphRun.Values> start = GraphRun.start(
                Architecture.of(network.layer(), List.of(network.input())).graph(),
                figures.get("seed").asLong());
        TreeSet<String> names = new TreeSet<>();
        figures.get("state").fieldNames().forEachRemaining(names::add);
        assertThat(start.keySet()).isEqualTo(names);
        start.forEach((name, values) -> {
            JsonNode expected = figures.get("state").get(name).get("data");
            assertThat(values.data()).hasSize(expected.size());
            for (int i = 0; i < expected.size(); i++) {
                assertThat(values.data()[i])
                        .as("%s %s[%d]", figures.get("name").asText(), name, i)
                        .isCloseTo((float) expected.get(i).asDouble(), within(1e-6f));
            }
        });
    }
}
