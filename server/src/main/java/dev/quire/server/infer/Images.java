package dev.quire.server.infer;

import dev.quire.QuireException;
import dev.quire.server.http.Problem;
import dev.quire.server.http.SafeText;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Iterator;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * Image files from clients. What a file claims to be is read from its header before memory is taken for it, and all that
 * are decoded at once share one limit.
 */
public final class Images {
    private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
    private static final byte[] JPEG = {(byte) 0xff, (byte) 0xd8, (byte) 0xff};
    private static final int PATIENCE_SECONDS = 10;
    private static final String REMEDY = "send a JPEG or PNG";

    private final int pixels;
    private final Semaphore free;

    /**
     * @param pixels at most so many in an image, and in all that are decoded at once
     */
    public Images(long pixels) {
        this.pixels = (int) Math.min(pixels, Integer.MAX_VALUE);
        this.free = new Semaphore(this.pixels, true);
    }

    /** A file of a request. */
    public record Sent(String name, byte[] content) {}

    /**
     * What is made of the image.
     *
     * @throws Problem 400 when it is too large or broken, 415 when it is no JPEG or PNG, 503 when too many come at once
     */
    public <T> T decoded(Sent file, Function<BufferedImage, T> use) {
        String format = format(file);
        try (ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(file.content()))) {
            Iterator<ImageReader> readers = ImageIO.getImageReadersByFormatName(format);
            ImageReader reader = readers.next();
            try {
                reader.setInput(in, true, true);
                int count = checked(file, reader.getWidth(0), reader.getHeight(0));
                acquire(count);
                try {
                    return use.apply(reader.read(0));
                } finally {
                    free.release(count);
                }
            } finally {
                reader.dispose();
            }
        } catch (Problem | QuireException said) {
            throw said;
        } catch (IOException | RuntimeException e) {
            // Java's readers answer malformed files with exceptions of any kind.
            throw Problem.bad("the image " + SafeText.shown(file.name()) + " is broken or cut off", REMEDY);
        }
    }

    private int checked(Sent file, int width, int height) {
        long count = (long) width * height;
        if (width < 1 || height < 1 || count > pixels) {
            throw Problem.bad(
                    String.format(
                            java.util.Locale.ROOT,
                            "the image %s claims to be %,d x %,d pixels, at most %,d are read",
                            SafeText.shown(file.name()),
                            width,
                            height,
                            pixels),
                    "send a smaller image");
        }
        return (int) count;
    }

    private void acquire(int count) {
        boolean isFree;
        try {
            isFree = free.tryAcquire(count, PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            isFree = false;
        }
        if (!isFree) {
            throw new Problem(503, "too many large images are being decoded", "try again in a few seconds");
        }
    }

    private static String format(Sent file) {
        byte[] content = file.content();
        if (content.length >= PNG.length && Arrays.equals(PNG, Arrays.copyOf(content, PNG.length))) {
            return "png";
        }
        if (content.length >= JPEG.length && Arrays.equals(JPEG, Arrays.copyOf(content, JPEG.length))) {
            return "jpeg";
        }
        if (content.length == 0) {
            throw Problem.bad("the file " + SafeText.shown(file.name()) + " is empty", REMEDY);
        }
        throw new Problem(415, "the file " + SafeText.shown(file.name()) + " is not a JPEG or PNG", REMEDY);
    }

    /**
     * The file in a data address, such as {@code data:image/png;base64,iVBORw0...}.
     *
     * @throws Problem 400 when it is none, 415 when it says that it is no image
     */
    public static Sent fromDataUrl(String url) {
        int comma = url.indexOf(',');
        String head = comma < 0 ? "" : url.substring(0, comma);
        if (!head.startsWith("data:") || !head.endsWith(";base64")) {
            throw Problem.bad(
                    "the image is no data address: " + SafeText.shown(url),
                    "send data:image/png;base64, and the file in Base64; other addresses are not followed");
        }
        if (!head.startsWith("data:image/png") && !head.startsWith("data:image/jpeg")) {
            throw new Problem(415, "the data address says " + SafeText.shown(head), REMEDY);
        }
        try {
            return new Sent(
                    "image", Base64.getDecoder().decode(url.substring(comma + 1).strip()));
        } catch (IllegalArgumentException e) {
            throw Problem.bad("the data address is not in Base64", "encode the file again");
        }
    }
}
