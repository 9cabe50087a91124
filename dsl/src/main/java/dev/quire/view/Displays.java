package dev.quire.view;

import dev.quire.data.Dataset;
import dev.quire.metric.ConfusionMatrix;
import dev.quire.metric.History;
import java.awt.image.BufferedImage;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.knowm.xchart.internal.chartpart.IChart;
import tech.tablesaw.api.Table;

/** How any value is shown. */
public final class Displays {
    private static final Map<Class<?>, Function<Object, Display>> KNOWN = new ConcurrentHashMap<>();

    private static final int EXAMPLES = 24;

    static {
        register(Displayable.class, Displayable::display);
        register(Table.class, table -> Tables.grid(table).display());
        register(IChart.class, chart -> Chart.of(chart).display());
        register(BufferedImage.class, Pictures::display);
        register(Dataset.class, data -> Sheets.examples(data, EXAMPLES).display());
        register(History.class, history -> Tables.grid(Tables.of(history)).display());
        register(ConfusionMatrix.class, matrix -> Charts.confusion(matrix).display());
    }

    private Displays() {}

    /**
     * Says how values of a type are shown that cannot implement {@link Displayable} themselves. The last word on a
     * type counts; of several types of a value the most specific.
     */
    public static <T> void register(Class<T> type, Function<? super T, Display> display) {
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
        Function<Object, Display> known = KNOWN.entrySet().stream()
                .filter(entry -> entry.getKey().isInstance(value))
                .reduce((a, b) -> a.getKey().isAssignableFrom(b.getKey()) ? b : a)
                .map(Map.Entry::getValue)
                .orElse(other -> Display.text(PlainText.of(other)));
        try {
            Display display = known.apply(value);
            return display.data().containsKey(Display.TEXT)
                    ? display
                    : display.with(Display.TEXT, "<" + value.getClass().getTypeName() + ">");
        } catch (Exception | StackOverflowError | LinkageError | AssertionError e) {
            return Display.text(PlainText.failed(value, e));
        }
    }
}
