package dev.quire.inference;

import dev.quire.compile.torchscript.Methods;
import dev.quire.compile.torchscript.Script;
import dev.quire.data.HostTensor;
import dev.quire.engine.Arena;
import dev.quire.engine.Array;
import dev.quire.engine.Device;
import dev.quire.engine.Forward;
import dev.quire.engine.Torch;
import dev.quire.graph.DType;
import dev.quire.graph.Graph;
import dev.quire.graph.Op;
import dev.quire.graph.Parameter;
import dev.quire.graph.Rewrites;
import dev.quire.graph.TensorType;
import dev.quire.model.Architecture;
import dev.quire.model.Pretrained;
import dev.quire.model.Summary;
import dev.quire.pretrained.ModelFolder;
import dev.quire.pretrained.Preprocessing;
import dev.quire.pretrained.StoredWeights;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.LongStream;

/** Models from folders of pretrained networks. */
final class FolderModels {
    private static final String METHOD = "forward";
    private static final String OUTPUT = "output";

    /** Multiply-adds of a batch, from which on two threads are faster than one. */
    private static final long TWO_THREADS = 10_000_000;

    private FolderModels() {}

    /**
     * @param example the type of one, without the batch
     */
    static Model of(ModelFolder folder, TensorType example) {
        Pretrained network = folder.whole();
        Graph described = Architecture.of(network, List.of(example)).graph();
        Map<String, float[]> weights = new HashMap<>();
        StoredWeights.of(described).read(weights::put);
        long work = Summary.of(network, List.of(example)).multiplyAdds();
        Device device = Torch.device();
        Rewrites.Rewritten rewritten = Rewrites.apply(described, false, Rewrites.enabled(device.isGpu(), false));
        Graph graph = rewritten.builder().build(rewritten.outputs());
        Arena arena = Arena.on(device);
        try {
            List<Array> state = new ArrayList<>();
            graph.parameters().forEach(each -> state.add(array(arena, each, weights)));
            graph.buffers().forEach(each -> state.add(array(arena, each, weights)));
            Forward forward = Forward.of(arena, new Script(List.of(Methods.forward(METHOD, graph))), METHOD, state);
            return new RunningModel(card(folder, network, graph), new Runner() {
                @Override
                public Map<String, HostTensor> run(List<HostTensor> inputs) {
                    int threads = inputs.get(0).size(0) * work < TWO_THREADS ? 1 : Integer.MAX_VALUE;
                    return Map.of(OUTPUT, forward.run(inputs, threads).get(0));
                }

                @Override
                public void close() {
                    forward.close();
                }
            });
        } catch (RuntimeException e) {
            arena.close();
            throw e;
        }
    }

    /** A counter, which is in no file, is 0. */
    private static Array array(Arena arena, Parameter parameter, Map<String, float[]> weights) {
        long[] sizes = parameter.type().shape().sizes();
        float[] values = weights.get(parameter.name());
        if (values != null) {
            return arena.array(values, sizes);
        }
        int bytes = Math.toIntExact(
                parameter.type().shape().count() * parameter.type().dtype().bytes());
        return arena.array(ByteBuffer.allocateDirect(bytes), parameter.type().dtype(), sizes);
    }

    private static ModelCard card(ModelFolder folder, Pretrained network, Graph graph) {
        Map<String, Integer> ops = new TreeMap<>();
        graph.nodes().stream()
                .filter(node -> node.op().kind() != Op.Kind.LEAF)
                .forEach(node -> ops.merge(node.op().name(), 1, Integer::sum));
        List<String> labels = folder.labels();
        boolean hasClasses =
                labels.size() > 1 && graph.outputs().get(0).shape().unbatched().count() == labels.size();
        return new ModelCard(
                network.source(),
                folder.toString(),
                List.of(port("input", graph.inputs().get(0).type())),
                List.of(port(OUTPUT, graph.outputs().get(0).type())),
                hasClasses ? labels : List.of(),
                image(folder, graph.inputs().get(0).type()),
                Map.of("weights", network.source(), "sha256", network.fingerprint()),
                graph.parameterCount(),
                graph.parameterCount() * DType.FLOAT32.bytes(),
                ops);
    }

    private static Port port(String name, TensorType type) {
        List<Long> sizes = LongStream.of(type.shape().sizes())
                .map(size -> Math.max(size, -1))
                .boxed()
                .toList();
        return Port.of(name, type.dtype(), sizes);
    }

    private static Optional<ImageInput> image(ModelFolder folder, TensorType input) {
        if (input.shape().rank() != 4 || !folder.hasPreprocessing()) {
            return Optional.empty();
        }
        Preprocessing how = folder.preprocessing();
        boolean isNormalized = !how.means().isEmpty();
        return Optional.of(new ImageInput(
                Math.toIntExact(input.shape().size(2)),
                Math.toIntExact(input.shape().size(3)),
                Math.toIntExact(input.shape().size(1)),
                false,
                DType.FLOAT32,
                how.rescale(),
                isNormalized ? how.means() : List.of(0.0),
                isNormalized ? how.deviations() : List.of(1.0)));
    }
}
