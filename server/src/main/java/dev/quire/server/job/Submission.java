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
 */
public record Submission(
        String network,
        Optional<String> modelId,
        String dataset,
        TrainingSpec spec,
        Optional<String> name,
        boolean overwrite) {

    /** As this one, in place of equal runs before. */
    public Submission overwriting() {
        return new Submission(network, modelId, dataset, spec, name, true);
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
                false,
                now,
                null,
                null,
                null);
    }
}
