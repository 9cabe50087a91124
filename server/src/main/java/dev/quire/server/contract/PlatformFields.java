package dev.quire.server.contract;

import com.fasterxml.jackson.databind.JsonNode;
import dev.quire.server.http.SafeName;
import dev.quire.server.project.Configuration;
import dev.quire.train.TrainingSpec;
import dev.quire.train.json.SpecJson;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a configuration of the training platform. What is not given is as usual. {@code num_workers}, {@code
 * prefetch_factor} and {@code persistent_workers} are kept and change nothing, as data is read by the process that
 * trains; so are {@code tb_root} and {@code ckpt_dir}, as paths of clients reach no file system.
 *
 * @param root the dataset: its name, or a path of which the last part is its name
 * @param maxDatapointsPerClass of each split; all unless given
 * @param modelFlavour the name of a kept model, or of a well-known network
 * @param loadPretrained must not be true, as the server keeps no weights to begin with
 * @param freezeBackbone must not be true, as weights that are drawn at random are not worth keeping
 * @param autocastDtype {@code bfloat16}, or {@code float32} for none
 * @param runName of its runs; {@code FLAVOUR__LOSS__scratch} unless given
 * @param evalTopk a number, or several
 * @param monitorMetric {@code val_loss} unless given: it decides which epoch's weights a run ends with
 * @param monitorMode {@code min} or {@code max}
 * @param modelSuffix is added to the flavour in the name of its runs
 */
record PlatformFields(
        String root,
        @Nullable Integer batchSize,
        @Nullable Integer numWorkers,
        @Nullable Integer prefetchFactor,
        @Nullable Boolean persistentWorkers,
        @Nullable Integer maxDatapointsPerClass,
        String modelFlavour,
        @Nullable Boolean loadPretrained,
        @Nullable Boolean freezeBackbone,
        @Nullable String optimizer,
        @Nullable Double lr,
        @Nullable Double weightDecay,
        @Nullable Double maxGradNorm,
        @Nullable Double warmupRatio,
        @Nullable Integer gradAccumSteps,
        @Nullable Integer epochs,
        @Nullable String autocastDtype,
        @Nullable Long seed,
        @Nullable String runName,
        @Nullable String tbRoot,
        @Nullable String ckptDir,
        @Nullable JsonNode evalTopk,
        @Nullable String monitorMetric,
        @Nullable String monitorMode,
        @Nullable Boolean savePerEpochCheckpoint,
        @Nullable String modelSuffix) {
    PlatformFields {
        evalTopk = evalTopk == null || evalTopk.isNull() ? null : evalTopk;
    }

    /** What its runs are called; one whose name is taken gets {@code -v1}, {@code -v2}. */
    String run() {
        String name = Optional.ofNullable(runName)
                .filter(each -> !each.isBlank())
                .orElseGet(
                        () -> modelFlavour + Optional.ofNullable(modelSuffix).orElse("") + "__crossEntropy__scratch");
        return SafeName.of("the name of the run", name);
    }

    /** What is known of a configuration that another client made. */
    static PlatformFields of(Configuration from) {
        TrainingSpec spec = SpecJson.read(from.configuration());
        return new PlatformFields(
                from.dataset(),
                spec.batch(),
                null,
                null,
                null,
                null,
                "network",
                false,
                false,
                spec.optimizer().getClass().getSimpleName().toLowerCase(Locale.ROOT),
                spec.optimizer().learningRate(),
                null,
                spec.gradient().clip().isPresent()
                        ? (Double) spec.gradient().clip().getAsDouble()
                        : null,
                spec.schedule().warmup(),
                spec.gradient().accumulate(),
                spec.epochs(),
                spec.precision().name().toLowerCase(Locale.ROOT),
                spec.seed(),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null);
    }
}
