package dev.quire.server.contract;

import dev.quire.QuireException;
import dev.quire.server.http.Problem;
import dev.quire.server.http.Refused;
import dev.quire.server.http.Route;
import dev.quire.server.http.Schema;
import io.javalin.http.Context;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Problems as clients know them that read {@code {"error": "…"}}. */
final class Errors {
    private static final int[] STATUSES = {400, 404, 409, 413, 415, 429, 501, 503};

    private Errors() {}

    /** What is wrong. */
    record Failed(String error) {}

    /** Something that a handler does. */
    @FunctionalInterface
    interface Answering {
        void answer(Context context) throws Exception;
    }

    /** A route whose problems are answered so. */
    static Route answered(Route route, Answering answering) {
        Route out = route;
        for (int status : STATUSES) {
            out = out.answers(status, Schema.of(Failed.class));
        }
        return out.by(context -> {
            try {
                answering.answer(context);
            } catch (Problem | QuireException said) {
                write(context, said);
            }
        });
    }

    /** An answer to come, whose problems are answered so. */
    static CompletableFuture<Void> answered(Context context, CompletableFuture<Void> coming) {
        return coming.exceptionallyCompose(failure -> {
            Optional<Throwable> known = Refused.in(failure)
                    .<Throwable>map(problem -> problem)
                    .or(() -> Optional.ofNullable(failure.getCause()).filter(QuireException.class::isInstance));
            if (known.isEmpty()) {
                return CompletableFuture.failedFuture(failure);
            }
            write(context, known.get());
            return CompletableFuture.completedFuture(null);
        });
    }

    private static void write(Context context, Throwable said) {
        Problem problem = said instanceof Problem own ? own : Problem.of((QuireException) said);
        String text = problem.remedy().isEmpty() || said instanceof QuireException
                ? String.valueOf(problem.getMessage())
                : problem.getMessage() + ": " + problem.remedy();
        if (problem.status() == 503) {
            context.header("Retry-After", "1");
        }
        context.status(problem.status()).json(new Failed(text));
    }

    /** A problem in words that a contract prescribes. */
    static Problem exactly(int status, String words) {
        return new Problem(status, words, "");
    }
}
