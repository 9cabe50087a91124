package dev.quire.server.guard;

import dev.quire.server.http.Problem;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.function.IntSupplier;
import java.util.function.Predicate;
import org.eclipse.jetty.http.HttpCookie;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Stands before the router: whatever routes there are, none is reached but through here. It refuses who may not ask and
 * what is too large or too slow, and gives every answer the headers that keep a browser careful.
 */
public final class Guard extends Handler.Wrapper {
    private static final String POLICY = "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline';"
            + " img-src 'self' data: blob:; object-src 'none'; base-uri 'none'; form-action 'self';"
            + " frame-ancestors 'self'";

    private final Access access;
    private final Limits limits;
    private final Predicate<Request> isUpload;
    private final IntSupplier connections;
    private final SlowClients slow;
    private final SecureRandom random = new SecureRandom();

    /**
     * @param access who may ask
     * @param isUpload whether a request may carry a large body
     * @param connections how many are open
     */
    public Guard(Access access, Limits limits, Predicate<Request> isUpload, IntSupplier connections, SlowClients slow) {
        this.access = access;
        this.limits = limits;
        this.isUpload = isUpload;
        this.connections = connections;
        this.slow = slow;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        addHeaders(request, response.getHeaders());
        slow.begun(request);
        Problem refusal = refusal(request);
        if (refusal != null) {
            if (refusal.status() == 503 || request.getLength() > 0) {
                // One that was refused must not itself keep the others out; a body that nobody reads ends the
                // connection.
                response.getHeaders().put(HttpHeader.CONNECTION, "close");
            }
            write(refusal, response, callback);
            return true;
        }
        keepToken(request, response);
        long most = isUpload.test(request) ? limits.uploadBytes() : limits.bodyBytes();
        if (request.getLength() > most) {
            response.getHeaders().put(HttpHeader.CONNECTION, "close");
            write(dev.quire.server.http.Body.tooLarge(most), response, callback);
            return true;
        }
        request.setAttribute(dev.quire.server.http.Body.LIMIT, most);
        return super.handle(new Bounded(request, most, limits), response, callback);
    }

    private @org.jspecify.annotations.Nullable Problem refusal(Request request) {
        try {
            if (connections.getAsInt() > limits.connections()) {
                return new Problem(
                        503,
                        "there are more than " + limits.connections() + " connections",
                        "close some, or try again in a minute");
            }
            access.check(request);
            return null;
        } catch (Problem refused) {
            return refused;
        }
    }

    /** Whoever opens a page with the token in its address has it in a cookie from then on. */
    private void keepToken(Request request, Response response) {
        boolean isPage = request.getMethod().equals("GET")
                && Optional.ofNullable(request.getHeaders().get(HttpHeader.ACCEPT))
                        .orElse("")
                        .contains("text/html");
        if (access.token().isPresent() && isPage && Access.query(request).isPresent()) {
            add(response, access.cookie(), access.token().get(), true, request.isSecure());
            byte[] bytes = new byte[18];
            random.nextBytes(bytes);
            add(response, access.xsrfCookie(), Base64.getUrlEncoder().encodeToString(bytes), false, request.isSecure());
        }
    }

    private static void add(Response response, String name, String value, boolean isHidden, boolean isSecure) {
        Response.addCookie(
                response,
                HttpCookie.build(name, value)
                        .path("/")
                        .httpOnly(isHidden)
                        .secure(isSecure)
                        .sameSite(HttpCookie.SameSite.STRICT)
                        .build());
    }

    private static void addHeaders(Request request, HttpFields.Mutable headers) {
        headers.put("Content-Security-Policy", POLICY);
        headers.put("X-Content-Type-Options", "nosniff");
        headers.put("Referrer-Policy", "no-referrer");
        headers.put("Cross-Origin-Resource-Policy", "same-origin");
        headers.put(new HttpField(HttpHeader.CACHE_CONTROL, "no-store"));
        if (request.isSecure()) {
            headers.put("Strict-Transport-Security", "max-age=31536000");
        }
    }

    /** Answers with a problem where no route does. */
    public static void write(Problem problem, Response response, Callback callback) {
        response.setStatus(problem.status());
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, Problem.MEDIA_TYPE);
        if (problem.status() == 401) {
            response.getHeaders().put(HttpHeader.WWW_AUTHENTICATE, "Bearer");
        }
        Content.Sink.write(response, true, problem.json(), callback);
    }

    static byte[] bytes(Problem problem) {
        return problem.json().getBytes(StandardCharsets.UTF_8);
    }
}
