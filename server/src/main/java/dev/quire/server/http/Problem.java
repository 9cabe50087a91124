package dev.quire.server.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.quire.QuireException;
import io.javalin.http.HttpStatus;
import java.util.List;

/**
 * Why a request is refused, as a client reads it: {@code application/problem+json} with a status, what is wrong, and what
 * to do. It never carries a stack trace.
 */
public final class Problem extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** The media type of a problem. */
    public static final String MEDIA_TYPE = "application/problem+json";

    private final int status;
    private final String remedy;
    private final transient List<String> problems;

    /**
     * @param status of HTTP, from 400
     * @param detail what is wrong, where, what came and what was expected
     * @param remedy what to do
     */
    public Problem(int status, String detail, String remedy) {
        this(status, detail, remedy, List.of());
    }

    /**
     * @param problems all that is wrong, where several things can be at once
     */
    public Problem(int status, String detail, String remedy, List<String> problems) {
        super(detail, null, false, false);
        this.status = status;
        this.remedy = remedy;
        this.problems = List.copyOf(problems);
    }

    /** A request that does not fit: 400. */
    public static Problem bad(String detail, String remedy) {
        return new Problem(400, detail, remedy);
    }

    /** Something that is not there: 404. */
    public static Problem missing(String detail, String remedy) {
        return new Problem(404, detail, remedy);
    }

    /** Something that cannot be done in the state that it is in: 409. */
    public static Problem conflict(String detail, String remedy) {
        return new Problem(409, detail, remedy);
    }

    /** What Quire says of bad input; its remedy follows the last colon. */
    public static Problem of(QuireException said) {
        String message = String.valueOf(said.getMessage());
        int colon = message.lastIndexOf(": ");
        String remedy = colon < 0 ? "correct the request" : message.substring(colon + 2);
        return bad(message, remedy);
    }

    public int status() {
        return status;
    }

    public String remedy() {
        return remedy;
    }

    /** As JSON. */
    public String json() {
        ObjectNode out = Json.MAPPER.createObjectNode();
        out.put("type", "about:blank").put("title", title(status)).put("status", status);
        out.put("detail", getMessage()).put("remedy", remedy);
        if (!problems.isEmpty()) {
            problems.forEach(out.putArray("problems")::add);
        }
        return Json.text(out);
    }

    private static String title(int status) {
        return HttpStatus.forStatus(status).getMessage();
    }
}
