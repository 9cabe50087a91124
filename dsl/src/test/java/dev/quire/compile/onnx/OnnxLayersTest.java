package dev.quire.compile.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.quire.Fixtures;
import dev.quire.engine.GraphRun.Values;
import dev.quire.graph.DType;
import dev.quire.graph.Graph;
import dev.quire.graph.Op;
import dev.quire.graph.Ops;
import dev.quire.graph.Shape;
import dev.quire.graph.TensorType;
import dev.quire.model.LayerCases;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every layer says the same in ONNX Runtime. */
class OnnxLayersTest {
    @TempDir
    Path folder;

    @Test
    void every_op_has_a_row_that_prints_it_or_says_why_not() {
        assertThat(Rows.ops()).containsAll(Ops.all()).extracting(Op::name).doesNotHaveDuplicates();
    }

    @Test
    void every_layer_with_figures_computes_the_same_in_onnx_runtime() {
        Agreement agreement = new Agreement(folder);
        LayerCases.figures().forEach(figures -> {
            String name = figures.get("name").asText();
            boolean numbers = figures.get("grad_input").isNull();
            Values input = Fixtures.values(figures.get("input"));
            TensorType type = new TensorType(
                    numbers ? DType.INT64 : DType.FLOAT32,
                    Shape.of(input.sizes()).unbatched());
            Graph graph = Agreement.graph(Objects.requireNonNull(LayerCases.LAYERS.get(name)), List.of(type));
            agreement.of(name, graph, state(figures.get("state_after")), List.of(input));
        });
        System.out.println(agreement);
        assertThat(agreement.compared()).isEqualTo(LayerCases.LAYERS.size());
    }

    private static Map<String, Values> state(JsonNode node) {
        Map<String, Values> out = new LinkedHashMap<>();
        node.properties().forEach(entry -> out.put(entry.getKey(), Fixtures.values(entry.getValue())));
        return out;
    }
}
