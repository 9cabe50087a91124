package dev.quire.data;

import dev.quire.QuireException;
import dev.quire.graph.DType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * Numbers in main memory with a shape: what a model is given and what it answers. Immutable as long as nobody writes to
 * the buffer it was made of. The content lies outside of the Java heap, so that native code reads it where it is.
 */
public final class HostTensor {
    private final DType type;
    private final long[] sizes;
    private final ByteBuffer bytes;

    private HostTensor(DType type, long[] sizes, ByteBuffer bytes) {
        this.type = type;
        this.sizes = sizes;
        this.bytes = bytes;
    }

    /**
     * A tensor over these bytes; copied only where they lie on the Java heap.
     *
     * @param sizes 0 or more each; none for a scalar
     * @param content row-major, little-endian, from position to limit
     * @throws QuireException when the shape does not take as many bytes as there are
     */
    public static HostTensor of(DType type, ByteBuffer content, long... sizes) {
        long wanted = bytes(type, sizes);
        if (content.remaining() != wanted) {
            throw new QuireException(String.format(
                    Locale.ROOT,
                    "a tensor of shape %s and type %s has %,d bytes, got %,d",
                    text(sizes),
                    type.name().toLowerCase(Locale.ROOT),
                    wanted,
                    content.remaining()));
        }
        ByteBuffer own = content.isDirect()
                ? content.slice()
                : ByteBuffer.allocateDirect(content.remaining())
                        .put(content.duplicate())
                        .flip();
        return new HostTensor(type, sizes.clone(), own.order(ByteOrder.LITTLE_ENDIAN));
    }

    /** 32-bit numbers, row-major. */
    public static HostTensor of(float[] values, long... sizes) {
        ByteBuffer bytes = room(DType.FLOAT32, values.length);
        bytes.asFloatBuffer().put(values);
        return of(DType.FLOAT32, bytes, sizes);
    }

    /** 64-bit numbers, row-major. */
    public static HostTensor of(double[] values, long... sizes) {
        ByteBuffer bytes = room(DType.FLOAT64, values.length);
        bytes.asDoubleBuffer().put(values);
        return of(DType.FLOAT64, bytes, sizes);
    }

    /** 64-bit whole numbers, row-major: tokens, for instance. */
    public static HostTensor of(long[] values, long... sizes) {
        ByteBuffer bytes = room(DType.INT64, values.length);
        bytes.asLongBuffer().put(values);
        return of(DType.INT64, bytes, sizes);
    }

    /** 32-bit whole numbers, row-major. */
    public static HostTensor of(int[] values, long... sizes) {
        ByteBuffer bytes = room(DType.INT32, values.length);
        bytes.asIntBuffer().put(values);
        return of(DType.INT32, bytes, sizes);
    }

    /** Bytes from 0 to 255, row-major: pixels, for instance. */
    public static HostTensor of(byte[] values, long... sizes) {
        return of(DType.UINT8, ByteBuffer.wrap(values), sizes);
    }

    private static ByteBuffer room(DType type, int count) {
        return ByteBuffer.allocateDirect(Math.multiplyExact(type.bytes(), count))
                .order(ByteOrder.LITTLE_ENDIAN);
    }

    private static long bytes(DType type, long[] sizes) {
        long bytes = type.bytes();
        for (long size : sizes) {
            if (size < 0) {
                throw new QuireException("a size of " + size + " in shape " + text(sizes) + ": sizes are 0 or more");
            }
            try {
                bytes = Math.multiplyExact(bytes, size);
            } catch (ArithmeticException e) {
                throw new QuireException("the shape " + text(sizes) + " is larger than any memory", e);
            }
        }
        return bytes;
    }

    /** How its elements are stored. */
    public DType type() {
        return type;
    }

    /** The sizes; none for a scalar. */
    public long[] sizes() {
        return sizes.clone();
    }

    /** The number of axes. */
    public int rank() {
        return sizes.length;
    }

    /** The size along an axis, from 0. */
    public long size(int axis) {
        return sizes[axis];
    }

    /** The number of elements. */
    public int count() {
        return bytes.limit() / type.bytes();
    }

    /** The content, row-major, little-endian: a view of its own. */
    public ByteBuffer bytes() {
        return bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    }

    /** All elements as 32-bit numbers, row-major. */
    public float[] floats() {
        float[] out = new float[count()];
        if (type == DType.FLOAT32) {
            bytes.asFloatBuffer().get(out);
        } else {
            for (int i = 0; i < out.length; i++) {
                out[i] = (float) value(i);
            }
        }
        return out;
    }

    /** All elements as whole numbers, row-major; fractions are cut off. */
    public long[] longs() {
        long[] out = new long[count()];
        for (int i = 0; i < out.length; i++) {
            out[i] = type == DType.INT64 ? bytes.getLong(i * Long.BYTES) : (long) value(i);
        }
        return out;
    }

    /** One element by its place in the row-major order, from 0. */
    public double value(int index) {
        return type.read(bytes, index);
    }

    /**
     * Some rows of the first axis, over the same memory.
     *
     * @param from the first of them, from 0
     * @param count how many
     */
    public HostTensor rows(int from, int count) {
        if (rank() == 0 || from < 0 || count < 0 || from + (long) count > sizes[0]) {
            throw new QuireException(
                    "rows " + from + " to " + (from + (long) count) + " of a tensor of shape " + text(sizes));
        }
        long[] some = sizes.clone();
        some[0] = count;
        int each = sizes[0] == 0 ? 0 : Math.toIntExact(bytes.limit() / sizes[0]);
        return new HostTensor(type, some, bytes.slice(from * each, count * each).order(ByteOrder.LITTLE_ENDIAN));
    }

    /** One example as a batch of one, over the same memory. */
    public HostTensor batched() {
        long[] more = new long[sizes.length + 1];
        more[0] = 1;
        System.arraycopy(sizes, 0, more, 1, sizes.length);
        return new HostTensor(type, more, bytes);
    }

    /**
     * Tensors one after another along the first axis: requests as one batch, for instance.
     *
     * @param parts at least one, alike but for their first size
     * @throws QuireException when they are not alike
     */
    public static HostTensor join(List<HostTensor> parts) {
        HostTensor first = parts.get(0);
        if (parts.size() == 1) {
            return first;
        }
        long rows = 0;
        long total = 0;
        for (HostTensor part : parts) {
            if (part.type != first.type || part.rank() == 0 || !Arrays.equals(part.tail(), first.tail())) {
                throw new QuireException("a tensor of " + part + " cannot be joined to one of " + first);
            }
            rows += part.sizes[0];
            total += part.bytes.limit();
        }
        ByteBuffer all = ByteBuffer.allocateDirect(Math.toIntExact(total));
        parts.forEach(part -> all.put(part.bytes()));
        long[] sizes = first.sizes.clone();
        sizes[0] = rows;
        return of(first.type, all.flip(), sizes);
    }

    private long[] tail() {
        return Arrays.copyOfRange(sizes, 1, sizes.length);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof HostTensor tensor
                && type == tensor.type
                && Arrays.equals(sizes, tensor.sizes)
                && bytes.equals(tensor.bytes);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(sizes) + bytes.hashCode();
    }

    /** Shape and type, without the numbers: {@code 1x28x28 uint8}. */
    @Override
    public String toString() {
        return text(sizes) + " " + type.name().toLowerCase(Locale.ROOT);
    }

    private static String text(long[] sizes) {
        return sizes.length == 0
                ? "scalar"
                : LongStream.of(sizes).mapToObj(Long::toString).collect(Collectors.joining("x"));
    }
}
