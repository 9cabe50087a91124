package dev.quire.graph;

/** How a parameter or buffer starts. Values are drawn in the program, in the order the layers declare them. */
public sealed interface Init {
    /** Every element the same. */
    record Constant(double value) implements Init {}

    /** Uniform in {@code [-bound, bound]}. */
    record Uniform(double bound) implements Init {}

    /** Normal with mean 0. */
    record Normal(double deviation) implements Init {}

    /** Values known already, row-major. */
    record Values(java.util.List<Float> values) implements Init {}

    /** Drawn and then set to 0, which PyTorch does in places: later values are the same only if this one is drawn. */
    record Zeroed(Init drawn) implements Init {}

    /**
     * Read from a file when training begins; nothing is drawn.
     *
     * @param source where it lies
     * @param name of the parameter, as the network that was stored would name it
     */
    record Stored(WeightFiles source, String name) implements Init {}

    static Init zeros() {
        return new Constant(0);
    }

    static Init ones() {
        return new Constant(1);
    }

    /**
     * What PyTorch's linear and convolution layers start with: {@code kaiming_uniform_(a=sqrt(5))}, which is uniform
     * within {@code 1/sqrt(fanIn)}.
     */
    static Init fanIn(long fanIn) {
        return new Uniform(1 / Math.sqrt((double) fanIn));
    }

    /** Glorot and Bengio 2010: uniform within {@code sqrt(6 / (fanIn + fanOut))}. */
    static Init xavier(long fanIn, long fanOut) {
        return new Uniform(Math.sqrt(6.0 / (fanIn + fanOut)));
    }
}
