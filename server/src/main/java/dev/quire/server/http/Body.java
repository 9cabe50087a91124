package dev.quire.server.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** What a request carries: its body, read up to a limit, and its parameters. */
public final class Body {
    /** The attribute of a request that says how many bytes a body may have once unpacked. */
    public static final String LIMIT = "quire.body.limit";

    /** What is read of a body that nobody wanted. */
    private static final int LEFT = 1 << 16;

    private Body() {}

    /**
     * Reads what a handler has left of a body, before the answer is written. A connection with unread bytes in it is closed
     * without a word, and the next request that its client sends there would be lost. Of a large body the answer says that
     * the connection ends.
     */
    public static void finish(Context context) {
        HttpServletRequest request = context.req();
        boolean hasBody = request.getContentLengthLong() > 0 || request.getHeader("Transfer-Encoding") != null;
        boolean isForm = String.valueOf(request.getContentType()).startsWith("multipart/");
        if (hasBody && !isForm && !isRead(request)) {
            context.header("Connection", "close");
        }
    }

    private static boolean isRead(HttpServletRequest request) {
        try {
            ServletInputStream in = request.getInputStream();
            return in.isFinished() || in.readNBytes(LEFT + 1).length <= LEFT;
        } catch (IOException | IllegalStateException unreadable) {
            return false;
        }
    }

    /**
     * The body as a record.
     *
     * @throws Problem 400, 413 or 415 when it is none
     */
    public static <T> T as(Context context, Class<T> type) {
        return Json.as(json(context), type);
    }

    /** The body as a JSON object. */
    public static ObjectNode object(Context context) {
        JsonNode tree = json(context);
        if (tree instanceof ObjectNode object) {
            return object;
        }
        throw Problem.bad(
                "the body is " + tree.getNodeType().name().toLowerCase(Locale.ROOT) + ", expected an object",
                "send a JSON object");
    }

    /** The body as JSON of any kind. */
    public static JsonNode json(Context context) {
        requireType(context, "application/json");
        return Json.parse(bytes(context));
    }

    /**
     * Refuses a body of another media type, by its name alone: what it holds is not looked at.
     *
     * @throws Problem 415
     */
    public static void requireType(Context context, String mediaType) {
        String said = Optional.ofNullable(context.contentType()).orElse("");
        int end = said.indexOf(';');
        String plain = (end < 0 ? said : said.substring(0, end)).strip().toLowerCase(Locale.ROOT);
        if (!plain.equals(mediaType)) {
            throw new Problem(
                    415,
                    plain.isEmpty()
                            ? "the body has no Content-Type, expected " + mediaType
                            : "the body is " + plain + ", expected " + mediaType,
                    "send " + mediaType);
        }
    }

    /** The bytes of the body, unpacked where they are gzip. */
    public static byte[] bytes(Context context) {
        long limit = Objects.requireNonNullElse(context.<Long>attribute(LIMIT), Long.MAX_VALUE);
        String encoding =
                Optional.ofNullable(context.header("Content-Encoding")).orElse("identity");
        try (InputStream in = context.bodyInputStream();
                InputStream plain = unpacked(in, encoding)) {
            long said = encoding.equals("identity") ? context.req().getContentLengthLong() : -1;
            byte[] out = said >= 0 && said <= limit
                    ? exactly(plain, (int) Math.min(Integer.MAX_VALUE - 8L, said))
                    : plain.readNBytes((int) Math.min(Integer.MAX_VALUE - 8L, limit + 1));
            if (out.length > limit) {
                throw tooLarge(limit);
            }
            return out;
        } catch (ZipException | EOFException e) {
            throw Problem.bad("the body says that it is gzip and is not", "compress it again, or send it as it is");
        } catch (IOException e) {
            throw Refused.in(e).orElseGet(() -> Problem.bad("the body could not be read to its end", "send it again"));
        }
    }

    /** A body that says how long it is needs no buffers that grow. */
    private static byte[] exactly(InputStream in, int length) throws IOException {
        byte[] out = new byte[length];
        int read = in.readNBytes(out, 0, length);
        if (read < length) {
            throw new IOException("the body ended early");
        }
        return out;
    }

    private static InputStream unpacked(InputStream in, String encoding) throws IOException {
        return switch (encoding.strip().toLowerCase(Locale.ROOT)) {
            case "identity", "" -> in;
            case "gzip" -> new GZIPInputStream(in);
            default ->
                throw new Problem(
                        415, "the body is encoded as " + SafeText.shown(encoding), "send it as gzip, or as it is");
        };
    }

    /** The answer to a body beyond a limit. */
    public static Problem tooLarge(long limit) {
        return new Problem(
                413,
                "the body is larger than " + SafeText.size(limit),
                "send less, or start the server with a larger limit");
    }

    /** A whole number of the query, or another where it is not given. */
    public static int number(Context context, String name, int otherwise, int least, int most) {
        String given = context.queryParam(name);
        if (given == null) {
            return otherwise;
        }
        try {
            int number = Integer.parseInt(given.strip());
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException none) {
            // Refused below, as a number out of range is.
        }
        throw Problem.bad(
                name + " must be a whole number from " + least + " to " + most + ", got '" + SafeText.shown(given)
                        + "'",
                "correct it, or leave it out");
    }
}
