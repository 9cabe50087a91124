package dev.quire.compile.onnx;

import dev.quire.graph.DType;
import dev.quire.graph.NormalizationOps;
import dev.quire.graph.Op;
import dev.quire.graph.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/** How normalisation is printed. */
final class NormalizationRows {
    static final Map<Op, Row> ROWS = Map.ofEntries(
            Row.of(NormalizationOps.BATCH_NORM, NormalizationRows::batch),
            Row.of(NormalizationOps.LAYER_NORM, NormalizationRows::layer),
            Row.of(NormalizationOps.GROUP_NORM, NormalizationRows::group));

    private NormalizationRows() {}

    private static double eps(Call call) {
        return call.attributes().real("eps");
    }

    private static String batch(Call call) {
        if (call.attributes().flag("training")) {
            throw call.refusal("it normalises by the batch, as training does", "build the network for prediction");
        }
        return call.add(
                "BatchNormalization",
                Map.of("epsilon", eps(call)),
                call.operands().toArray(String[]::new));
    }

    private static String layer(Call call) {
        long axes = call.attributes().integers("sizes").size();
        return call.add(
                "LayerNormalization",
                Map.of("axis", -axes, "epsilon", eps(call)),
                call.operands().toArray(String[]::new));
    }

    /** Each group as one channel of an instance normalisation, then the weights of channels. */
    private static String group(Call call) {
        Shape shape = call.shape(0);
        long groups = call.attributes().integer("groups");
        long rest = shape.unbatched().countPerExample() / groups;
        String grouped = call.reshape(call.operand(0), Shape.of(shape.size(0), groups, rest));
        double[] ones = new double[Math.toIntExact(groups)];
        Arrays.fill(ones, 1);
        String even = call.add(
                "InstanceNormalization",
                Map.of("epsilon", eps(call)),
                grouped,
                call.out().constant(DType.FLOAT32, List.of(groups), ones),
                call.out().constant(DType.FLOAT32, List.of(groups), new double[ones.length]));
        String back = call.reshape(even, shape);
        return call.add("Add", call.add("Mul", back, channels(call, call.operand(1))), channels(call, call.operand(2)));
    }

    /** One value a channel, so that it stretches over the places. */
    private static String channels(Call call, String values) {
        int places = call.shape(0).rank() - 2;
        return places == 0
                ? values
                : call.add(
                        "Unsqueeze",
                        values,
                        call.longs(LongStream.rangeClosed(1, places).toArray()));
    }
}
