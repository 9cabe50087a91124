package dev.quire.run.export;

import dev.quire.compile.onnx.Description;
import dev.quire.compile.onnx.OnnxFile;
import dev.quire.compile.onnx.OnnxPrecision;
import dev.quire.compile.onnx.WeightSource;
import dev.quire.data.Dataset;
import dev.quire.data.Field;
import dev.quire.data.transform.Transform;
import dev.quire.graph.Parameter;
import dev.quire.train.Loss;
import dev.quire.train.Plan;
import dev.quire.train.Weights;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A run as an ONNX model: what is always done to the data, then the network, with all that a reader needs to know. */
final class Onnx {
    private Onnx() {}

    static void write(Exported run, Path file, OnnxPrecision precision) throws IOException {
        Plan plan = run.plan();
        OnnxFile.write(file, plan.described(), source(plan, run.weights()), description(run, precision), precision);
    }

    private static Description description(Exported run, OnnxPrecision precision) {
        Plan plan = run.plan();
        Map<String, String> notes = new LinkedHashMap<>(run.notes());
        notes.put("preprocessing", preprocessing(plan.data()));
        notes.put("output", output(plan.loss()));
        notes.put("precision", precision.name());
        Map<String, String> inputs = new HashMap<>();
        Field first = plan.data().inputs().get(0);
        for (Field field : plan.data().inputs()) {
            inputs.put(
                    field.name(),
                    "an example as the data holds it" + (field.equals(first) ? ": " + preprocessing(plan.data()) : ""));
        }
        return new Description(
                run.name(),
                "Run " + run.name() + ", trained on " + plan.data().name() + " by Quire.",
                Objects.requireNonNull(notes.get("quire")),
                inputs,
                output(plan.loss()),
                notes);
    }

    private static String preprocessing(Dataset data) {
        List<String> steps =
                data.pipeline(false).stream().map(Transform::toString).toList();
        return steps.isEmpty() ? "nothing is done to it" : "the graph does this to it: " + String.join(", ", steps);
    }

    private static String output(Loss loss) {
        if (loss instanceof Loss.CrossEntropy) {
            return "a score for each class; softmax makes them probabilities";
        }
        return loss instanceof Loss.BinaryCrossEntropy
                ? "a score; sigmoid makes it a probability"
                : "what the network says";
    }

    /** Reads parameters and buffers where they are. */
    private static WeightSource source(Plan plan, Weights weights) {
        Map<String, Integer> places = new HashMap<>();
        int at = 0;
        for (Parameter parameter : plan.parameters()) {
            places.put(parameter.name(), at);
            at += Math.toIntExact(parameter.type().shape().count());
        }
        Map<String, Kept> buffers = new HashMap<>();
        for (int i = 0; i < plan.buffers().size(); i++) {
            Parameter buffer = plan.buffers().get(i);
            buffers.put(
                    buffer.name(),
                    new Kept(weights.buffers().get(i), buffer.type().dtype().bytes()));
        }
        return (name, from, into) -> {
            Integer place = places.get(name);
            int first = Math.toIntExact(from);
            if (place != null) {
                into.asFloatBuffer().put(weights.flat(), place + first, into.remaining() / Float.BYTES);
                into.position(into.limit());
            } else {
                Kept kept = Objects.requireNonNull(buffers.get(name));
                into.put(kept.content(), first * kept.width(), into.remaining());
            }
        };
    }

    /** A buffer's bytes, and how many of them are one value. */
    private record Kept(byte[] content, int width) {}
}
