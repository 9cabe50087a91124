package dev.quire.kernel.interpreter;

import dev.quire.run.Cells;
import dev.quire.run.record.Cell;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** What records of runs are told of the cells of a session. It knows no session, which can so be let go of. */
final class ToldCells {
    private final List<Cell> ended = new CopyOnWriteArrayList<>();
    private volatile Optional<Cell> now = Optional.empty();

    /** A cell begins; its session is from now on the one that is told of. */
    void begin(int number, String source, String id) {
        now = Optional.of(new Cell(number, text(source), "running", id));
        Cells.use(this::told);
    }

    void end(int number, String source, String id, String ending) {
        now = Optional.empty();
        ended.add(new Cell(number, text(source), ending, id));
    }

    /** Blank lines before it only say where it stood in a file. */
    private static String text(String source) {
        int blank = source.length() - source.stripLeading().length();
        return source.substring(source.lastIndexOf('\n', blank - 1) + 1);
    }

    private Cells.Told told() {
        return new Cells.Told(ended, now);
    }
}
