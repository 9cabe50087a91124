package dev.quire.pretrained;

import dev.quire.QuireException;
import dev.quire.graph.DType;
import dev.quire.graph.Shape;
import dev.quire.graph.TensorType;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The kinds of networks whose files are understood. */
enum Family {
    BERT("Bert", "BertForSequenceClassification", Bert.NAMING, Bert::of),
    CONVNEXT("ConvNext", "ConvNextForImageClassification", ConvNext.NAMING, ConvNext::of),
    GPT2("GPT2", "GPT2LMHeadModel", Gpt2.NAMING, Gpt2::of),
    RESNET("ResNet", "ResNetForImageClassification", ResNet.NAMING, ResNet::of),
    VIT("ViT", "ViTForImageClassification", Vit.NAMING, Vit::of);

    private final String bare;
    private final String headed;
    private final Naming naming;
    private final Function<Configuration, Design> design;

    Family(String name, String headed, Naming naming, Function<Configuration, Design> design) {
        this.bare = name + "Model";
        this.headed = headed;
        this.naming = naming;
        this.design = design;
    }

    /** The {@code model_type} of its files. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    Naming naming() {
        return naming;
    }

    Design design(Configuration config) {
        return design.apply(config);
    }

    /**
     * The kind that a file names.
     *
     * @throws QuireException when it is none of these
     */
    static Family of(Configuration config) {
        String type = config.word("model_type", "");
        return find(type)
                .orElseThrow(() -> new QuireException(config.file() + ": the architecture "
                        + (type.isEmpty() ? "is not named (model_type)" : "'" + type + "' is not known")
                        + ", expected one of " + words()
                        + ": describe the network in Quire and use startFrom(\"model.safetensors\", net), or bring it as"
                        + " ONNX or TorchScript"));
    }

    /** The kind of a name; empty where there is none. */
    static Optional<Family> find(String word) {
        return Arrays.stream(values()).filter(each -> each.word().equals(word)).findFirst();
    }

    static String words() {
        return Arrays.stream(values()).map(Family::word).collect(Collectors.joining(", "));
    }

    /**
     * Whether the network has a head of its own.
     *
     * @throws QuireException when it has one that is not understood
     */
    boolean hasHead(Configuration config, String place) {
        String architecture = config.json().path("architectures").path(0).asText(headed);
        if (architecture.equals(headed)) {
            return true;
        }
        if (architecture.equals(bare)) {
            return false;
        }
        throw new QuireException(place + " is a " + architecture + ", whose head is not known; known are " + headed
                + " and " + bare + ": take backbone(\"" + place + "\") and put a head of your own behind it");
    }

    /** The outputs of its own head. */
    int outputs(Configuration config) {
        if (this == GPT2) {
            return config.number("vocab_size", 50257);
        }
        List<String> labels = config.labels();
        return labels.isEmpty() ? config.number("num_labels", 2) : labels.size();
    }

    /** Whether it is given tokens, and not images. */
    boolean readsTokens() {
        return this == BERT || this == GPT2;
    }

    /** One example that fits, for a check of all shapes. */
    TensorType example(Configuration config) {
        if (readsTokens()) {
            String most = this == BERT ? "max_position_embeddings" : "n_positions";
            return new TensorType(DType.INT64, Shape.of(config.number(most, this == BERT ? 512 : 1024)));
        }
        long side = config.number("image_size", 224);
        return new TensorType(DType.FLOAT32, Shape.of(config.number("num_channels", 3), side, side));
    }
}
