package dev.quire.train;

import dev.quire.compile.torchscript.Methods;
import dev.quire.compile.torchscript.Script;
import dev.quire.data.Dataset;
import dev.quire.data.Example;
import dev.quire.data.Field;
import dev.quire.data.transform.Transform;
import dev.quire.engine.Arena;
import dev.quire.engine.Array;
import dev.quire.engine.Device;
import dev.quire.engine.Program;
import dev.quire.engine.Torch;
import dev.quire.graph.DType;
import dev.quire.graph.GraphBuilder;
import dev.quire.graph.Scope;
import dev.quire.graph.Shape;
import dev.quire.graph.Tensor;
import dev.quire.graph.TensorType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What becomes of the first input of examples on its way to the network, transform after transform. */
public final class Stages {
    private Stages() {}

    /**
     * The first input after a transform.
     *
     * @param transform empty for the input as it is stored
     * @param isRandom whether each example got a draw of its own
     * @param shape of one example
     * @param values of all examples, one after another
     */
    public record Stage(Optional<Transform> transform, boolean isRandom, Shape shape, float[] values) {}

    /**
     * Passes examples through the transforms, as a program does.
     *
     * @param examples at least one; the same may come several times
     * @param training whether augmentations are made
     * @param seed of what is drawn
     */
    public static List<Stage> of(Dataset data, List<Example> examples, boolean training, long seed) {
        Field field = data.inputs().get(0);
        List<Transform> pipeline = data.pipeline(training);
        GraphBuilder builder = new GraphBuilder(training);
        Scope scope = Scope.root(builder);
        List<Tensor> tensors = new ArrayList<>();
        tensors.add(builder.input(
                field.name(), new TensorType(field.type(), field.shape().batched())));
        for (Transform transform : pipeline) {
            tensors.add(transform.apply(scope, tensors.get(tensors.size() - 1)));
        }
        List<Tensor> outputs =
                tensors.stream().map(each -> each.cast(DType.FLOAT32)).toList();
        Script script = new Script(List.of(Methods.order(), Methods.function("stages", builder.build(outputs))));
        List<Transform> always = data.pipeline(false);
        List<float[]> values = run(script, field, examples, seed);
        List<Stage> out = new ArrayList<>();
        for (int i = 0; i < outputs.size(); i++) {
            out.add(new Stage(
                    i == 0 ? Optional.empty() : Optional.of(pipeline.get(i - 1)),
                    i > 0 && !always.contains(pipeline.get(i - 1)),
                    outputs.get(i).shape().unbatched(),
                    values.get(i)));
        }
        return out;
    }

    private static List<float[]> run(Script script, Field field, List<Example> examples, long seed) {
        ByteBuffer bytes =
                ByteBuffer.allocateDirect(field.bytes() * examples.size()).order(ByteOrder.nativeOrder());
        examples.forEach(
                example -> bytes.put(example.inputs().get(0).bytes().duplicate().rewind()));
        long[] sizes = field.shape().batched().sizes();
        sizes[0] = examples.size();
        try (Arena arena = Arena.on(Device.CPU)) {
            Program program = Program.load(arena, script);
            Array input = arena.array(bytes.flip(), field.type(), sizes);
            Array place = arena.filled(0, 1);
            Array numbers = arena.array(new long[] {seed, 1, 1}, 3);
            return Torch.alone(() -> {
                // Seeds what is drawn next.
                program.call("order", List.of(List.of(numbers, place)));
                return program.call("stages", List.of(List.of(place), List.of(input))).stream()
                        .map(Array::floats)
                        .toList();
            });
        }
    }
}
