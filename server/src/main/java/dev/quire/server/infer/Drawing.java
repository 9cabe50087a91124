package dev.quire.server.infer;

import dev.quire.data.image.ImageFile;
import dev.quire.graph.Shape;
import dev.quire.server.http.Problem;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.util.Arrays;

/**
 * A drawing of a digit, brought to what MNIST holds: light on dark, fitted into a box of 20 of 28 pixels with its aspect
 * ratio kept, its centre of mass in the middle. It may be dark on light or light on dark, of any size, anywhere.
 */
public final class Drawing {
    /** Of the ink's strongest value: what lies below is paper, more where the paper itself is uneven. */
    private static final double PAPER = 0.08;

    private static final double MOST_PAPER = 0.35;

    /** Of 255: a drawing whose strongest value differs less from its paper is empty. */
    private static final int FAINTEST = 20;

    private static final double BOX = 20.0 / 28;

    private Drawing() {}

    /**
     * A digit as MNIST holds it, in another size if wanted.
     *
     * @param side pixels
     * @throws Problem 400 when nothing is drawn
     */
    public static BufferedImage asMnist(BufferedImage image, int side) {
        return centred(fitted(ink(image), (int) Math.round(side * BOX)), side);
    }

    /** A digit as the 8x8 digits hold it: its box fills the square, in the middle of it; values are from 0 to 16. */
    public static BufferedImage asDigits(BufferedImage image) {
        BufferedImage part = fitted(ink(image), 8);
        BufferedImage out = placed(part, 8, (8 - part.getWidth()) / 2, (8 - part.getHeight()) / 2);
        byte[] values = bytes(out);
        for (int i = 0; i < values.length; i++) {
            values[i] = (byte) Math.round((values[i] & 0xff) * 16 / 255f);
        }
        return out;
    }

    /** How much ink lies in each pixel, 0 to 255: what differs from the colour of the border. */
    private static BufferedImage ink(BufferedImage image) {
        int width = image.getWidth();
        int height = image.getHeight();
        // Not by getRGB(), which brightens grey images.
        byte[] stored = ImageFile.planes(image, Shape.of(1, height, width));
        int[] light = new int[stored.length];
        for (int i = 0; i < light.length; i++) {
            light[i] = stored[i] & 0xff;
        }
        int[] opaque = opaque(image);
        // On a transparent canvas the strokes are what is opaque, whatever their colour.
        boolean isTransparent = median(border(opaque, width, height)) < 128;
        int[] values = isTransparent ? opaque : light;
        int paper = isTransparent ? 0 : median(border(light, width, height));
        int strongest = 0;
        for (int i = 0; i < values.length; i++) {
            values[i] = Math.abs(values[i] - paper);
            strongest = Math.max(strongest, values[i]);
        }
        if (strongest < FAINTEST) {
            throw Problem.bad("nothing is drawn: the image has one colour", "draw a digit");
        }
        BufferedImage out = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
        byte[] bytes = bytes(out);
        int[] border = border(values, width, height);
        Arrays.sort(border);
        double noise = 1.5 * border[(int) (0.95 * border.length)];
        double least = Math.min(MOST_PAPER * strongest, Math.max(PAPER * strongest, noise));
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) (values[i] <= least ? 0 : Math.round(255.0 * values[i] / strongest));
        }
        return out;
    }

    private static int[] opaque(BufferedImage image) {
        int width = image.getWidth();
        int[] out = new int[width * image.getHeight()];
        if (!image.getColorModel().hasAlpha()) {
            Arrays.fill(out, 255);
            return out;
        }
        image.getRGB(0, 0, width, image.getHeight(), out, 0, width);
        for (int i = 0; i < out.length; i++) {
            out[i] >>>= 24;
        }
        return out;
    }

    private static int[] border(int[] values, int width, int height) {
        int[] out = new int[2 * (width + height)];
        int at = 0;
        for (int x = 0; x < width; x++) {
            out[at++] = values[x];
            out[at++] = values[(height - 1) * width + x];
        }
        for (int y = 0; y < height; y++) {
            out[at++] = values[y * width];
            out[at++] = values[y * width + width - 1];
        }
        return out;
    }

    private static int median(int[] values) {
        Arrays.sort(values);
        return values[values.length / 2];
    }

    /** The part with ink, scaled to touch a square box from within. */
    private static BufferedImage fitted(BufferedImage ink, int box) {
        int width = ink.getWidth();
        int left = width;
        int right = -1;
        int top = ink.getHeight();
        int bottom = -1;
        byte[] values = bytes(ink);
        for (int i = 0; i < values.length; i++) {
            if (values[i] != 0) {
                left = Math.min(left, i % width);
                right = Math.max(right, i % width);
                top = Math.min(top, i / width);
                bottom = Math.max(bottom, i / width);
            }
        }
        BufferedImage part = ink.getSubimage(left, top, right - left + 1, bottom - top + 1);
        double scale = (double) box / Math.max(part.getWidth(), part.getHeight());
        int newWidth = Math.max(1, (int) Math.round(part.getWidth() * scale));
        int newHeight = Math.max(1, (int) Math.round(part.getHeight() * scale));
        byte[] small = scale < 1
                ? averaged(part, newHeight, newWidth)
                : ImageFile.planes(part, Shape.of(1, newHeight, newWidth));
        int strongest = 1;
        for (byte value : small) {
            strongest = Math.max(strongest, value & 0xff);
        }
        BufferedImage out = new BufferedImage(newWidth, newHeight, BufferedImage.TYPE_BYTE_GRAY);
        byte[] bytes = bytes(out);
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) Math.round((small[i] & 0xff) * 255f / strongest);
        }
        return out;
    }

    /** Each new pixel is the mean of what it covers, as strokes were made grey for MNIST: a softer filter blurs them. */
    private static byte[] averaged(BufferedImage part, int newHeight, int newWidth) {
        byte[] stored = ImageFile.planes(part, Shape.of(1, part.getHeight(), part.getWidth()));
        double across = (double) part.getWidth() / newWidth;
        double down = (double) part.getHeight() / newHeight;
        byte[] out = new byte[newHeight * newWidth];
        for (int y = 0; y < newHeight; y++) {
            for (int x = 0; x < newWidth; x++) {
                double sum = 0;
                for (int v = (int) (y * down); v < Math.min(part.getHeight(), (y + 1) * down); v++) {
                    double tall = Math.min(v + 1, (y + 1) * down) - Math.max(v, y * down);
                    for (int u = (int) (x * across); u < Math.min(part.getWidth(), (x + 1) * across); u++) {
                        double wide = Math.min(u + 1, (x + 1) * across) - Math.max(u, x * across);
                        sum += tall * wide * (stored[v * part.getWidth() + u] & 0xff);
                    }
                }
                out[y * newWidth + x] = (byte) Math.min(255, Math.round(sum / (across * down)));
            }
        }
        return out;
    }

    /** In a square of this side, the centre of mass where MNIST has it, in pixel 14 of 28, as far as there is room. */
    private static BufferedImage centred(BufferedImage part, int side) {
        byte[] values = bytes(part);
        int width = part.getWidth();
        double mass = 0;
        double across = 0;
        double down = 0;
        for (int i = 0; i < values.length; i++) {
            int value = values[i] & 0xff;
            mass += value;
            across += value * (i % width + 0.5);
            int y = i / width;
            down += value * (y + 0.5);
        }
        return placed(part, side, place(side, across / mass, width), place(side, down / mass, part.getHeight()));
    }

    private static BufferedImage placed(BufferedImage part, int side, int left, int top) {
        byte[] values = bytes(part);
        int width = part.getWidth();
        BufferedImage out = new BufferedImage(side, side, BufferedImage.TYPE_BYTE_GRAY);
        byte[] bytes = bytes(out);
        for (int y = 0; y < part.getHeight(); y++) {
            System.arraycopy(values, y * width, bytes, (top + y) * side + left, width);
        }
        return out;
    }

    private static int place(int side, double centre, int size) {
        int place = (int) Math.round(side / 2.0 + 0.5 - centre);
        return Math.max(0, Math.min(side - size, place));
    }

    private static byte[] bytes(BufferedImage grey) {
        return ((DataBufferByte) grey.getRaster().getDataBuffer()).getData();
    }
}
