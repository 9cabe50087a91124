package dev.quire.compile.onnx;

import dev.quire.graph.DType;
import dev.quire.graph.Shape;
import java.util.List;
import java.util.stream.LongStream;

/**
 * A value that is kept in the file.
 *
 * @param name unique in the graph
 * @param type the number of its element type
 * @param sizes none for a scalar
 * @param source where its values come from
 */
record Initializer(String name, int type, List<Long> sizes, Source source) {
    Initializer {
        sizes = List.copyOf(sizes);
    }

    /** A parameter or buffer as it is. */
    static Initializer of(String name, String parameter, DType dtype, Shape shape) {
        List<Long> sizes = LongStream.of(shape.sizes()).boxed().toList();
        Source.Piece whole = new Source.Piece(parameter, 0, shape.count());
        return new Initializer(name, Proto.type(dtype), sizes, new Source.Pieces(List.of(whole), dtype.bytes()));
    }

    /** The message without its values. */
    Message message() {
        Message out = new Message();
        sizes.forEach(size -> out.integer(Proto.Tensor.DIMS, size));
        return out.integer(Proto.Tensor.DATA_TYPE, type).text(Proto.Tensor.NAME, name);
    }
}
