package dev.quire.server.guard;

import dev.quire.server.http.Problem;
import java.io.IOException;
import org.eclipse.jetty.io.QuietException;

/** A problem found while a body is being read, as the reader of a stream is told of it. */
public final class Refused extends IOException implements QuietException {
    private static final long serialVersionUID = 1;

    private final Problem problem;

    Refused(Problem problem) {
        super(problem.getMessage());
        this.problem = problem;
    }

    /** The problem that a failure stems from. */
    public static java.util.Optional<Problem> in(Throwable failure) {
        for (Throwable each = failure; each != null; each = each.getCause()) {
            if (each instanceof Refused refused) {
                return java.util.Optional.of(refused.problem);
            }
            if (each instanceof Problem problem) {
                return java.util.Optional.of(problem);
            }
        }
        return java.util.Optional.empty();
    }
}
