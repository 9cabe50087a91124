package dev.quire.run;

import dev.quire.run.record.Cell;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The cells of the session that runs are started from. A front end says where they are found. */
public final class Cells {
    private static volatile Supplier<Told> source = () -> new Told(List.of(), Optional.empty());
    private static final ThreadLocal<@Nullable Told> FIXED = new ThreadLocal<>();

    private Cells() {}

    /**
     * What a front end tells.
     *
     * @param before the cells that have ended, in the order they ran
     * @param now the cell that runs
     */
    public record Told(List<Cell> before, Optional<Cell> now) {
        public Told {
            before = List.copyOf(before);
        }
    }

    /** Says where the cells are found from now on. */
    public static void use(Supplier<Told> told) {
        source = told;
    }

    static Told told() {
        Told fixed = FIXED.get();
        return fixed == null ? source.get() : fixed;
    }

    /** Works with what was told before: a run in the background may begin after the cell that started it has ended. */
    static void during(Told told, Runnable work) {
        FIXED.set(told);
        try {
            work.run();
        } finally {
            FIXED.remove();
        }
    }
}
