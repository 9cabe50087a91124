package dev.quire.view;

import java.awt.image.BufferedImage;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A small picture in characters, for terminals. Pictures of few pixels and photographs are shaded in five levels;
 * drawings, such as digits, are drawn in half blocks, two pixels a character.
 */
final class Sketch {
    private static final int FEW = 14;
    private static final int WIDEST = 28;
    private static final String SHADES = " ░▒▓█";
    private static final String HALVES = " ▀▄█";

    private Sketch() {}

    static String of(BufferedImage image) {
        double shrink = Math.min(1, (double) WIDEST / Math.max(image.getWidth(), image.getHeight()));
        int width = Math.max(1, (int) Math.round(image.getWidth() * shrink));
        int height = Math.max(1, (int) Math.round(image.getHeight() * shrink));
        if (Math.max(width, height) <= FEW) {
            return lines(
                    height,
                    y -> row(width, x -> shade(Pictures.light(image, x, y)).repeat(2)));
        }
        BufferedImage small = shrink < 1 ? Pictures.scaled(image, width, height) : image;
        boolean drawing = isDrawing(small);
        return lines(
                (height + 1) / 2,
                y -> row(width, x -> {
                    double above = Pictures.light(small, x, 2 * y);
                    double below = 2 * y + 1 < height ? Pictures.light(small, x, 2 * y + 1) : 0;
                    return drawing
                            ? String.valueOf(HALVES.charAt((above > 0.5 ? 1 : 0) + (below > 0.5 ? 2 : 0)))
                            : shade((above + below) / 2);
                }));
    }

    /** Most of a drawing is either light or dark. */
    private static boolean isDrawing(BufferedImage image) {
        long clear = IntStream.range(0, image.getWidth() * image.getHeight())
                .mapToDouble(i -> Pictures.light(image, i % image.getWidth(), i / image.getWidth()))
                .filter(light -> light < 0.2 || light > 0.8)
                .count();
        return clear >= 0.8 * image.getWidth() * image.getHeight();
    }

    private static String lines(int count, IntFunction<String> line) {
        return IntStream.range(0, count).mapToObj(line).collect(Collectors.joining("\n"));
    }

    private static String row(int count, IntFunction<String> cell) {
        return IntStream.range(0, count).mapToObj(cell).collect(Collectors.joining());
    }

    private static String shade(double light) {
        return String.valueOf(SHADES.charAt((int) Math.min(SHADES.length() - 1, light * SHADES.length())));
    }
}
