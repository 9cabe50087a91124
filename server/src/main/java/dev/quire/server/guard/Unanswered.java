package dev.quire.server.guard;

import dev.quire.server.http.Problem;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/** Answers with a problem what fails before any handler, such as a request that is no HTTP. */
public final class Unanswered extends ErrorHandler {
    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        int status = response.getStatus() >= 400 ? response.getStatus() : 500;
        if (request.getAttribute(ERROR_EXCEPTION) instanceof HttpException said && said.getCode() >= 400) {
            // Of a version or an encoding that is unknown: the request is wrong, not the server.
            status = said.getCode() > 500 ? 400 : said.getCode();
        }
        Guard.write(problem(status), response, callback);
        return true;
    }

    /** What is said where nothing more is known than a status. */
    public static Problem problem(int status) {
        return switch (status) {
            case 400 -> Problem.bad("the request is not as HTTP is, or its address is ambiguous", "correct it");
            case 404 -> Problem.missing("there is nothing at this address", "see /docs for what there is");
            case 405 -> new Problem(405, "this address does not take this method", "see /docs for what it takes");
            case 413 -> new Problem(413, "the body is too large", "send less");
            case 414 -> new Problem(414, "the address is too long", "send it in a body");
            case 431 -> new Problem(431, "the headers are too large", "send less");
            default ->
                status < 500
                        ? new Problem(status, "the request was refused", "correct it")
                        : new Problem(status, "something went wrong inside the server", "see its log, and try again");
        };
    }
}
