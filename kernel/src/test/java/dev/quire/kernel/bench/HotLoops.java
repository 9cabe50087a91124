package dev.quire.kernel.bench;

import dev.quire.kernel.session.CellResult.Done;
import dev.quire.kernel.session.Session;
import java.util.Arrays;
import java.util.function.DoubleSupplier;

/** How fast a hot counted loop in a cell is beside the same loop in plain Java: 1 is as fast, goal 0.9. */
public final class HotLoops {
    private static final int ROUNDS = 21;

    private static final String DOT = """
            static double dot(double[] a, double[] b) {
                double sum = 0;
                for (int i = 0; i < a.length; i++) sum += a[i] * b[i];
                return sum;
            }
            """;

    private static final String PRODUCT = """
            static void product(float[] a, float[] b, float[] c, int n) {
                for (int i = 0; i < n; i++)
                    for (int k = 0; k < n; k++) {
                        float x = a[i * n + k];
                        for (int j = 0; j < n; j++) c[i * n + j] += x * b[k * n + j];
                    }
            }
            """;

    private HotLoops() {}

    public static void main(String[] arguments) throws InterruptedException {
        try (Session session = Session.open()) {
            session.run(1, DOT);
            session.run(2, PRODUCT);
            session.run(3, "import java.util.function.DoubleSupplier;");
            DoubleSupplier dotInCell = supplier(session, """
                    (DoubleSupplier) new DoubleSupplier() {
                        final double[] a = new double[1 << 20];
                        final double[] b = new double[1 << 20];
                        public double getAsDouble() { return dot(a, b); }
                    }
                    """);
            DoubleSupplier productInCell = supplier(session, """
                    (DoubleSupplier) new DoubleSupplier() {
                        final float[] a = new float[512 * 512];
                        final float[] b = new float[512 * 512];
                        final float[] c = new float[512 * 512];
                        public double getAsDouble() { product(a, b, c, 512); return c[0]; }
                    }
                    """);
            compare("dot product", dotInCell, new PlainDot());
            compare("512^3 matrix product", productInCell, new PlainProduct());
        }
    }

    private static DoubleSupplier supplier(Session session, String source) throws InterruptedException {
        if (session.run(4, source) instanceof Done done
                && done.value() != null
                && done.value().object() instanceof DoubleSupplier supplier) {
            return supplier;
        }
        throw new IllegalStateException("the cell gives no supplier: " + source);
    }

    private static void compare(String what, DoubleSupplier inCell, DoubleSupplier plain) {
        double[] cell = new double[ROUNDS];
        double[] java = new double[ROUNDS];
        for (int warmUp = 0; warmUp < 50; warmUp++) {
            inCell.getAsDouble();
            plain.getAsDouble();
        }
        for (int round = 0; round < ROUNDS; round++) {
            cell[round] = millis(inCell);
            java[round] = millis(plain);
        }
        System.out.printf(
                "%-22s cell %8.3f ms   plain Java %8.3f ms   ratio %.2f%n",
                what, median(cell), median(java), median(java) / median(cell));
    }

    private static double millis(DoubleSupplier work) {
        long start = System.nanoTime();
        work.getAsDouble();
        return (System.nanoTime() - start) / 1e6;
    }

    private static double median(double[] figures) {
        return Arrays.stream(figures).sorted().toArray()[figures.length / 2];
    }

    private static final class PlainDot implements DoubleSupplier {
        private final double[] a = new double[1 << 20];
        private final double[] b = new double[1 << 20];

        @Override
        public double getAsDouble() {
            double sum = 0;
            for (int i = 0; i < a.length; i++) {
                sum += a[i] * b[i];
            }
            return sum;
        }
    }

    private static final class PlainProduct implements DoubleSupplier {
        private final float[] a = new float[512 * 512];
        private final float[] b = new float[512 * 512];
        private final float[] c = new float[512 * 512];

        @Override
        public double getAsDouble() {
            int n = 512;
            for (int i = 0; i < n; i++) {
                for (int k = 0; k < n; k++) {
                    float x = a[i * n + k];
                    for (int j = 0; j < n; j++) {
                        c[i * n + j] += x * b[k * n + j];
                    }
                }
            }
            return c[0];
        }
    }
}
