package dev.quire.compile.torchscript;

import java.util.ArrayList;
import java.util.List;

/** How a batch is taken from the arrays of a split, by the numbers of its examples. */
public sealed interface Sampling {
    /** Statements that name the fields of the batch {@code index} from {@code data}: {@code x0}, {@code x1}, ... */
    List<String> lines();

    /** Examples lie one after another in one array for each field. */
    record Rows(int fields) implements Sampling {
        @Override
        public List<String> lines() {
            List<String> out = new ArrayList<>();
            for (int i = 0; i < fields; i++) {
                out.add("x" + i + " = torch.index_select(data[" + (i + 1) + "], 0, index)");
            }
            return out;
        }
    }

    /** Examples are windows over one row of tokens; the target is the window moved on by one. */
    record Windows(int context) implements Sampling {
        @Override
        public List<String> lines() {
            return List.of(
                    "offsets = torch.arange(" + (context + 1)
                            + ", dtype=4, layout=None, device=ops.prim.device(index), pin_memory=None)",
                    "places = torch.add(torch.unsqueeze(index, 1), offsets)",
                    "window = torch.take(data[1], places)",
                    "x0 = torch.slice(window, 1, 0, " + context + ")",
                    "x1 = torch.slice(window, 1, 1, " + (context + 1) + ")");
        }
    }
}
