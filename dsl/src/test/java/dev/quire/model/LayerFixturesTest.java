package dev.quire.model;

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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Outputs, gradients and buffers against PyTorch's figures: {@code |a - b| <= 1e-5 * max(1, |b|)}. */
class LayerFixturesTest {
    static Stream<String> cases() {
        return LayerCases.figures().map(node -> node.get("name").asText());
    }

    @Test
    void every_case_has_its_layer() {
        assertThat(cases().toList()).containsExactlyInAnyOrderElementsOf(LayerCases.LAYERS.keySet());
    }

    @ParameterizedTest
    @MethodSource("cases")
    void a_layer_computes_what_pytorch_computes(String name) {
        JsonNode figures = LayerCases.figures()
                .filter(node -> node.get("name").asText().equals(name))
                .findFirst()
                .orElseThrow();
        boolean numbers = figures.get("grad_input").isNull();
        GraphBuilder builder = new GraphBuilder(figures.get("training").asBoolean());
        Tensor input = builder.input("x", type(figures.get("input"), numbers ? DType.INT64 : DType.FLOAT32));
        Tensor output = LayerCases.LAYERS
                .get(name)
                .apply(Scope.root(builder), List.of(input))
                .get(0);
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
