package dev.quire.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quire.engine.GraphRun;
import dev.quire.engine.GraphRun.Values;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OneHotTest {
    @Test
    void class_numbers_become_rows_with_a_one() {
        GraphBuilder builder = new GraphBuilder(false);
        Tensor rows =
                builder.input("y", new TensorType(DType.INT64, Shape.of(-1))).oneHot(3);
        assertThat(rows.type()).isEqualTo(new TensorType(DType.FLOAT32, Shape.of(-1, 3)));
        Values out = GraphRun.run(
                        builder.build(List.of(rows)), Map.of(), List.of(new Values(new long[] {2}, new float[] {2, 0})))
                .outputs()
                .get(0);
        assertThat(out.sizes()).containsExactly(2, 3);
        assertThat(out.data()).containsExactly(0, 0, 1, 1, 0, 0);
    }

    @Test
    void numbers_that_are_no_classes_are_refused() {
        Tensor x = new GraphBuilder(false).input("x", new TensorType(DType.FLOAT32, Shape.of(-1, 4)));
        assertThatThrownBy(() -> x.oneHot(3))
                .isInstanceOf(ShapeException.class)
                .hasMessageStartingWith("oneHot needs class numbers, 64-bit integers, got ");
    }
}
