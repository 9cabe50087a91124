package dev.quire.compile.onnx;

import dev.quire.graph.Attributes;
import dev.quire.graph.ConvolutionOps;
import dev.quire.graph.LinearOps;
import dev.quire.graph.Op;
import dev.quire.graph.Shape;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** How matrix products and convolutions are printed. Weights keep PyTorch's layout. */
final class LinearRows {
    static final Map<Op, Row> ROWS = Map.ofEntries(
            Row.of(LinearOps.MATMUL, "MatMul"),
            Row.of(LinearOps.LINEAR, LinearRows::linear),
            Row.of(ConvolutionOps.CONVOLUTION, LinearRows::convolution));

    private LinearRows() {}

    private static String linear(Call call) {
        Shape shape = call.shape(0);
        long in = shape.size(-1);
        boolean isMatrix = shape.rank() == 2;
        String rows = isMatrix ? call.operand(0) : call.reshape(call.operand(0), Shape.of(shape.count() / in, in));
        String[] inputs = call.operands().toArray(String[]::new);
        inputs[0] = rows;
        String out = call.add("Gemm", Map.of("transB", 1L), inputs);
        return isMatrix ? out : call.reshape(out, call.result().shape());
    }

    private static String convolution(Call call) {
        Attributes from = call.attributes();
        Shape weight = call.shape(1);
        Map<String, Object> to = new HashMap<>();
        List<Long> padding = from.integers("padding");
        to.put(
                "kernel_shape",
                Stream.iterate(2, i -> i < weight.rank(), i -> i + 1)
                        .map(weight::size)
                        .toList());
        to.put("strides", from.integers("stride"));
        to.put("pads", Stream.concat(padding.stream(), padding.stream()).toList());
        to.put("dilations", from.integers("dilation"));
        to.put("group", from.integer("groups"));
        String[] inputs = call.operands().toArray(String[]::new);
        if (!from.flag("transposed")) {
            return call.add("Conv", to, inputs);
        }
        to.put("output_padding", from.integers("output_padding"));
        return call.add("ConvTranspose", to, inputs);
    }
}
