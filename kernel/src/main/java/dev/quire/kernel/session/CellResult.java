package dev.quire.kernel.session;

import dev.quire.view.Display;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How a cell ended. */
public sealed interface CellResult {
    /**
     * It ran to its end.
     *
     * @param value the value of the last expression; null where the last snippet is none, such as a declaration
     * @param notes what the user should know, such as a method that cannot be called yet
     */
    record Done(@Nullable Value value, List<String> notes) implements CellResult {}

    /** It did not compile, threw an exception, or its value could not be shown. */
    record Failed(CellError error) implements CellResult {}

    /**
     * It was stopped by {@link Session#interrupt}; what it had assigned by then is kept.
     *
     * @param note what the user should know, such as that its code still runs; mostly empty
     */
    record Interrupted(String note) implements CellResult {
        public Interrupted() {
            this("");
        }
    }

    /**
     * A value and what a front end shows of it.
     *
     * @param object the object itself, which may be null
     */
    record Value(@Nullable Object object, Display display) {}
}
