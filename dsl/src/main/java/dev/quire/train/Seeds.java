package dev.quire.train;

/**
 * The seed of every draw of a run follows from the run's own: libtorch's random state cannot be read back, and a
 * resumed run must draw the same. So each step, each epoch's order and the first weights have a seed of their own.
 */
final class Seeds {
    private Seeds() {}

    static long weights(long seed) {
        return seed;
    }

    static long order(long seed, long epoch) {
        return mix(seed, 0x6f72646572L + (epoch << 1));
    }

    static long step(long seed, long step) {
        return mix(seed, (step << 1) + 1);
    }

    /** The finaliser of SplitMix64 (Steele, Lea and Flood 2014), kept positive. */
    private static long mix(long seed, long number) {
        long z = seed * 0x9E3779B97F4A7C15L + number * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return (z ^ (z >>> 31)) & Long.MAX_VALUE;
    }
}
