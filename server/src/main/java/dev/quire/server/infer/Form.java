package dev.quire.server.infer;

import dev.quire.server.http.Body;
import dev.quire.server.http.Problem;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.eclipse.jetty.http.MultiPart;
import org.eclipse.jetty.http.MultiPartFormData;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.util.Promise;

/** A form with files, read in memory within the limit of a body. */
public final class Form {
    private static final int HEADERS = 8192;

    /** Parts of a form that is read from disk. */
    public static final int MOST_PARTS = 1000;

    private Form() {}

    /**
     * A part of a form.
     *
     * @param field its name
     * @param file the name of the file, or that of the field where it has none
     * @param isFile whether it has the name of a file
     */
    public record Part(String field, String file, boolean isFile, byte[] content) {}

    /**
     * The parts of the body, in order.
     *
     * @param most parts
     * @throws Problem 400 when it is no whole form, 413 when it is too large or has too many parts
     */
    public static List<Part> parts(Context context, int most) {
        String type = String.valueOf(context.contentType());
        int at = type.toLowerCase(java.util.Locale.ROOT).indexOf("boundary=");
        if (at < 0) {
            throw Problem.bad("the form has no boundary", "send it as multipart/form-data; boundary=...");
        }
        byte[] body = Body.bytes(context);
        String boundary = type.substring(at + "boundary=".length())
                .replaceAll(";.*", "")
                .strip()
                .replace("\"", "");
        MultiPartFormData.Parser parser = new MultiPartFormData.Parser(boundary);
        parser.setMaxMemoryFileSize(-1);
        parser.setMaxFileSize(-1);
        parser.setMaxLength(-1);
        parser.setUseFilesForPartsWithoutFileName(false);
        parser.setPartHeadersMaxLength(HEADERS);
        parser.setMaxParts(most + 1L);
        CompletableFuture<MultiPartFormData.Parts> read = new CompletableFuture<>();
        parser.parse(Content.Source.from(ByteBuffer.wrap(body)), Promise.Invocable.toPromise(read));
        try (MultiPartFormData.Parts parts = read.join()) {
            if (parts.size() > most) {
                throw tooMany(most);
            }
            List<Part> out = new ArrayList<>();
            for (MultiPart.Part part : parts) {
                String field = String.valueOf(part.getName());
                String file = part.getFileName();
                try (InputStream in = Content.Source.asInputStream(part.getContentSource())) {
                    out.add(new Part(field, file == null ? field : file, file != null, in.readAllBytes()));
                }
            }
            return out;
        } catch (CompletionException | IllegalStateException e) {
            throw refused(e, most);
        } catch (IOException e) {
            throw Problem.bad("the form cannot be read", "send it again");
        }
    }

    /**
     * Why a form was not read to its end, in words.
     *
     * @param most parts that are taken
     */
    public static Problem refused(Throwable failure, int most) {
        for (Throwable each = failure; each != null; each = each.getCause()) {
            String why = String.valueOf(each.getMessage());
            if (why.contains("too many keys")) {
                return tooMany(most);
            }
            if (why.contains("headers max length")) {
                return new Problem(
                        413, "a part of the form has a head of more than " + HEADERS + " bytes", "use shorter names");
            }
            if (why.contains("size exceeded") || why.contains("max length")) {
                return new Problem(413, "a part of the form is too large", "send less, and files with their names");
            }
        }
        return Problem.bad("the form is not whole: it does not end with its boundary", "send it again");
    }

    private static Problem tooMany(int most) {
        return new Problem(413, "the form has more than " + most + " parts", "send fewer files in one request");
    }
}
