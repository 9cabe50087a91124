package dev.quire.inference;

import dev.quire.QuireException;
import dev.quire.graph.DType;
import java.util.ArrayList;
import java.util.List;

/**
 * What is said about a file beyond what is in it.
 *
 * @param shapes of its inputs, in order, for one example; empty where the file says it
 * @param types likewise
 * @param classes the names of the classes; empty where the file says them
 * @param means of pixels brought to 0..1, by channel or one for all; empty where the file says it
 * @param deviations likewise
 * @param threads that an op may use on the processor; 0 for as many as there are
 */
record LoadSpec(
        List<List<Long>> shapes,
        List<DType> types,
        List<String> classes,
        List<Double> means,
        List<Double> deviations,
        int threads) {
    LoadSpec {
        shapes = List.copyOf(shapes);
        types = List.copyOf(types);
        classes = List.copyOf(classes);
        means = List.copyOf(means);
        deviations = List.copyOf(deviations);
    }

    static LoadSpec of(ModelOption... options) {
        LoadSpec spec = new LoadSpec(List.of(), List.of(), List.of(), List.of(), List.of(), 0);
        for (ModelOption option : options) {
            spec = option.applyTo(spec);
        }
        return spec;
    }

    LoadSpec withInput(DType type, List<Long> sizes) {
        sizes.forEach(size -> {
            if (size == 0 || size < -1) {
                throw new QuireException("inputShape: a size of " + size + ": sizes are 1 or more, or -1 where free");
            }
        });
        List<List<Long>> moreShapes = new ArrayList<>(shapes);
        moreShapes.add(sizes);
        List<DType> moreTypes = new ArrayList<>(types);
        moreTypes.add(type);
        return new LoadSpec(moreShapes, moreTypes, classes, means, deviations, threads);
    }

    LoadSpec withClasses(List<String> names) {
        return new LoadSpec(shapes, types, names, means, deviations, threads);
    }

    LoadSpec withNormalize(List<Double> newMeans, List<Double> newDeviations) {
        return new LoadSpec(shapes, types, classes, newMeans, newDeviations, threads);
    }

    LoadSpec withThreads(int most) {
        if (most < 1) {
            throw new QuireException("threads(" + most + "): at least 1");
        }
        return new LoadSpec(shapes, types, classes, means, deviations, most);
    }
}
