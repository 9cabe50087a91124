package dev.quire.model.json;

import dev.quire.model.Join;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How others spell what Quire has a word for. Upper and lower case, {@code _}, {@code -} and blanks do not count:
 * {@code out_features}, {@code outFeatures} and {@code Out-Features} are one.
 */
final class Spelling {
    /** Fields in other words, by the field. */
    private static final Map<String, Set<String>> FIELDS = new HashMap<>();

    private static final Map<String, String> TYPES = new HashMap<>();

    /** What the author says of a layer's input, which follows from the layer before. */
    private static final Set<String> EXPECTED = Set.of("infeatures", "inchannels", "numfeatures", "inputsize");

    /** What is said for people, or for the canvas. */
    private static final Set<String> REMARKS = Set.of("name", "label", "title", "description", "color", "comment");

    static {
        LayerType.words().forEach(word -> TYPES.put(plain(word), word));
        types("dense", "linear fc fullyconnected");
        types("conv", "conv1d conv2d convolution convolution1d convolution2d");
        types("depthwiseConv", "depthwiseconv1d depthwiseconv2d");
        types(
                "transposedConv",
                "transposedconv1d transposedconv2d conv1dtranspose conv2dtranspose convtranspose1d convtranspose2d");
        types("maxPool", "maxpool1d maxpool2d maxpooling maxpooling1d maxpooling2d");
        types(
                "averagePool",
                "avgpool avgpool1d avgpool2d averagepool1d averagepool2d avgpooling averagepooling"
                        + " averagepooling1d averagepooling2d");
        types("adaptiveMaxPool", "adaptivemaxpool1d adaptivemaxpool2d");
        types("adaptiveAveragePool", "adaptiveaveragepool1d adaptiveavgpool adaptiveavgpool1d adaptiveavgpool2d");
        types(
                "globalMaxPool",
                "globalmaxpool1d globalmaxpool2d globalmaxpooling globalmaxpooling1d" + " globalmaxpooling2d");
        types(
                "globalAveragePool",
                "globalavgpool globalavgpool1d globalavgpool2d globalaveragepooling"
                        + " globalaveragepooling1d globalaveragepooling2d");
        types("batchNorm", "batchnorm1d batchnorm2d batchnormalization");
        types("layerNorm", "layernormalization");
        types("groupNorm", "groupnormalization");
        types("silu", "swish");
        types("identity", "none");
        types("upsample", "upsampling upsampling1d upsampling2d upsample1d upsample2d");
        types("selfAttention", "multiheadattention multiheadselfattention");
        types("transformerEncoder", "transformerencoderlayer");
        types("add", "sum");
        types("concat", "concatenate");
        types("multiply", "mul");
        fields("units", "size outfeatures neurons outputsize outputdim hiddensize embeddingdim dim");
        fields("filters", "outchannels channels");
        fields("kernel", "kernelsize poolsize windowsize");
        fields("stride", "strides");
        fields("dilation", "dilationrate");
        fields("bias", "usebias hasbias");
        fields("rate", "p prob probability dropout dropoutrate");
        fields("eps", "epsilon");
        fields("slope", "negativeslope alpha");
        fields("scale", "scalefactor size");
        fields("sizes", "targetshape shape");
        fields("size", "outputsize");
        fields("count", "numembeddings vocabsize inputdim");
        fields("heads", "numheads nhead");
        fields("hidden", "dimfeedforward");
        fields("layers", "numlayers");
        fields("groups", "numgroups");
        fields("axis", "dim");
        fields("length", "maxlength maxlen");
    }

    private Spelling() {}

    private static void types(String word, String others) {
        Arrays.stream(others.split(" ")).forEach(other -> TYPES.put(other, word));
    }

    private static void fields(String field, String others) {
        FIELDS.put(field, Set.of(others.split(" ")));
    }

    /** A word without what does not count. */
    static String plain(String word) {
        return word.toLowerCase(Locale.ROOT).replaceAll("[_\\- .]", "");
    }

    /** Quire's word for a type, whoever wrote it. */
    static Optional<String> type(String written) {
        return LayerType.of(written).map(LayerType::word).or(() -> Optional.ofNullable(TYPES.get(plain(written))));
    }

    /** Whether a type is spelled as Quire spells it. */
    static boolean isOwn(String written) {
        return written.equals(LayerReader.CUSTOM) || LayerType.of(written).isPresent();
    }

    /** Quire's word for an activation; empty for none at all. */
    static Optional<String> activation(String written) {
        String plain = plain(written);
        return plain.equals("linear") || plain.isEmpty() ? Optional.of("identity") : type(written);
    }

    /** The field that a parameter is, whoever wrote it. */
    static Optional<String> field(String written, List<String> fields) {
        String plain = plain(written);
        List<String> found = new ArrayList<>(fields.contains(written) ? List.of(written) : List.of());
        fields.stream().filter(field -> plain(field).equals(plain)).forEach(found::add);
        fields.stream()
                .filter(field -> FIELDS.getOrDefault(field, Set.of()).contains(plain))
                .forEach(found::add);
        return found.stream().findFirst();
    }

    static boolean isExpected(String written) {
        return EXPECTED.contains(plain(written));
    }

    static boolean isRemark(String written) {
        return REMARKS.contains(plain(written));
    }

    /** What joins values, by its word. */
    static Optional<Join.Kind> join(String word) {
        return Arrays.stream(Join.Kind.values())
                .filter(kind -> kind.word().equals(word))
                .findFirst();
    }

    /** How many axes a type slides along: 1 where its name says so. */
    static int axes(String type) {
        return plain(type).contains("1d") ? 1 : 2;
    }
}
