package dev.quire.view;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Lays out figures that are wired freely, in rows (Sugiyama, Tagawa and Toda 1981): each below all it is given values
 * of, rows ordered by the middle of what they hang on, and a place kept in each row that a long edge passes.
 */
final class WebBox {
    private static final double ROWS = 40;
    /** Under a row, for shapes: wires go straight down there. */
    private static final double SHAPES = 18;

    private static final double COLUMNS = 22;
    private static final int SWEEPS = 6;

    /** A figure in its row, or with no box the place where an edge passes. */
    private static final class Spot {
        final FigureBox box;
        final String output;
        final List<Spot> above = new ArrayList<>();
        final List<Spot> below = new ArrayList<>();
        final boolean passing;
        int row;
        double x;

        Spot(FigureBox box, String output, boolean passing, int row) {
            this.box = box;
            this.output = output;
            this.passing = passing;
            this.row = row;
        }

        double axis() {
            return x + box.axis();
        }
    }

    private WebBox() {}

    static FigureBox of(Figure.Web web) {
        List<List<Spot>> rows = rows(web);
        for (int sweep = 0; sweep < SWEEPS; sweep++) {
            boolean down = sweep % 2 == 0;
            for (int i = 0; i < rows.size(); i++) {
                List<Spot> row = rows.get(down ? i : rows.size() - 1 - i);
                row.sort(Comparator.comparingDouble(spot -> middle(spot, down ? spot.above : spot.below)));
                place(row, down);
            }
        }
        double left = rows.stream()
                .flatMap(List::stream)
                .mapToDouble(spot -> spot.x)
                .min()
                .orElse(0);
        double right = rows.stream()
                .flatMap(List::stream)
                .mapToDouble(spot -> spot.x + spot.box.width())
                .max()
                .orElse(1);
        double[] tops = new double[rows.size() + 1];
        for (int i = 0; i < rows.size(); i++) {
            tops[i + 1] = tops[i] + tallest(rows.get(i)) + SHAPES + ROWS;
        }
        double height = Math.max(0, tops[rows.size()] - ROWS - SHAPES);
        return new FigureBox(right - left, height, (right - left) / 2, (ink, x, y) -> {
            for (List<Spot> row : rows) {
                for (Spot spot : row) {
                    paint(ink, spot, x - left, y, tops, tallest(row));
                }
            }
        });
    }

    private static void paint(FigureInk ink, Spot spot, double dx, double y, double[] tops, double tallest) {
        double top = y + tops[spot.row];
        double end = top + tallest + SHAPES;
        spot.box.painter().paint(ink, dx + spot.x, top);
        if (!spot.below.isEmpty()) {
            ink.line(dx + spot.axis(), spot.passing ? top : top + spot.box.height(), dx + spot.axis(), end);
            ink.shape(spot.output, dx + spot.axis(), top + spot.box.height() + SHAPES / 2);
        }
        for (Spot next : spot.below) {
            ink.curve(dx + spot.axis(), end, dx + next.axis(), end + ROWS, !next.passing);
        }
    }

    private static double tallest(List<Spot> row) {
        return row.stream().mapToDouble(spot -> spot.box.height()).max().orElse(0);
    }

    private static List<List<Spot>> rows(Figure.Web web) {
        List<Spot> spots = new ArrayList<>();
        for (Figure.Step step : web.steps()) {
            int row = step.from().stream()
                    .mapToInt(from -> spots.get(from).row + 1)
                    .max()
                    .orElse(0);
            FigureBox box = FigureBox.of(step.figure());
            double room = Math.max(box.width(), box.axis() + FigureBox.shape(step.figure()));
            spots.add(new Spot(
                    new FigureBox(room, box.height(), box.axis(), box.painter()),
                    step.figure().output(),
                    false,
                    row));
        }
        // what hangs on nothing stands right above what it is for
        for (int i = 0; i < spots.size(); i++) {
            int at = i;
            if (web.steps().get(i).from().isEmpty()) {
                spots.get(i).row = IntStream.range(0, spots.size())
                                .filter(j -> web.steps().get(j).from().contains(at))
                                .map(j -> spots.get(j).row)
                                .min()
                                .orElse(1)
                        - 1;
            }
        }
        int last = spots.stream().mapToInt(spot -> spot.row).max().orElse(0);
        List<List<Spot>> rows = new ArrayList<>();
        IntStream.rangeClosed(0, last).forEach(i -> rows.add(new ArrayList<>()));
        spots.forEach(spot -> rows.get(spot.row).add(spot));
        for (int i = 0; i < spots.size(); i++) {
            for (int from : web.steps().get(i).from()) {
                wire(spots.get(from), spots.get(i), rows);
            }
        }
        return rows;
    }

    private static void wire(Spot from, Spot to, List<List<Spot>> rows) {
        Spot above = from;
        for (int row = from.row + 1; row < to.row; row++) {
            Optional<Spot> there =
                    above.below.stream().filter(spot -> spot.passing).findFirst();
            if (there.isPresent()) {
                above = there.get();
                continue;
            }
            Spot passing = new Spot(new FigureBox(8, 0, 4, (ink, x, y) -> {}), "", true, row);
            rows.get(row).add(passing);
            link(above, passing);
            above = passing;
        }
        link(above, to);
    }

    private static void link(Spot above, Spot below) {
        above.below.add(below);
        below.above.add(above);
    }

    private static double middle(Spot spot, List<Spot> others) {
        return others.stream().mapToDouble(Spot::axis).average().orElse(spot.axis());
    }

    /** As near to the middle of what each hangs on as its neighbours let it; then the row is set right as a whole. */
    private static void place(List<Spot> row, boolean down) {
        double[] wish = row.stream()
                .mapToDouble(spot -> middle(spot, down ? spot.above : spot.below) - spot.box.axis())
                .toArray();
        double at = Double.NEGATIVE_INFINITY;
        double off = 0;
        for (int i = 0; i < row.size(); i++) {
            Spot spot = row.get(i);
            spot.x = Math.max(wish[i], at);
            off += spot.x - wish[i];
            at = spot.x + spot.box.width() + COLUMNS;
        }
        double shift = row.isEmpty() ? 0 : off / row.size();
        row.forEach(spot -> spot.x -= shift);
    }
}
