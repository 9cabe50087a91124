package dev.quire.data.transform;

import java.util.ArrayList;
import java.util.List;

/** The order in which transforms are made. */
public final class Pipeline {
    private Pipeline() {}

    /**
     * Transforms in the order they are to be applied: what brings pixels to 0..1, then the augmentations, for which
     * black is 0, then normalisation. Augmentations that move pixels are joined where they follow each other.
     *
     * @param always what is always done
     * @param augmentations what is done in training besides; empty otherwise
     */
    public static List<Transform> of(List<Transform> always, List<Transform> augmentations) {
        int before = 0;
        while (before < always.size() && !(always.get(before) instanceof Normalize)) {
            before++;
        }
        List<Transform> out = new ArrayList<>(always.subList(0, before));
        out.addAll(joined(augmentations));
        out.addAll(always.subList(before, always.size()));
        return List.copyOf(out);
    }

    private static List<Transform> joined(List<Transform> transforms) {
        List<Transform> out = new ArrayList<>();
        List<Warp> row = new ArrayList<>();
        for (Transform transform : transforms) {
            if (transform instanceof Warp warp) {
                row.add(warp);
            } else {
                flush(row, out);
                out.add(transform);
            }
        }
        flush(row, out);
        return out;
    }

    private static void flush(List<Warp> row, List<Transform> out) {
        if (!row.isEmpty()) {
            out.add(row.size() == 1 ? row.get(0) : new Warps(List.copyOf(row)));
            row.clear();
        }
    }
}
