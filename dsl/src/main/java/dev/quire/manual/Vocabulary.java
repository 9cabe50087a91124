package dev.quire.manual;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** The words in the order in which they are offered: what belongs together, and in it what is used most. */
public final class Vocabulary {
    private static final List<Group> LANGUAGE = List.of(
            group(
                    "Data",
                    "var data = digits();",
                    "digits mnist fashionMnist cifar10 tinyShakespeare iris wine breastCancer dataset imageFolder csv tensors"),
            group(
                    "Options of data",
                    "imageFolder(\"photos\", resize(64), perClass(500))",
                    "resize perClass grayscale skipBroken memory holdOut target features text without classification separator header"
                            + " categories dropMissing"),
            group(
                    "Changes to images in training",
                    "data.augment(flip(), crop(4))",
                    "flip crop rotate shift affine colorJitter erase"),
            group(
                    "Layers",
                    "var net = sequential(conv(16, 3), relu(), flatten(), dense(10));",
                    "sequential conv dense relu flatten maxPool dropout batchNorm averagePool globalAveragePool residual block"
                            + " embedding lstm gru transformerEncoder transformerDecoder selfAttention positionalEmbedding layerNorm"
                            + " groupNorm conv1d maxPool1d averagePool1d depthwiseConv depthwiseConv1d separableConv transposedConv"
                            + " transposedConv1d upsample adaptiveAveragePool adaptiveAveragePool1d adaptiveMaxPool adaptiveMaxPool1d"
                            + " globalMaxPool reshape permute select classToken layerScale unembedding normalStart masking shared layer"),
            group(
                    "Well-known networks, from scratch or pretrained",
                    "sequential(backbone(\"microsoft/resnet-18\"), dense(10))",
                    "resnet vit convnext bert gpt2 pretrained backbone startFrom modelFolder tokenizer imageSize patch units heads length"
                            + " widths depths"),
            group(
                    "Activations",
                    "sequential(dense(64), gelu())",
                    "gelu silu tanh sigmoid softmax logSoftmax leakyRelu elu selu mish prelu softplus softsign logSigmoid geluTanh"
                            + " celu hardswish hardsigmoid hardtanh relu6 identity"),
            group(
                    "Options of layers",
                    "conv(32, 3, stride(2), same())",
                    "same stride padding noBias dilation groups multiplier outputPadding ceil bilinear perChannel layers"
                            + " bidirectional lastState causal hidden preNorm postNorm"),
            group("Several inputs and outputs", "model(dense(10).on(image))", "input model inputs concat add multiply"),
            group("Networks in files", "validate(\"net.json\")", "network validate"),
            group(
                    "Training",
                    "var run = train(net, data, epochs(3), adamW(1e-3));",
                    "train trainAsync lrFind check explain stop best lastRun runs"),
            group(
                    "Models that answer",
                    "load(\"model.onnx\", normalize(0.5, 0.5)).predict(\"seven.png\")",
                    "load inputShape classNames normalize threads"),
            group(
                    "Options of training",
                    "train(net, data, epochs(3), batch(128), seed(42))",
                    "epochs batch seed earlyStop clip bf16 metrics callback timeBudget evaluateEvery maxBatches accumulate clipValue ema"
                            + " freeze rate noDecay decayMatrices balanced mixup cutmix name resume reuse overwrite keepEpochs"
                            + " unrecorded"),
            group(
                    "Optimizers and their options",
                    "adamW(1e-3, weightDecay(0.1))",
                    "adamW adam sgd rmsProp adagrad adadelta momentum nesterov weightDecay option"),
            group(
                    "Schedules of the learning rate",
                    "cosine(warmup(0.05))",
                    "cosine oneCycle linear step exponential constant warmup"),
            group(
                    "Losses",
                    "train(net, data, labelSmoothing(0.1))",
                    "crossEntropy labelSmoothing classWeights ignoreIndex mse l1 huber smoothL1 bce nll kl loss"),
            group(
                    "Showing",
                    "diagram(net, data)",
                    "show diagram markdown html latex json vegaLite image png help clear ask askSecret"),
            group(
                    "Controls",
                    "interact(slider(\"n\", 0, 99), n -> digits().train().example(n))",
                    "interact slider logSlider choice toggle textField button"));

    private static final List<Group> GROUPS = Stream.concat(
                    LANGUAGE.stream(), Chapters.ALL.stream().flatMap(each -> each.groups().stream()))
            .toList();

    /** Methods that are used most, by the simple name of the type that is asked. */
    private static final Map<String, List<String>> MEMBERS = Map.of(
            "Run",
            words(
                    "plot metrics predictions confusion topLosses mostConfused roc perClass evaluate predict gradCam precisionRecall"
                            + " calibration scatter pca tsne classification regression history model data weights sentence stop"
                            + " reason"),
            "Model",
            words("predict run accuracy classification card inputs outputs classes close"),
            "RunList",
            words("where sortBy compare get last table"),
            "ListedRun",
            words("plot history run state row"),
            "StoredRun",
            words("reload history plot spec remarks differences checkpoint"),
            "Dataset",
            words("split augment normalize train validation test classes inputs limit perClass describe"),
            "Layer",
            words("summary on apply within"),
            "Functional",
            words("summary on apply within"),
            "ModelFolder",
            words("labels prepare whole backbone preprocessing"));

    private static final Map<String, Integer> RANKS = new HashMap<>();

    static {
        GROUPS.forEach(group -> group.words().forEach(word -> RANKS.putIfAbsent(word, RANKS.size())));
    }

    private Vocabulary() {}

    /**
     * Words that belong together.
     *
     * @param example a line that uses some of them
     */
    public record Group(String title, String example, List<String> words) {
        public Group {
            words = List.copyOf(words);
        }
    }

    /** All words of the language in their groups; a word that stands in none comes last. */
    public static List<Group> groups() {
        Set<String> names = Manual.names();
        Set<String> rest = new LinkedHashSet<>(names);
        List<Group> groups = new ArrayList<>();
        for (Group group : GROUPS) {
            List<String> known = group.words().stream().filter(names::contains).toList();
            known.forEach(rest::remove);
            groups.add(new Group(group.title(), group.example(), known));
        }
        if (!rest.isEmpty()) {
            groups.add(new Group("More", "", List.copyOf(rest)));
        }
        return List.copyOf(groups);
    }

    /** Where a word stands among all, the first at 0; one that stands in no group after all others. */
    public static int rank(String word) {
        return RANKS.getOrDefault(word, RANKS.size());
    }

    /** Where a method stands among those of its type; {@link Integer#MAX_VALUE} where it has no place of its own. */
    public static int rank(String type, String method) {
        int place = MEMBERS.getOrDefault(type, List.of()).indexOf(method);
        return place < 0 ? Integer.MAX_VALUE : place;
    }

    private static Group group(String title, String example, String words) {
        return new Group(title, example, words(words));
    }

    private static List<String> words(String text) {
        return Arrays.asList(text.split(" "));
    }
}
