package dev.quire.server.job;

import dev.quire.train.TrainingSpec;
import dev.quire.train.json.SpecJson;
import java.time.Instant;
import java.util.Optional;

/**
 * A job that is asked for, checked.
 *
 * @param network to be trained, as JSON
 * @param modelId the model that it was made of, if any
 * @param dataset by name
 * @param spec how
 * @param name of its run; empty for the usual one
 * @param overwrite whether its run takes the place of equal ones before
 * @param keepEpochs whether a checkpoint of every epoch is kept
 */
public record Submission(
        String network,
        Optional<String> modelId,
        String dataset,
        TrainingSpec spec,
        Optional<String> name,
        boolean overwrite,
        boolean keepEpochs) {

    /** As this one, in place of equal runs before. */
    public Submission overwriting() {
        return new Submission(network, modelId, dataset, spec, name, true, keepEpochs);
    }

    /** As this one, its run under a name. */
    public Submission named(String run) {
        return new Submission(network, modelId, dataset, spec, Optional.of(run), overwrite, keepEpochs);
    }

    /** As this one, with a checkpoint of every epoch. */
    public Submission keepingEpochs() {
        return new Submission(network, modelId, dataset, spec, name, overwrite, true);
    }

    Job job(String id, Instant now) {
        return new Job(
                0,
                id,
                Job.State.PENDING,
                network,
                modelId.orElse(null),
                dataset,
                SpecJson.write(spec),
                name.orElse(null),
                null,
                null,
                overwrite,
                keepEpochs,
                false,
                now,
                null,
                null,
                null);
    }
}
