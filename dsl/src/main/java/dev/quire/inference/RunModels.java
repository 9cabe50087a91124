package dev.quire.inference;

import dev.quire.data.Dataset;
import dev.quire.data.Field;
import dev.quire.engine.Arena;
import dev.quire.engine.Array;
import dev.quire.engine.Device;
import dev.quire.engine.Torch;
import dev.quire.graph.DType;
import dev.quire.graph.Graph;
import dev.quire.graph.Parameter;
import dev.quire.graph.Shape;
import dev.quire.graph.TensorType;
import dev.quire.model.Architecture;
import dev.quire.model.Summary;
import dev.quire.run.Run;
import dev.quire.train.Plan;
import dev.quire.train.Weights;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Models from runs: the network alone, with weights of its own, as they are when it is made. */
final class RunModels {
    private RunModels() {}

    static Model of(Run run) {
        Plan plan = run.plan();
        Weights weights = run.snapshot();
        Device device = Torch.device();
        Graph graph = plan.forward(device.isGpu());
        long work = Summary.of(plan.model(), Architecture.inputs(plan.data())).multiplyAdds();
        return new RunningModel(
                card(run, graph), GraphRunner.on(device, graph, work, arena -> state(arena, graph, weights)));
    }

    private static List<Array> state(Arena arena, Graph graph, Weights weights) {
        List<Array> state = new ArrayList<>();
        int from = 0;
        for (Parameter parameter : graph.parameters()) {
            int count = Math.toIntExact(parameter.type().shape().count());
            state.add(arena.array(
                    Arrays.copyOfRange(weights.flat(), from, from + count),
                    parameter.type().shape().sizes()));
            from += count;
        }
        for (int i = 0; i < graph.buffers().size(); i++) {
            Parameter buffer = graph.buffers().get(i);
            byte[] content = weights.buffers().get(i);
            state.add(arena.array(
                    ByteBuffer.wrap(content),
                    buffer.type().dtype(),
                    buffer.type().shape().sizes()));
        }
        return state;
    }

    private static ModelCard card(Run run, Graph graph) {
        Dataset data = run.data();
        Map<String, String> madeFrom = new LinkedHashMap<>();
        madeFrom.put("run", run.name());
        madeFrom.put("data", data.name());
        madeFrom.put("network", String.valueOf(run.model()));
        madeFrom.put("training", run.spec().words());
        boolean hasClasses = data.target().shape().rank() == 0 && data.classes().size() > 1;
        return new ModelCard(
                run.name(),
                "a run on " + data.name() + ", " + run.history().epochs() + " epochs",
                data.inputs().stream().map(RunModels::port).toList(),
                List.of(Port.of(GraphRunner.OUTPUT, graph.outputs().get(0).type())),
                hasClasses ? data.classes() : List.of(),
                data.columns(),
                image(data),
                data.reader()
                        .map(reader -> new TextInput(
                                reader,
                                Math.toIntExact(data.inputs().get(0).shape().size(0)))),
                madeFrom,
                graph.parameterCount(),
                graph.parameterCount() * DType.FLOAT32.bytes(),
                GraphRunner.ops(graph));
    }

    private static Port port(Field field) {
        return Port.of(field.name(), new TensorType(field.type(), field.shape().batched()));
    }

    private static Optional<ImageInput> image(Dataset data) {
        Field field = data.inputs().get(0);
        Shape shape = field.shape();
        boolean isImage = data.inputs().size() == 1
                && field.type() == DType.UINT8
                && shape.rank() == 3
                && (shape.size(0) == 1 || shape.size(0) == 3);
        return isImage
                ? Optional.of(ImageInput.pixels((int) shape.size(1), (int) shape.size(2), (int) shape.size(0)))
                : Optional.empty();
    }
}
