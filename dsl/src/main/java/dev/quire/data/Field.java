package dev.quire.data;

import dev.quire.graph.DType;
import dev.quire.graph.Shape;

/**
 * One array of every example: an input or the target.
 *
 * @param name a word for messages and column heads, such as {@code image} or {@code label}
 * @param type how elements are stored and brought to the device
 * @param shape the shape of one example, channels first, without the batch; a class number has shape {@code scalar}
 */
public record Field(String name, DType type, Shape shape) {
    /** The size of one example in bytes. */
    public int bytes() {
        return Math.toIntExact(shape.count() * type.bytes());
    }
}
