package dev.quire.kernel.replay;

import dev.quire.run.StoredRun;
import dev.quire.run.record.Cell;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Where an exported notebook is no longer what the record says: the list of hashes does not cover it. */
final class Edits {
    private Edits() {}

    /**
     * @param code the text of the cells that will run
     */
    static List<String> of(List<String> code, StoredRun recorded) {
        List<String> expected = Stream.concat(recorded.cells().before().stream(), recorded.cells().now().stream())
                .filter(cell -> !cell.ending().equals("interrupted"))
                .map(Cell::source)
                .filter(source -> !source.isBlank())
                .toList();
        List<String> out = new ArrayList<>();
        for (int i = 0; i < Math.min(code.size(), expected.size()); i++) {
            if (!code.get(i).strip().equals(expected.get(i).strip())) {
                out.add("cell " + (i + 1) + " of the notebook is not what the record says");
            }
        }
        if (code.size() != expected.size()) {
            out.add("the notebook has " + code.size() + " cells to run, the record " + expected.size());
        }
        return out;
    }
}
