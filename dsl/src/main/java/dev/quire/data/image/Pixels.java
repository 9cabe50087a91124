package dev.quire.data.image;

import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.Raster;

/**
 * A decoded image.
 *
 * @param planes channels times height times width bytes, one channel after another, row by row
 */
record Pixels(int channels, int height, int width, byte[] planes) {
    /**
     * An image as bytes. Samples are taken as they are stored: Java's own conversion would brighten grey images, whose
     * colour space it takes for linear. Transparency is dropped.
     *
     * @param channels 3 for colour, 1 for brightness (0.299 red, 0.587 green, 0.114 blue)
     */
    static Pixels of(BufferedImage image, int channels) {
        int pixels = image.getWidth() * image.getHeight();
        byte[] planes = new byte[Math.multiplyExact(pixels, channels)];
        int[][] row = new int[3][image.getWidth()];
        int bands = direct(image);
        for (int y = 0; y < image.getHeight(); y++) {
            if (bands == 0) {
                converted(image, y, row);
            } else {
                stored(image.getRaster(), bands, y, row);
            }
            int at = y * image.getWidth();
            for (int x = 0; x < image.getWidth(); x++) {
                if (channels == 1) {
                    int sum = 299 * row[0][x] + 587 * row[1][x] + 114 * row[2][x];
                    planes[at + x] = (byte) ((sum + 500) / 1000);
                } else {
                    planes[at + x] = (byte) row[0][x];
                    planes[pixels + at + x] = (byte) row[1][x];
                    planes[2 * pixels + at + x] = (byte) row[2][x];
                }
            }
        }
        return new Pixels(channels, image.getHeight(), image.getWidth(), planes);
    }

    /** How many colour bands can be read as they are stored: 1 or 3, or 0 where colours are looked up or packed. */
    private static int direct(BufferedImage image) {
        ColorModel colors = image.getColorModel();
        if (!(colors instanceof ComponentColorModel)) {
            return 0;
        }
        int bands = colors.getNumColorComponents();
        return bands == 1 || bands == 3 ? bands : 0;
    }

    private static void stored(Raster raster, int bands, int y, int[][] row) {
        int shift = raster.getSampleModel().getSampleSize(0) - 8;
        for (int c = 0; c < 3; c++) {
            raster.getSamples(0, y, raster.getWidth(), 1, Math.min(c, bands - 1), row[c]);
            for (int x = 0; shift > 0 && x < row[c].length; x++) {
                row[c][x] >>= shift;
            }
        }
    }

    private static void converted(BufferedImage image, int y, int[][] row) {
        for (int x = 0; x < image.getWidth(); x++) {
            int rgb = image.getRGB(x, y);
            row[0][x] = rgb >> 16 & 0xff;
            row[1][x] = rgb >> 8 & 0xff;
            row[2][x] = rgb & 0xff;
        }
    }

    /**
     * This image in another size: each new pixel is the average of those it covers, weighted by a triangle as wide as
     * two new pixels, or two old ones where the image grows. Growing, this is bilinear interpolation.
     */
    Pixels resized(int newHeight, int newWidth) {
        return resized(newHeight, newWidth, Resampling.BILINEAR);
    }

    /** This image in another size, within 1 of what Pillow makes of it. */
    Pixels resized(int newHeight, int newWidth, Resampling how) {
        if (newHeight == height && newWidth == width) {
            return this;
        }
        LineWeights across = LineWeights.of(width, newWidth, how);
        LineWeights down = LineWeights.of(height, newHeight, how);
        byte[] out = new byte[Math.multiplyExact(channels, newHeight * newWidth)];
        float[] narrow = new float[height * newWidth];
        float[] line = new float[width];
        float[] sums = new float[newWidth];
        for (int c = 0; c < channels; c++) {
            for (int y = 0; y < height; y++) {
                int at = (c * height + y) * width;
                for (int x = 0; x < width; x++) {
                    line[x] = planes[at + x] & 0xff;
                }
                across.apply(line, narrow, y * newWidth);
            }
            if (how != Resampling.BILINEAR) {
                // What overshoots is cut between the passes too; bilinear, which cannot, keeps its fractions.
                for (int i = 0; i < narrow.length; i++) {
                    narrow[i] = pixel(narrow[i]);
                }
            }
            for (int y = 0; y < newHeight; y++) {
                down.sumRows(y, narrow, sums);
                int at = (c * newHeight + y) * newWidth;
                for (int x = 0; x < newWidth; x++) {
                    out[at + x] = (byte) pixel(sums[x]);
                }
            }
        }
        return new Pixels(channels, newHeight, newWidth, out);
    }

    private static int pixel(float value) {
        return Math.max(0, Math.min(255, Math.round(value)));
    }
}
