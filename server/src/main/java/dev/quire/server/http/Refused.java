package dev.quire.server.http;

import java.io.IOException;
import java.util.Optional;
import org.eclipse.jetty.io.QuietException;

/** A problem found while a body is being read, as the reader of a stream is told of it. */
public final class Refused extends IOException implements QuietException {
    private static final long serialVersionUID = 1;

    private final Problem problem;

    /** What a reader is told instead of the rest of a body. */
    public Refused(Problem problem) {
        super(problem.getMessage());
        this.problem = problem;
    }

    /** The problem that a failure stems from. */
    public static Optional<Problem> in(Throwable failure) {
        for (Throwable each = failure; each != null; each = each.getCause()) {
            if (each instanceof Refused refused) {
                return Optional.of(refused.problem);
            }
            if (each instanceof Problem problem) {
                return Optional.of(problem);
            }
        }
        return Optional.empty();
    }
}
