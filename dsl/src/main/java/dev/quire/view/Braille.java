package dev.quire.view;

import java.util.Arrays;

/** A canvas of characters with two by four dots each; the top left dot is 0, 0. */
final class Braille {
    private static final int[][] DOTS = {{0x01, 0x08}, {0x02, 0x10}, {0x04, 0x20}, {0x40, 0x80}};
    private static final int EMPTY = 0x2800;

    private final char[][] cells;

    Braille(int columns, int rows) {
        cells = new char[rows][columns];
        for (char[] row : cells) {
            Arrays.fill(row, ' ');
        }
    }

    int width() {
        return cells[0].length * 2;
    }

    int height() {
        return cells.length * 4;
    }

    void dot(int x, int y) {
        if (x >= 0 && y >= 0 && x < width() && y < height()) {
            char cell = cells[y / 4][x / 2];
            int before = cell >= EMPTY && cell < EMPTY + 256 ? cell - EMPTY : 0;
            if (cell == ' ' || cell >= EMPTY) {
                cells[y / 4][x / 2] = (char) (EMPTY + (before | DOTS[y % 4][x % 2]));
            }
        }
    }

    /** A line; with every third dot only, where it is dashed. */
    void line(int x0, int y0, int x1, int y1, boolean dashed) {
        int steps = Math.max(1, Math.max(Math.abs(x1 - x0), Math.abs(y1 - y0)));
        for (int i = 0; i <= steps; i++) {
            int x = (int) Math.round(x0 + (double) i * (x1 - x0) / steps);
            int y = (int) Math.round(y0 + (double) i * (y1 - y0) / steps);
            if (!dashed || x % 3 == 0) {
                dot(x, y);
            }
        }
    }

    /** A character in place of the dots around a dot. */
    void mark(int x, int y, char mark) {
        if (x >= 0 && y >= 0 && x < width() && y < height()) {
            cells[y / 4][x / 2] = mark;
        }
    }

    String row(int i) {
        return new String(cells[i]);
    }
}
