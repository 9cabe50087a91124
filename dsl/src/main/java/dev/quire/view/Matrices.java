package dev.quire.view;

import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Arrays of rows of numbers as small tables; of large ones the corners, and the size in words. */
final class Matrices {
    private static final int ROWS = 20;
    private static final int COLUMNS = 12;

    private Matrices() {}

    /** Whether a value is rows of numbers, all as long. */
    static boolean isMatrix(Object value) {
        Class<?> row = value.getClass().getComponentType();
        if (row == null || !row.isArray() || !row.getComponentType().isPrimitive() || Array.getLength(value) == 0) {
            return false;
        }
        Object[] rows = (Object[]) value;
        return Arrays.stream(rows).allMatch(each -> each != null && Array.getLength(each) == Array.getLength(rows[0]))
                && Array.getLength(rows[0]) > 0
                && (row == float[].class || row == double[].class || row == int[].class || row == long[].class);
    }

    static Displayable of(Object matrix) {
        return new Displayable() {
            @Override
            public Display display() {
                return Display.text(plain())
                        .with(Display.HTML, grid((Object[]) matrix).html());
            }

            @Override
            public String plain() {
                return PlainText.of(matrix);
            }
        };
    }

    private static Grid grid(Object[] matrix) {
        int width = Array.getLength(matrix[0]);
        int[] rows = Cropping.shown(matrix.length, ROWS, ROWS / 2, ROWS / 4);
        int[] columns = Cropping.shown(width, COLUMNS, COLUMNS / 2, COLUMNS / 4);
        List<List<String>> cells = new ArrayList<>();
        for (int column : columns) {
            double[] values = Arrays.stream(rows)
                    .mapToDouble(row -> row < 0 || column < 0 ? Double.NaN : Array.getDouble(matrix[row], column))
                    .toArray();
            List<String> text = Numbers.column(values);
            cells.add(IntStream.range(0, rows.length)
                    .mapToObj(i ->
                            rows[i] < 0 || column < 0 ? Cropping.GAP : Double.isNaN(values[i]) ? "NaN" : text.get(i))
                    .toList());
        }
        List<Grid.Column> heads = new ArrayList<>(List.of(Grid.Column.numbers("")));
        Arrays.stream(columns).forEach(at -> heads.add(Grid.Column.numbers(at < 0 ? Cropping.GAP : "" + at)));
        List<List<String>> lines = IntStream.range(0, rows.length)
                .mapToObj(i -> {
                    List<String> line = new ArrayList<>(List.of(rows[i] < 0 ? Cropping.GAP : "" + rows[i]));
                    cells.forEach(column -> line.add(column.get(i)));
                    return List.copyOf(line);
                })
                .toList();
        String type = matrix.getClass().getComponentType().getComponentType().getSimpleName();
        return new Grid(heads, lines, List.of(), type + "[" + matrix.length + "x" + width + "]");
    }
}
