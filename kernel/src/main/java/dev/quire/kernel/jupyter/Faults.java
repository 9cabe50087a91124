package dev.quire.kernel.jupyter;

import dev.quire.kernel.jupyter.Publisher.Fault;
import dev.quire.kernel.session.CellError;
import java.util.ArrayList;
import java.util.List;

/** Errors of cells as front ends show them: the place in cyan, what was wrong in red. */
final class Faults {
    private static final String RED = "\u001b[31m";
    private static final String CYAN = "\u001b[36m";
    private static final String PLAIN = "\u001b[0m";

    static final Fault INTERRUPTED = of("Interrupted", "the cell was interrupted");

    private Faults() {}

    static Fault of(CellError error) {
        List<String> lines = new ArrayList<>(error.text().lines().toList());
        if (!error.places().isEmpty() && lines.size() > 1) {
            lines.set(0, CYAN + lines.get(0) + PLAIN);
        }
        int message = lines.size() - (int) error.message().strip().lines().count();
        if (message >= 0 && message < lines.size()) {
            lines.set(message, RED + lines.get(message) + PLAIN);
        }
        return new Fault(error.name(), error.message(), List.copyOf(lines));
    }

    static Fault of(String name, String message) {
        return new Fault(name, message, List.of(RED + message + PLAIN));
    }

    /** Something that is not the fault of the cell. */
    static Fault of(Throwable fault) {
        return of(fault.getClass().getSimpleName(), String.valueOf(fault.getMessage()));
    }
}
