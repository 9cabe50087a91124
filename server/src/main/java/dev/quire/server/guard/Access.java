package dev.quire.server.guard;

import dev.quire.server.http.Problem;
import dev.quire.server.http.SafeText;
import dev.quire.server.http.Token;
import java.net.URLDecoder;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpCookie;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.MimeTypes;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Fields;

/**
 * Who may ask: the checks of host, origin and token. They stand before the router, so that no route can be left out.
 *
 * @param isLoopback whether the server is bound to this machine alone
 * @param isTls whether it speaks TLS alone
 * @param token that a client must show; empty for none, which loopback alone allows
 * @param port of the server
 */
public record Access(boolean isLoopback, boolean isTls, Optional<String> token, int port) {
    /** What a page sends back in a header, to show that it could read its own cookies. */
    static final String XSRF_HEADER = "X-XSRF-Token";

    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");
    /** Only a path in the place of a name holds one; and what reads it may take it for a step. */
    private static final Pattern ENCODED_SLASH = Pattern.compile("%2f|%5c|\\\\", Pattern.CASE_INSENSITIVE);

    private static final Pattern PORT = Pattern.compile(":\\d+$");
    private static final Set<String> OWN_HOSTS = Set.of("localhost", "127.0.0.1", "[::1]");

    /** The name of the cookie that carries the token, another for each port. */
    String cookie() {
        return "quire-" + port;
    }

    /** The name of the cookie that a page reads and sends back. */
    String xsrfCookie() {
        return cookie() + "-xsrf";
    }

    /**
     * @throws Problem 400, 401 or 403 when it is refused
     */
    void check(Request request) {
        checkSecure(request);
        checkPath(request);
        checkCharacters(request);
        checkHost(request);
        checkOrigin(request);
        token.ifPresent(expected -> checkToken(request, expected));
    }

    private void checkSecure(Request request) {
        if (isTls && !request.isSecure()) {
            throw Problem.bad(
                    "this port speaks TLS, and the request came without", "ask at https:// instead of http://");
        }
    }

    private static boolean upgrades(Request request) {
        return request.getHeaders().contains(HttpHeader.UPGRADE);
    }

    /** No step upwards in any spelling, whatever route it would lead to. */
    private static void checkPath(Request request) {
        String raw = Optional.ofNullable(request.getHttpURI().getPath()).orElse("/");
        String plain;
        try {
            plain = URLDecoder.decode(raw.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw Problem.bad("the path is not encoded as addresses are", "encode it");
        }
        if (request.getHttpURI().getFragment() != null) {
            throw Problem.bad(
                    "the address has a fragment, which stays with the client", "leave out what follows the #");
        }
        boolean climbs = List.of(plain.split("[/\\\\]", -1)).contains("..");
        boolean isHidden = ENCODED_SLASH.matcher(raw).find();
        if (climbs || isHidden || plain.indexOf('\0') >= 0 || plain.contains("%2e") || plain.contains("%2E")) {
            throw Problem.bad("the path leads out of its place", "ask for a name, not for a path");
        }
    }

    /** Whatever reads a body later would fail on a character set that Java does not know. */
    private static void checkCharacters(Request request) {
        String type = request.getHeaders().get(HttpHeader.CONTENT_TYPE);
        String characters = type == null ? null : MimeTypes.getCharsetFromContentType(type);
        if (characters != null && !isKnown(characters)) {
            throw new Problem(
                    415,
                    "the body is in characters '" + SafeText.shown(characters) + "', which are unknown",
                    "send UTF-8");
        }
    }

    private static boolean isKnown(String characters) {
        try {
            return Charset.isSupported(characters);
        } catch (IllegalCharsetNameException e) {
            return false;
        }
    }

    /** A page of another name, made to point here, is refused: its scripts could else read all answers. */
    private void checkHost(Request request) {
        String host =
                Optional.ofNullable(request.getHeaders().get(HttpHeader.HOST)).orElse("");
        String name = PORT.matcher(host).replaceFirst("").toLowerCase(Locale.ROOT);
        if (isLoopback && !OWN_HOSTS.contains(name)) {
            throw new Problem(
                    403,
                    "this server answers to localhost, not to the Host that was asked for",
                    "use http://localhost, or bind the server to another address, which then asks for a token");
        }
    }

    private static void checkOrigin(Request request) {
        boolean changes = !SAFE.contains(request.getMethod());
        if (!changes && !upgrades(request)) {
            return;
        }
        String origin = request.getHeaders().get(HttpHeader.ORIGIN);
        String site =
                Optional.ofNullable(request.getHeaders().get("Sec-Fetch-Site")).orElse("");
        boolean isForeign = origin != null && !isOwn(origin, request);
        if (isForeign || site.equals("cross-site") || (origin == null && site.equals("same-site"))) {
            throw new Problem(
                    403,
                    "the request comes from a page of another origin",
                    "send it from a page of this server, or from a program, which sends no Origin");
        }
    }

    private static boolean isOwn(String origin, Request request) {
        String host =
                Optional.ofNullable(request.getHeaders().get(HttpHeader.HOST)).orElse("");
        String own = (request.isSecure() ? "https://" : "http://") + host;
        return origin.equalsIgnoreCase(own);
    }

    private void checkToken(Request request, String expected) {
        Optional<String> shown = bearer(request).or(() -> query(request));
        if (shown.isPresent()) {
            if (!Token.isEqual(shown.get(), expected)) {
                throw refused(request, "the token is another");
            }
            return;
        }
        Optional<String> fromCookie = cookie(request, cookie());
        if (fromCookie.isEmpty() || !Token.isEqual(fromCookie.get(), expected)) {
            throw refused(request, "there is no token");
        }
        if (!SAFE.contains(request.getMethod())) {
            String said = request.getHeaders().get(XSRF_HEADER);
            Optional<String> known = cookie(request, xsrfCookie());
            if (said == null || known.isEmpty() || !Token.isEqual(said, known.get())) {
                throw new Problem(
                        403,
                        "the request shows its token by a cookie, without the header " + XSRF_HEADER,
                        "send the value of the cookie " + xsrfCookie()
                                + " in it, or the token as Authorization: Bearer");
            }
        }
    }

    /** Before an upgrade it is 403: who opens a socket cannot be asked to try again with a token. */
    private static Problem refused(Request request, String why) {
        return new Problem(
                upgrades(request) ? 403 : 401,
                why + ", and this server asks for one",
                "send Authorization: Bearer TOKEN, or ?token=TOKEN, as printed when the server started");
    }

    private static Optional<String> bearer(Request request) {
        String said = request.getHeaders().get(HttpHeader.AUTHORIZATION);
        return said != null && said.regionMatches(true, 0, "Bearer ", 0, 7)
                ? Optional.of(said.substring(7).strip())
                : Optional.empty();
    }

    static Optional<String> query(Request request) {
        String query = request.getHttpURI().getQuery();
        if (query == null || !query.contains("token=")) {
            return Optional.empty();
        }
        Fields fields = Request.extractQueryParameters(request);
        return Optional.ofNullable(fields.getValue("token"));
    }

    static Optional<String> cookie(Request request, String name) {
        return Request.getCookies(request).stream()
                .filter(each -> each.getName().equals(name))
                .map(HttpCookie::getValue)
                .findFirst();
    }
}
