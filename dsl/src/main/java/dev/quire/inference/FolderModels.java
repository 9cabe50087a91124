package dev.quire.inference;

import dev.quire.engine.Arena;
import dev.quire.engine.Array;
import dev.quire.engine.Device;
import dev.quire.engine.Torch;
import dev.quire.graph.DType;
import dev.quire.graph.Graph;
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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Models from folders of pretrained networks. */
final class FolderModels {
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
        return new RunningModel(
                card(folder, network, graph),
                GraphRunner.on(
                        device,
                        graph,
                        work,
                        arena -> Stream.concat(graph.parameters().stream(), graph.buffers().stream())
                                .map(each -> array(arena, each, weights))
                                .toList()));
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
        List<String> labels = folder.labels();
        boolean hasClasses =
                labels.size() > 1 && graph.outputs().get(0).shape().unbatched().count() == labels.size();
        return new ModelCard(
                network.source(),
                folder.toString(),
                List.of(Port.of("input", graph.inputs().get(0).type())),
                List.of(Port.of(GraphRunner.OUTPUT, graph.outputs().get(0).type())),
                hasClasses ? labels : List.of(),
                List.of(),
                image(folder, graph.inputs().get(0).type()),
                text(folder, graph.inputs().get(0).type()),
                Map.of("weights", network.source(), "sha256", network.fingerprint()),
                graph.parameterCount(),
                graph.parameterCount() * DType.FLOAT32.bytes(),
                GraphRunner.ops(graph));
    }

    private static Optional<TextInput> text(ModelFolder folder, TensorType input) {
        return folder.hasTokenizer()
                ? Optional.of(new TextInput(
                        folder.tokenizer(), Math.toIntExact(input.shape().size(1))))
                : Optional.empty();
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
                isNormalized ? how.deviations() : List.of(1.0),
                how.resample()));
    }
}
