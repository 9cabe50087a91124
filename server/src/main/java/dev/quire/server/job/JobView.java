package dev.quire.server.job;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.quire.server.http.Json;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A job as clients see it.
 *
 * @param id of the job
 * @param number counts up in the order of submission
 * @param state {@code pending}, {@code running}, {@code done}, {@code stopped} or {@code failed}
 * @param modelId the model that it was made of
 * @param dataset by name
 * @param configuration how it is trained
 * @param run the name of its record
 * @param agent the machine that trains it
 * @param detail why it ended, in words
 */
public record JobView(
        String id,
        long number,
        String state,
        @Nullable String modelId,
        String dataset,
        ObjectNode configuration,
        @Nullable String name,
        @Nullable String run,
        @Nullable String agent,
        Instant created,
        @Nullable Instant started,
        @Nullable Instant ended,
        @Nullable String detail) {

    /** What is told of a job. */
    public static JobView of(Job job) {
        return new JobView(
                job.id(),
                job.number(),
                job.state().word(),
                job.modelId(),
                job.dataset(),
                Json.object(job.configuration()),
                job.name(),
                job.run(),
                job.agent(),
                job.created(),
                job.started(),
                job.ended(),
                job.detail());
    }
}
