package dev.quire.model.json;

import dev.quire.model.Activation;
import dev.quire.model.AdaptivePool;
import dev.quire.model.BatchNorm;
import dev.quire.model.Block;
import dev.quire.model.ClassToken;
import dev.quire.model.Conv;
import dev.quire.model.Dense;
import dev.quire.model.DepthwiseConv;
import dev.quire.model.Dropout;
import dev.quire.model.Elu;
import dev.quire.model.Embedding;
import dev.quire.model.Flatten;
import dev.quire.model.Functional;
import dev.quire.model.GlobalPool;
import dev.quire.model.GroupNorm;
import dev.quire.model.Join;
import dev.quire.model.LayerNorm;
import dev.quire.model.LayerScale;
import dev.quire.model.LeakyRelu;
import dev.quire.model.Masking;
import dev.quire.model.NormalStart;
import dev.quire.model.Parallel;
import dev.quire.model.Permute;
import dev.quire.model.Pool;
import dev.quire.model.PositionalEmbedding;
import dev.quire.model.Prelu;
import dev.quire.model.Pretrained;
import dev.quire.model.Recurrent;
import dev.quire.model.Reshape;
import dev.quire.model.Residual;
import dev.quire.model.Select;
import dev.quire.model.SelfAttention;
import dev.quire.model.Sequential;
import dev.quire.model.Shared;
import dev.quire.model.Softmax;
import dev.quire.model.Softplus;
import dev.quire.model.Transformer;
import dev.quire.model.TransposedConv;
import dev.quire.model.Unembedding;
import dev.quire.model.Upsample;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * How one kind of layer is written: a row of the table that makes files.
 *
 * @param word the {@code type} in a file
 * @param record the layer's class, whose components are the fields; the components of a record among them stand in its
 *     place
 * @param fixed components that the word says
 * @param defaults components that may be left out
 */
record LayerType(String word, Class<? extends Record> record, Map<String, Object> fixed, Map<String, Object> defaults) {
    /** A default that is another field's value. */
    record Like(String field) {}

    private static final Map<String, Object> WINDOW =
            Map.of("stride", List.of(), "padding", List.of(), "same", false, "dilation", List.of());

    /** All of them. */
    static final List<LayerType> ALL = all();

    private static final Map<String, LayerType> BY_WORD =
            ALL.stream().collect(Collectors.toUnmodifiableMap(LayerType::word, type -> type));

    /** The row of a word. */
    static Optional<LayerType> of(String word) {
        return Optional.ofNullable(BY_WORD.get(word));
    }

    /** The words, in order. */
    static List<String> words() {
        return ALL.stream().map(LayerType::word).toList();
    }

    /** The fields that are written, in order. */
    List<String> fields() {
        return Fields.types(record).keySet().stream()
                .filter(name -> !fixed.containsKey(name))
                .toList();
    }

    private static List<LayerType> all() {
        List<LayerType> rows = new ArrayList<>();
        rows.add(of("sequential", Sequential.class));
        rows.add(of("block", Block.class));
        rows.add(of("dense", Dense.class).or("bias", true));
        rows.add(of("conv", Conv.class).or(WINDOW).or("groups", 1).or("bias", true));
        rows.add(of("depthwiseConv", DepthwiseConv.class)
                .or("multiplier", 1)
                .or(WINDOW)
                .or("bias", true));
        rows.add(of("transposedConv", TransposedConv.class)
                .or(WINDOW)
                .or("outputPadding", List.of())
                .or("groups", 1)
                .or("bias", true));
        for (Pool.Kind kind : Pool.Kind.values()) {
            rows.add(of(kind.word(), Pool.class)
                    .is("kind", kind)
                    .or(WINDOW)
                    .or("stride", new Like("kernel"))
                    .or("ceil", false));
            String word =
                    Character.toUpperCase(kind.word().charAt(0)) + kind.word().substring(1);
            rows.add(of("adaptive" + word, AdaptivePool.class).is("kind", kind));
            rows.add(of("global" + word, GlobalPool.class).is("kind", kind));
        }
        rows.add(of("batchNorm", BatchNorm.class).or("momentum", 0.1).or("eps", 1e-5));
        rows.add(of("layerNorm", LayerNorm.class).or("axes", 1).or("eps", 1e-5));
        rows.add(of("groupNorm", GroupNorm.class).or("eps", 1e-5));
        rows.add(of("dropout", Dropout.class));
        for (Activation.Function function : Activation.Function.values()) {
            rows.add(of(function.word(), Activation.class).is("function", function));
        }
        rows.add(of("leakyRelu", LeakyRelu.class).or("slope", 0.01));
        rows.add(of("elu", Elu.class).is("smooth", false).or("alpha", 1.0));
        rows.add(of("celu", Elu.class).is("smooth", true).or("alpha", 1.0));
        rows.add(of("softplus", Softplus.class).or("beta", 1.0).or("threshold", 20.0));
        rows.add(of("softmax", Softmax.class).is("log", false).or("axis", -1));
        rows.add(of("logSoftmax", Softmax.class).is("log", true).or("axis", -1));
        rows.add(of("prelu", Prelu.class).or("perChannel", false));
        rows.add(of("flatten", Flatten.class));
        rows.add(of("reshape", Reshape.class));
        rows.add(of("upsample", Upsample.class).or("bilinear", false));
        rows.add(of("embedding", Embedding.class));
        rows.add(of("positionalEmbedding", PositionalEmbedding.class));
        for (Recurrent.Cell cell : Recurrent.Cell.values()) {
            rows.add(of(cell.word(), Recurrent.class)
                    .is("cell", cell)
                    .or("layers", 1)
                    .or("bidirectional", false)
                    .or("lastState", false)
                    .or("dropout", 0.0));
        }
        rows.add(of("selfAttention", SelfAttention.class)
                .or("causal", false)
                .or("dropout", 0.0)
                .or("bias", true));
        rows.add(of("transformerEncoder", Transformer.class)
                .is("kind", Transformer.Kind.ENCODER)
                .or("hidden", 2048)
                .or("activation", new Activation(Activation.Function.RELU))
                .or("preNorm", false)
                .or("dropout", 0.1));
        rows.add(of("transformerDecoder", Transformer.class)
                .is("kind", Transformer.Kind.DECODER)
                .or("hidden", 0)
                .or("activation", new Activation(Activation.Function.GELU))
                .or("preNorm", true)
                .or("dropout", 0.1));
        rows.add(of("permute", Permute.class));
        rows.add(of("select", Select.class));
        rows.add(of("classToken", ClassToken.class));
        rows.add(of("layerScale", LayerScale.class).or("start", 1e-6));
        rows.add(of("unembedding", Unembedding.class));
        rows.add(of("masking", Masking.class));
        rows.add(of("normalStart", NormalStart.class));
        rows.add(of("pretrained", Pretrained.class));
        rows.add(of("residual", Residual.class));
        for (Join.Kind kind : Join.Kind.values()) {
            rows.add(of(kind.word(), Parallel.class).is("kind", kind).or("axis", 1));
        }
        rows.add(of("join", Join.class).or("axis", 1));
        rows.add(of("shared", Shared.class));
        rows.add(of("model", Functional.class));
        return List.copyOf(rows);
    }

    private static LayerType of(String word, Class<? extends Record> record) {
        return new LayerType(word, record, Map.of(), Map.of());
    }

    private LayerType is(String component, Object value) {
        return new LayerType(word, record, with(fixed, Map.of(component, value)), defaults);
    }

    private LayerType or(String component, Object value) {
        return or(Map.of(component, value));
    }

    private LayerType or(Map<String, Object> values) {
        return new LayerType(word, record, fixed, with(defaults, values));
    }

    private static Map<String, Object> with(Map<String, Object> values, Map<String, Object> more) {
        Map<String, Object> out = new HashMap<>(values);
        out.putAll(more);
        return Map.copyOf(out);
    }
}
