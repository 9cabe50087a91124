package dev.quire.server.session;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.quire.server.http.Problem;
import dev.quire.server.job.Submission;
import java.util.Optional;
import java.util.function.Function;

/**
 * How a client speaks of training.
 *
 * @param order what its first message asks for; throws a {@link Problem} when it does not fit
 * @param say a message in its words; empty where it has none for it
 */
public record Tongue(Function<ObjectNode, Submission> order, Function<ObjectNode, Optional<ObjectNode>> say) {}
