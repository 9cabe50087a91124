package dev.quire.server.find;

import com.fasterxml.jackson.annotation.JsonAlias;
import dev.quire.server.http.Problem;
import dev.quire.server.http.SafeText;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How a run was trained, as far as it matters to whoever looks for one. What is not said may be anything.
 *
 * @param modelType {@code mlp} (also {@code SimpleNN}) or {@code cnn} (also {@code ConvNN})
 * @param optimizer by name: adam, sgd, rmsprop, adamw
 * @param learningRateRange {@code Low}, {@code Medium Low}, {@code Medium High} or {@code High}
 * @param hiddenLayersConfig units of the dense layers before the last, or filters of the convolutions
 * @param useDropout whether there is any
 * @param dropoutP its rate
 * @param dataset by name
 */
public record Configuration(
        @Nullable String modelType,
        @Nullable String optimizer,
        @Nullable String learningRateRange,
        @Nullable Integer batchSize,
        @JsonAlias("num_epochs") @Nullable Integer epochs,
        @Nullable List<Integer> hiddenLayersConfig,
        @Nullable Boolean useDropout,
        @Nullable Double dropoutP,
        @Nullable String dataset) {
    private static final double ROUNDING = 1e-6;

    /**
     * The kind of network: mlp or cnn.
     *
     * @throws Problem 400 when it is none
     */
    public Optional<String> kind() {
        if (modelType == null) {
            return Optional.empty();
        }
        return switch (modelType.toLowerCase(Locale.ROOT)) {
            case "mlp", "simplenn" -> Optional.of(Trained.MLP);
            case "cnn", "convnn" -> Optional.of(Trained.CNN);
            default ->
                throw Problem.bad("there is no type of model '" + SafeText.shown(modelType) + "'", "use mlp or cnn");
        };
    }

    /** The range that the learning rate lies in. */
    public Optional<RateRange> rate() {
        return Optional.ofNullable(learningRateRange).map(RateRange::of);
    }

    /** Whether a run was trained so. */
    public boolean fits(Trained run) {
        return kind().map(run.kind()::equals).orElse(true)
                && (optimizer == null || plain(optimizer).equals(plain(run.optimizer())))
                && rate().map(range -> range.contains(run.learningRate())).orElse(true)
                && (batchSize == null || batchSize == run.batchSize())
                && (epochs == null || epochs == run.epochs())
                && (hiddenLayersConfig == null || hiddenLayersConfig.equals(run.hidden()))
                && (useDropout == null || useDropout == run.dropout() > 0)
                && (dropoutP == null
                        || Boolean.FALSE.equals(useDropout)
                        || Math.abs(dropoutP - run.dropout()) < ROUNDING)
                && (dataset == null || dataset.equals(run.dataset()));
    }

    private static String plain(String word) {
        return word.toLowerCase(Locale.ROOT).replaceAll("[^a-z]", "");
    }

    /** The address of the training form with this filled in. */
    public String link() {
        StringBuilder out = new StringBuilder("/app/train?");
        kind().ifPresent(kind -> add(out, "model", kind));
        if (hiddenLayersConfig != null) {
            add(out, "hidden", hiddenLayersConfig.stream().map(String::valueOf).collect(Collectors.joining(",")));
        }
        if (optimizer != null) {
            add(out, "optimizer", plain(optimizer));
        }
        rate().ifPresent(range -> add(out, "learning_rate", Float.toString((float) range.middle())));
        if (Boolean.FALSE.equals(useDropout)) {
            add(out, "dropout", "0");
        } else if (dropoutP != null) {
            add(out, "dropout", dropoutP.toString());
        } else if (Boolean.TRUE.equals(useDropout)) {
            add(out, "dropout", "0.25");
        }
        if (batchSize != null) {
            add(out, "batch_size", batchSize.toString());
        }
        if (epochs != null) {
            add(out, "epochs", epochs.toString());
        }
        add(out, "dataset", dataset == null ? "mnist" : dataset);
        return out.toString();
    }

    private static void add(StringBuilder out, String name, String value) {
        if (out.charAt(out.length() - 1) != '?') {
            out.append('&');
        }
        out.append(name).append('=').append(java.net.URLEncoder.encode(value, java.nio.charset.StandardCharsets.UTF_8));
    }
}
