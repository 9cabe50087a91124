package dev.quire.server;

import dev.quire.QuireException;
import dev.quire.model.json.InvalidNetwork;
import dev.quire.server.guard.Unanswered;
import dev.quire.server.http.Problem;
import dev.quire.server.http.Refused;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is answered where a handler fails, or none is there. */
final class Failures {
    private static final Logger LOG = LoggerFactory.getLogger(Server.class);

    private Failures() {}

    /** Every failure of a handler as a problem; what is no fault of the client is logged. */
    static void answer(Exception failure, Context context) {
        Problem problem = problem(failure);
        if (problem.status() >= 500 && !(failure instanceof Problem)) {
            LOG.error("{} {} failed", context.method(), context.path(), failure);
        }
        if (problem.status() == 503) {
            context.header("Retry-After", "1");
        }
        context.status(problem.status()).contentType(Problem.MEDIA_TYPE).result(problem.json());
    }

    private static Problem problem(Exception failure) {
        Optional<Problem> known = Refused.in(failure);
        if (known.isPresent()) {
            return known.get();
        }
        if (failure instanceof InvalidNetwork invalid) {
            return invalid(invalid);
        }
        if (failure instanceof QuireException said) {
            return Problem.of(said);
        }
        if (failure instanceof HttpResponseException said) {
            return Unanswered.problem(said.getStatus());
        }
        for (Throwable each = failure; each != null; each = each.getCause()) {
            if (each instanceof org.eclipse.jetty.http.HttpException said) {
                return Unanswered.problem(said.getCode());
            }
        }
        return Unanswered.problem(500);
    }

    /** Every problem at once; one alone is said as it is. */
    private static Problem invalid(InvalidNetwork invalid) {
        List<String> problems = invalid.problems().stream()
                .map(dev.quire.model.json.Problem::toString)
                .toList();
        if (problems.size() == 1) {
            dev.quire.model.json.Problem only = invalid.problems().get(0);
            String where = only.node().isEmpty() ? "" : only.node() + ": ";
            return new Problem(400, where + only.message(), only.remedy(), problems);
        }
        return new Problem(400, "the network has " + problems.size() + " problems", "correct them all", problems);
    }

    static void answerUnlessProblem(Context context, int status) {
        String type = String.valueOf(context.res().getContentType());
        boolean isAnswered = type.startsWith(Problem.MEDIA_TYPE) || type.startsWith("application/json");
        if (!isAnswered) {
            context.contentType(Problem.MEDIA_TYPE)
                    .result(Unanswered.problem(status).json());
        }
    }
}
