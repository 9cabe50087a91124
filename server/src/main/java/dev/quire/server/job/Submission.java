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
 */
public record Submission(
        String network, Optional<String> modelId, String dataset, TrainingSpec spec, Optional<String> name) {

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
                false,
                now,
                null,
                null,
                null);
    }
}
