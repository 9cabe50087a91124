package dev.quire.compile.onnx;

import java.nio.ByteBuffer;

/** Where the values of parameters and buffers come from, so that they need not be copied into one place first. */
@FunctionalInterface
public interface WeightSource {
    /**
     * Fills a buffer to its limit with values that follow each other, little-endian.
     *
     * @param name a parameter or buffer of the graph
     * @param from the number of the first value
     * @param into little-endian, with room for a whole number of values
     */
    void read(String name, long from, ByteBuffer into);
}
