package dev.quire.pretrained;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.quire.QuireException;
import dev.quire.data.Dataset;
import dev.quire.graph.Shape;
import dev.quire.graph.TensorType;
import dev.quire.model.Architecture;
import dev.quire.model.Layer;
import dev.quire.model.Pretrained;
import dev.quire.text.Tokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * A folder in the layout of Hugging Face: {@code config.json}, weights as safetensors in one file or several, and where
 * there is one a {@code preprocessor_config.json}. Nothing is ever downloaded.
 */
public final class ModelFolder {
    /** The naming of weights that have Quire's own names. */
    static final String OWN = "quire";

    private static final String PREPROCESSING = "preprocessor_config.json";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String place;
    private final Path folder;
    private final Configuration config;
    private final Family family;

    private ModelFolder(String place, Path folder, Configuration config) {
        this.place = place;
        this.folder = folder;
        this.config = config;
        this.family = Family.of(config);
    }

    /**
     * Opens a folder.
     *
     * @param place a folder, or a name such as {@code microsoft/resnet-18} whose files were downloaded before
     * @throws QuireException when it is not there, or its architecture is not known
     */
    public static ModelFolder of(String place) {
        Path folder = HubCache.standard().find(place);
        Path file = folder.resolve("config.json");
        if (!Files.isRegularFile(file)) {
            throw new QuireException(folder + " has no config.json, which says what network it is: give the folder that"
                    + " save_pretrained wrote; for weights alone use startFrom(\"" + place + "\", net)");
        }
        return new ModelFolder(place, folder, read(file));
    }

    private static Configuration read(Path file) {
        try {
            JsonNode json = JSON.readTree(file.toFile());
            if (json == null || !json.isObject()) {
                throw new QuireException(file + " holds no JSON object");
            }
            return new Configuration(file.toString(), json);
        } catch (JsonProcessingException e) {
            throw new QuireException(file + " is no JSON: " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new QuireException(file + " cannot be read: " + e, e);
        }
    }

    /** The kind of network, as its {@code config.json} names it: {@code resnet}. */
    public String architecture() {
        return family.word();
    }

    /** Where the files lie. */
    public Path folder() {
        return folder;
    }

    /** The names of the classes in their order; empty where the network has none. */
    public List<String> labels() {
        return config.labels();
    }

    /** Whether it says how images were prepared for it. */
    public boolean hasPreprocessing() {
        return Files.isRegularFile(folder.resolve(PREPROCESSING));
    }

    /** Whether it says how text becomes tokens. */
    public boolean hasTokenizer() {
        return family.readsTokens() && Tokenizer.isIn(folder);
    }

    /**
     * What makes tokens of text for it: {@code tokenizer.json}, cut and filled up as the network needs it.
     *
     * @throws QuireException when it is missing or damaged, has more tokens than the network, or the network takes images
     */
    public Tokenizer tokenizer() {
        if (!family.readsTokens()) {
            throw new QuireException(place + " is a " + family.word() + ", which is given images: it has no tokenizer");
        }
        Tokenizer own = Tokenizer.read(folder);
        int rows = config.number("vocab_size", Integer.MAX_VALUE);
        if (own.vocabulary() > rows) {
            throw new QuireException(
                    folder + ": its tokenizer has " + own.vocabulary() + " tokens, its network rows for " + rows
                            + " (vocab_size in config.json): the files are not of one network, copy them again");
        }
        OptionalInt filler = family == Family.BERT ? config.token("pad_token_id", 0) : OptionalInt.empty();
        if (filler.isPresent() && own.hasPadding() && own.padding() != filler.getAsInt()) {
            throw new QuireException(folder + ": its tokenizer fills up with token " + own.padding()
                    + ", its network passes over token " + filler.getAsInt()
                    + " (pad_token_id in config.json): make them the same");
        }
        OptionalLong padding = filler.isPresent() ? OptionalLong.of(filler.getAsInt()) : OptionalLong.empty();
        return own.fitted(
                padding, Math.toIntExact(family.example(config).shape().size(0)));
    }

    /** The type of one example: an image of the size that was prepared, or tokens for the most places. */
    public TensorType example() {
        TensorType usual = family.example(config);
        if (!family.readsTokens() && !config.json().has("image_size") && hasPreprocessing()) {
            Preprocessing how = preprocessing();
            return usual.with(Shape.of(usual.shape().size(0), how.height(), how.width()));
        }
        return usual;
    }

    /**
     * How images were prepared for it.
     *
     * @throws QuireException when there is no {@code preprocessor_config.json}
     */
    public Preprocessing preprocessing() {
        Path file = folder.resolve(PREPROCESSING);
        if (!hasPreprocessing()) {
            throw new QuireException(
                    folder + " has no preprocessor_config.json: prepare the images yourself, as with data.normalize()");
        }
        return Preprocessing.of(read(file));
    }

    /** Images with the normalisation that the network was trained with; see {@link Preprocessing#apply}. */
    public Dataset prepare(Dataset data) {
        return preprocessing().apply(data);
    }

    /**
     * The network with its own head, or without where its files have none, and its weights.
     *
     * @throws QuireException when weights are missing, too many, or of another shape: lists all of them
     */
    public Pretrained whole() {
        Design design = family.design(config);
        return checked(
                Pretrained.Use.WHOLE,
                family.hasHead(config, place) ? design.network(family.outputs(config)) : design.backbone());
    }

    /**
     * The network without its head, and its weights: what it finds in an example, a row of numbers. Among other layers
     * its parameters are named {@code backbone}.
     *
     * @throws QuireException as {@link #whole}
     */
    public Pretrained backbone() {
        return checked(Pretrained.Use.BACKBONE, family.design(config).backbone());
    }

    private Pretrained checked(Pretrained.Use use, Layer body) {
        String fingerprint = TensorFiles.at(folder).fingerprint();
        Pretrained network = new Pretrained(place, fingerprint, family.word(), use, body);
        StoredWeights.of(
                Architecture.of(network, List.of(family.example(config))).graph());
        return network;
    }

    /**
     * A network that begins with weights that have its own parameters' names, as those of a run have.
     *
     * @param file a safetensors file, or a folder with {@code model.safetensors}
     * @throws QuireException when it is not there
     */
    public static Pretrained weights(String file, Layer network) {
        TensorFiles files = TensorFiles.at(HubCache.standard().find(file));
        return new Pretrained(file, files.fingerprint(), OWN, Pretrained.Use.WEIGHTS, network);
    }

    /** One line: place, architecture, classes. */
    @Override
    public String toString() {
        List<String> labels = labels();
        return String.format(
                Locale.ROOT,
                "%s: %s%s",
                place,
                config.json().path("architectures").path(0).asText(family.word()),
                labels.isEmpty() ? "" : ", " + labels.size() + " classes");
    }
}
