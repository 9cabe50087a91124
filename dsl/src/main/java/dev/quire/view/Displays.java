package dev.quire.view;

import dev.quire.data.Dataset;
import dev.quire.metric.ConfusionMatrix;
import dev.quire.metric.History;
import java.awt.image.BufferedImage;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.knowm.xchart.internal.chartpart.IChart;
import tech.tablesaw.api.Table;

/** How any value is shown. */
public final class Displays {
    private static final Map<Class<?>, Function<Object, Displayable>> KNOWN = new ConcurrentHashMap<>();

    private static final int EXAMPLES = 24;

    static {
        known(Displayable.class, value -> value);
        known(Table.class, Tables::display);
        known(IChart.class, chart -> Chart.of(chart));
        known(BufferedImage.class, Pictures::display);
        known(Dataset.class, data -> Sheets.examples(data, EXAMPLES));
        known(History.class, history -> Tables.grid(Tables.of(history)));
        known(ConfusionMatrix.class, Charts::confusion);
    }

    private Displays() {}

    /**
     * Says how values of a type are shown that cannot implement {@link Displayable} themselves. The last word on a
     * type counts; of several types of a value the most specific.
     */
    public static <T> void register(Class<T> type, Function<? super T, Display> display) {
        known(type, value -> () -> display.apply(value));
    }

    private static <T> void known(Class<T> type, Function<? super T, Displayable> display) {
        KNOWN.put(type, value -> display.apply(type.cast(value)));
    }

    /**
     * A value as it is shown: always with a {@code text/plain}. Never throws: a value that fails to show itself is
     * named with its reason.
     */
    public static Display of(@Nullable Object value) {
        if (value == null) {
            return Display.text("null");
        }
        try {
            Display display = displayable(value).display();
            return display.data().containsKey(Display.TEXT)
                    ? display
                    : display.with(Display.TEXT, "<" + value.getClass().getTypeName() + ">");
        } catch (Exception | StackOverflowError | OutOfMemoryError | LinkageError | AssertionError e) {
            return Display.text(PlainText.failed(value, e));
        }
    }

    /** The {@code text/plain} of {@link #of}: nothing is drawn that only a richer front end would show. */
    public static String plain(@Nullable Object value) {
        if (value == null) {
            return "null";
        }
        try {
            return displayable(value).plain();
        } catch (Exception | StackOverflowError | OutOfMemoryError | LinkageError | AssertionError e) {
            return PlainText.failed(value, e);
        }
    }

    private static Displayable displayable(Object value) {
        return KNOWN.entrySet().stream()
                .filter(entry -> entry.getKey().isInstance(value))
                .reduce((a, b) -> a.getKey().isAssignableFrom(b.getKey()) ? b : a)
                .map(Map.Entry::getValue)
                .orElse(Plain::new)
                .apply(value);
    }

    /** A value that nobody has said anything about. */
    private record Plain(Object value) implements Displayable {
        @Override
        public Display display() {
            Display text = Display.text(plain());
            return Matrices.isMatrix(value)
                    ? Matrices.of(value).display()
                    : Collected.grid(value)
                            .map(grid -> text.with(Display.HTML, grid.html()))
                            .orElse(text);
        }

        /** Records are aligned in a terminal too; a map is short enough on one line. */
        @Override
        public String plain() {
            return value instanceof Collection<?> rows
                    ? Collected.grid(rows).map(Grid::text).orElseGet(() -> PlainText.of(value))
                    : PlainText.of(value);
        }
    }
}
