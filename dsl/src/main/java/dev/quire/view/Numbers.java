package dev.quire.view;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Numbers as people read them, the same in every locale. */
public final class Numbers {
    private static final int DIGITS = 5;
    private static final int MOST_DECIMALS = 6;

    private Numbers() {}

    /** {@code 60,000}. */
    public static String count(long n) {
        return String.format(Locale.ROOT, "%,d", n);
    }

    /** At most five significant digits, the shortest way: {@code 0.5}, {@code 98.313}, {@code 1.5e-07}. */
    static String brief(double value) {
        return brief(value, DIGITS);
    }

    /** At most so many significant digits. */
    static String brief(double value, int digits) {
        return isPlain(value) ? plain(value, decimals(value, digits)) : odd(value);
    }

    /** So many decimals, where the value is of a size to be read so. */
    static String fixed(double value, int decimals) {
        return isPlain(value) ? plain(value, decimals) : odd(value);
    }

    /** The values of one column, with as many decimals each, so that the points stand in a row. NaN is empty. */
    static List<String> column(double[] values) {
        int decimals = Arrays.stream(values)
                .filter(Numbers::isPlain)
                .mapToInt(value -> decimals(value, DIGITS))
                .max()
                .orElse(0);
        return Arrays.stream(values)
                .mapToObj(value -> Double.isNaN(value) ? "" : isPlain(value) ? plain(value, decimals) : odd(value))
                .toList();
    }

    /** A fraction in per cent: {@code 98.3 %}; what is not all is never {@code 100.0 %}. */
    static String percent(double fraction) {
        double shown = fraction < 1 ? Math.min(fraction, 0.9994) : fraction;
        return Double.isNaN(fraction) ? "-" : String.format(Locale.ROOT, "%.1f %%", 100 * shown);
    }

    /** {@code 8,970}, {@code 1.23 M}, {@code 4.5 G}. */
    static String large(long n) {
        return Math.abs(n) < 1_000_000 ? count(n) : scaled(n, 1000, "", "K", "M", "G", "T", "P");
    }

    /** {@code 512 B}, {@code 35.9 KB}, {@code 47.0 MB}, with 1 KB = 1,000 B. */
    public static String bytes(long n) {
        return scaled(n, 1000, "B", "KB", "MB", "GB", "TB", "PB");
    }

    /** {@code 0:07}, {@code 12:30}, {@code 1:02:03}. */
    static String clock(Duration time) {
        long s = Math.max(0, Math.round(time.toMillis() / 1000.0));
        return s < 3600
                ? String.format(Locale.ROOT, "%d:%02d", s / 60, s % 60)
                : String.format(Locale.ROOT, "%d:%02d:%02d", s / 3600, s / 60 % 60, s % 60);
    }

    private static String scaled(long n, int base, String... units) {
        double value = n;
        int unit = 0;
        while (Math.abs(value) >= base - 0.5 && unit < units.length - 1) {
            value /= base;
            unit++;
        }
        String digits = unit == 0 ? "%.0f" : Math.abs(value) < 10 ? "%.2f" : Math.abs(value) < 100 ? "%.1f" : "%.0f";
        return (String.format(Locale.ROOT, digits, value) + " " + units[unit]).strip();
    }

    private static boolean isPlain(double value) {
        double size = Math.abs(value);
        return size == 0 || (size >= 1e-4 && size < 1e9);
    }

    private static int decimals(double value, int digits) {
        if (value == 0) {
            return 0;
        }
        BigDecimal rounded =
                new BigDecimal(value).round(new MathContext(digits)).stripTrailingZeros();
        return Math.max(0, Math.min(MOST_DECIMALS, rounded.scale()));
    }

    private static String plain(double value, int decimals) {
        return String.format(Locale.ROOT, "%." + decimals + "f", value);
    }

    private static String odd(double value) {
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            return Double.toString(value);
        }
        return String.format(Locale.ROOT, "%.3e", value).replaceAll("\\.?0*e", "e");
    }
}
