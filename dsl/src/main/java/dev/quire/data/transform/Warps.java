package dev.quire.data.transform;

import dev.quire.graph.Scope;
import java.util.List;

/** Warps one after another, as one: pixels are read once, and interpolated at most once. */
record Warps(List<Warp> warps) implements Warp {
    @Override
    public Matrix matrix(Scope scope, long height, long width) {
        Matrix all = Matrix.IDENTITY;
        for (Warp warp : warps) {
            all = all.after(warp.matrix(scope, height, width));
        }
        return all;
    }

    @Override
    public boolean isExact() {
        return warps.stream().allMatch(Warp::isExact);
    }
}
