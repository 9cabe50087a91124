package dev.quire.data.image;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.FileImageInputStream;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/** Decodes JPEG and PNG. What a file claims to be is checked before memory is taken for it. */
final class Decoder {
    /** More pixels than this are refused: a small file can claim to be any size. */
    static final long MOST_PIXELS = 100_000_000;

    private static final byte[] JPEG = {(byte) 0xff, (byte) 0xd8, (byte) 0xff};
    private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};

    private Decoder() {}

    /** Height and width, from the header alone. */
    record Size(int height, int width) {
        @Override
        public String toString() {
            return height + "x" + width;
        }
    }

    /**
     * Decodes an image.
     *
     * @throws BrokenImage when it is not a whole JPEG or PNG
     */
    static Pixels decode(byte[] file, int channels) throws BrokenImage {
        return read(new MemoryCacheImageInputStream(new ByteArrayInputStream(file)), reader -> {
            List<String> warnings = new ArrayList<>();
            reader.addIIOReadWarningListener((source, warning) -> warnings.add(warning.toLowerCase(Locale.ROOT)));
            requireSize(reader);
            BufferedImage image = reader.read(0);
            if (warnings.stream().anyMatch(warning -> warning.contains("premature end"))) {
                throw new BrokenImage("is truncated");
            }
            return Pixels.of(image, channels);
        });
    }

    /** The size that the header of a file says. */
    static Size size(Path file) throws BrokenImage, IOException {
        return read(new FileImageInputStream(file.toFile()), Decoder::requireSize);
    }

    private static Size requireSize(ImageReader reader) throws IOException, BrokenImage {
        Size size = new Size(reader.getHeight(0), reader.getWidth(0));
        if ((long) size.height() * size.width() > MOST_PIXELS) {
            throw new BrokenImage("claims to be %,d x %,d pixels: at most %,d are read"
                    .formatted(size.width(), size.height(), MOST_PIXELS));
        }
        return size;
    }

    private interface Reading<T> {
        T from(ImageReader reader) throws IOException, BrokenImage;
    }

    private static <T> T read(ImageInputStream input, Reading<T> reading) throws BrokenImage {
        try (ImageInputStream in = input) {
            ImageReader reader = ImageIO.getImageReadersByFormatName(format(in)).next();
            try {
                reader.setInput(in, true, true);
                return reading.from(reader);
            } finally {
                reader.dispose();
            }
        } catch (IOException | RuntimeException e) {
            // Java's readers answer malformed files with exceptions of any kind.
            throw new BrokenImage(reason(e));
        }
    }

    private static String reason(Exception e) {
        String message = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
        if (message.contains("unsupported image type")) {
            return "is a JPEG in print colours (CMYK), which Java does not read: save it in RGB";
        }
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof EOFException) {
                return "is truncated";
            }
        }
        return message.contains("end of") ? "is truncated" : "cannot be decoded (" + e.getMessage() + ")";
    }

    private static String format(ImageInputStream in) throws IOException, BrokenImage {
        byte[] start = new byte[PNG.length];
        in.mark();
        int length = Math.max(0, in.read(start));
        in.reset();
        if (length >= JPEG.length && Arrays.equals(JPEG, Arrays.copyOf(start, JPEG.length))) {
            return "jpeg";
        }
        if (Arrays.equals(PNG, start)) {
            return "png";
        }
        throw new BrokenImage(length == 0 ? "is empty" : "is not a JPEG or PNG");
    }
}
