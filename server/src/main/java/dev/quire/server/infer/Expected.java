package dev.quire.server.infer;

import dev.quire.graph.DType;
import dev.quire.inference.Port;
import dev.quire.server.http.Problem;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Brings what a client sends to the shape that a model takes, or says what was expected. */
public final class Expected {
    private Expected() {}

    /**
     * The sizes that a model is given.
     *
     * @param given as the client nests its arrays: with the batch or for one example, with or without axes of size 1,
     *     or each example as one row of numbers
     * @throws Problem 400 when it is none of these
     */
    static long[] sizes(Port port, String model, List<Long> given) {
        if (!port.isDeclared()) {
            return given.stream().mapToLong(each -> each).toArray();
        }
        List<Long> wanted = port.sizes();
        if (isAs(given, wanted)) {
            return given.stream().mapToLong(each -> each).toArray();
        }
        if (wanted.isEmpty()) {
            throw unfit(port, model, given);
        }
        List<Long> tail = wanted.subList(1, wanted.size());
        if (isLike(given, tail)) {
            return batched(1, tail, given);
        }
        if (!given.isEmpty() && isLike(given.subList(1, given.size()), tail) && isSize(given.get(0), wanted.get(0))) {
            return batched(given.get(0), tail, given.subList(1, given.size()));
        }
        throw unfit(port, model, given);
    }

    private static long[] batched(long rows, List<Long> tail, List<Long> given) {
        long[] out = new long[tail.size() + 1];
        out[0] = rows;
        boolean isWhole = tail.size() == given.size();
        for (int i = 0; i < tail.size(); i++) {
            out[i + 1] = tail.get(i) >= 0 ? tail.get(i) : isWhole ? given.get(i) : 1;
        }
        return out;
    }

    private static boolean isSize(long given, long wanted) {
        return wanted < 0 ? given > 0 : given == wanted;
    }

    private static boolean isAs(List<Long> given, List<Long> wanted) {
        boolean isAs = given.size() == wanted.size();
        for (int i = 0; isAs && i < given.size(); i++) {
            isAs = isSize(given.get(i), wanted.get(i));
        }
        return isAs;
    }

    /** The same, or the same but for axes of size 1, or as many numbers in one row. */
    private static boolean isLike(List<Long> given, List<Long> tail) {
        if (isAs(given, tail)) {
            return true;
        }
        boolean isFixed = tail.stream().allMatch(each -> each >= 0);
        List<Long> squeezed = tail.stream().filter(each -> each != 1).toList();
        List<Long> plain = given.stream().filter(each -> each != 1).toList();
        long count = tail.stream().mapToLong(each -> each).reduce(1, (a, b) -> a * b);
        return isFixed
                && !given.isEmpty()
                && ((plain.equals(squeezed) && given.size() <= tail.size())
                        || (given.size() == 1 && given.get(0) == count));
    }

    private static Problem unfit(Port port, String model, List<Long> given) {
        return Problem.bad(
                "the input " + port.name() + " of " + model + " has the shape " + text(given) + ", expected "
                        + port.shape(),
                "send one example of " + tail(port) + " numbers, or a list of such examples");
    }

    private static String tail(Port port) {
        return port.sizes().size() < 2
                ? "one"
                : port.sizes().subList(1, port.sizes().size()).stream()
                        .map(each -> each < 0 ? "N" : Long.toString(each))
                        .collect(Collectors.joining("x"));
    }

    static String text(List<Long> sizes) {
        return sizes.isEmpty()
                ? "of one number"
                : sizes.stream().map(String::valueOf).collect(Collectors.joining("x"));
    }

    static String word(DType type) {
        return type.name().toLowerCase(Locale.ROOT);
    }

    /**
     * Refuses what comes with its sizes and is not as the model takes it.
     *
     * @throws Problem 400
     */
    public static void check(Port port, String model, DType type, long[] sizes) {
        if (port.isDeclared() && port.type() != type) {
            throw Problem.bad(
                    "the input " + port.name() + " of " + model + " is " + word(type) + ", expected "
                            + word(port.type()),
                    "send it as " + word(port.type()));
        }
        List<Long> given = Arrays.stream(sizes).boxed().toList();
        boolean isEmpty = given.contains(0L);
        if (isEmpty || (port.isDeclared() && !isAs(given, port.sizes()))) {
            throw unfit(port, model, given);
        }
    }
}
