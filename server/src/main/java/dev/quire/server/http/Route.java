package dev.quire.server.http;

import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One route: what it is asked, what it answers, and what answers it. {@code Route.get("/v1/jobs", "Lists jobs, the newest
 * first").query("num", Parameter.Kind.INTEGER, "at most so many").answers(200, Schema.listOf(Job.class)).by(this::list)}.
 *
 * @param method of HTTP
 * @param path with parameters in braces
 * @param summary one sentence for the OpenAPI document
 * @param parameters of the query; those of the path follow from it
 * @param bodies what is sent, one for each media type; empty where nothing is
 * @param answers what comes back where all goes well; problems can always come
 * @param handler what answers; empty while it is being described
 */
public record Route(
        HandlerType method,
        String path,
        String summary,
        List<Parameter> parameters,
        List<Schema> bodies,
        List<Answer> answers,
        Optional<Handler> handler) {

    /**
     * An answer.
     *
     * @param status of HTTP
     * @param bodies one for each media type; empty for none
     */
    public record Answer(int status, List<Schema> bodies) {
        public Answer {
            bodies = List.copyOf(bodies);
        }
    }

    /**
     * A parameter of the query.
     *
     * @param kind of its value
     * @param says what it is
     */
    public record Parameter(String name, Kind kind, String says) {
        /** Kinds of value, named as JSON schema names them. */
        public enum Kind {
            STRING,
            INTEGER,
            NUMBER,
            BOOLEAN
        }
    }

    public Route {
        parameters = List.copyOf(parameters);
        bodies = List.copyOf(bodies);
        answers = List.copyOf(answers);
    }

    public static Route get(String path, String summary) {
        return of(HandlerType.GET, path, summary);
    }

    public static Route post(String path, String summary) {
        return of(HandlerType.POST, path, summary);
    }

    public static Route put(String path, String summary) {
        return of(HandlerType.PUT, path, summary);
    }

    public static Route delete(String path, String summary) {
        return of(HandlerType.DELETE, path, summary);
    }

    private static Route of(HandlerType method, String path, String summary) {
        return new Route(method, path, summary, List.of(), List.of(), List.of(), Optional.empty());
    }

    /** With a parameter of the query. */
    public Route query(String name, Parameter.Kind kind, String says) {
        return new Route(
                method, path, summary, plus(parameters, new Parameter(name, kind, says)), bodies, answers, handler);
    }

    /** With a body, of this media type or those named before. */
    public Route takes(Schema body) {
        return new Route(method, path, summary, parameters, plus(bodies, body), answers, handler);
    }

    /** With an answer. */
    public Route answers(int status, Schema... body) {
        return new Route(
                method, path, summary, parameters, bodies, plus(answers, new Answer(status, List.of(body))), handler);
    }

    /** Answered by this, which makes it complete. */
    public Route by(Handler answering) {
        return new Route(method, path, summary, parameters, bodies, answers, Optional.of(answering));
    }

    private static <T> List<T> plus(List<T> some, T more) {
        List<T> out = new ArrayList<>(some);
        out.add(more);
        return out;
    }
}
