package dev.quire.data;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/** The targets of whole splits as numbers. */
final class Targets {
    private Targets() {}

    static float[] of(Examples examples, List<Field> fields) {
        Field target = fields.get(fields.size() - 1);
        if (examples instanceof InMemory memory) {
            return new Values(
                            target,
                            memory.arrays()
                                    .get(fields.size() - 1)
                                    .duplicate()
                                    .rewind()
                                    .slice())
                    .floats();
        }
        int row = target.bytes() / target.type().bytes();
        float[] out = new float[Math.toIntExact(examples.count() * row)];
        List<ByteBuffer> into = new ArrayList<>();
        for (Field field : fields) {
            into.add(ByteBuffer.allocate(field.bytes()).order(ByteOrder.LITTLE_ENDIAN));
        }
        Values values = new Values(target, into.get(into.size() - 1));
        for (int i = 0; i < examples.count(); i++) {
            into.forEach(ByteBuffer::clear);
            examples.read(i, into);
            for (int j = 0; j < row; j++) {
                out[i * row + j] = (float) values.value(j);
            }
        }
        return out;
    }
}
