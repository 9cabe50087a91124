package dev.quire.server.project;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a project trains, as often as it is asked to.
 *
 * @param project its id
 * @param name unlike that of any other in the project
 * @param group of experiments that it belongs to
 * @param dataset by name
 * @param network as JSON
 * @param modelId the model that the network was copied from
 * @param configuration how it is trained, as JSON, complete
 * @param sent as a client sent it in the words of a contract; null where it came in Quire's own
 * @param runs the names of the records that were made of it, the oldest first
 */
public record Configuration(
        String id,
        String project,
        String name,
        @Nullable String group,
        String dataset,
        String network,
        @Nullable String modelId,
        String configuration,
        Instant created,
        @Nullable String sent,
        List<String> runs) {
    public Configuration {
        runs = List.copyOf(runs);
    }
}
