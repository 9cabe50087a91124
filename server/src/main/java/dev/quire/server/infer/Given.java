package dev.quire.server.infer;

import dev.quire.data.HostTensor;
import dev.quire.graph.DType;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What a request gives to one input of a model. It lies on the heap until it is copied into a batch.
 *
 * @param type of its elements
 * @param content row-major, little-endian, from position to limit
 * @param sizes the batch first
 */
public record Given(DType type, ByteBuffer content, long[] sizes) {
    /** What a tensor holds. */
    public static Given of(HostTensor tensor) {
        return new Given(tensor.type(), tensor.bytes(), tensor.sizes());
    }

    /** The size of the first axis; 1 for a scalar. */
    public int rows() {
        return sizes.length == 0 ? 1 : Math.toIntExact(sizes[0]);
    }

    /** Whether both can lie in one batch. */
    boolean isLike(Given other) {
        boolean isLike = type == other.type && sizes.length == other.sizes.length && sizes.length > 0;
        for (int i = 1; isLike && i < sizes.length; i++) {
            isLike = sizes[i] == other.sizes[i];
        }
        return isLike;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Given given
                && type == given.type
                && content.equals(given.content)
                && Arrays.equals(sizes, given.sizes);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(sizes) + content.hashCode();
    }

    @Override
    public String toString() {
        return Arrays.toString(sizes) + " " + type;
    }
}
