package dev.quire.server.job;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something to be trained.
 *
 * @param number counts up
 * @param id random
 * @param state where it stands
 * @param network as JSON
 * @param modelId the model that it was made of; null where the network came with the job
 * @param dataset by name
 * @param configuration how it is trained, as JSON
 * @param name of its run, where one was asked for
 * @param run the name of its record, once it has begun
 * @param agent the machine that trains it
 * @param overwrite whether its run takes the place of equal ones before
 * @param keepEpochs whether a checkpoint of every epoch is kept
 * @param stopWanted whether somebody has asked that it end
 * @param created when it was submitted
 * @param started when it first began
 * @param ended when it came to its end
 * @param detail why it ended, in words
 */
public record Job(
        long number,
        String id,
        State state,
        String network,
        @Nullable String modelId,
        String dataset,
        String configuration,
        @Nullable String name,
        @Nullable String run,
        @Nullable String agent,
        boolean overwrite,
        boolean keepEpochs,
        boolean stopWanted,
        Instant created,
        @Nullable Instant started,
        @Nullable Instant ended,
        @Nullable String detail) {

    /** Where a job stands. */
    public enum State {
        PENDING,
        RUNNING,
        DONE,
        STOPPED,
        FAILED;

        /** Whether nothing more will come. */
        public boolean isFinal() {
            return this == DONE || this == STOPPED || this == FAILED;
        }

        /** In lower case. */
        public String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }
}
