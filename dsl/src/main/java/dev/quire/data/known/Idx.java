package dev.quire.data.known;

import dev.quire.QuireException;
import dev.quire.data.Dataset;
import dev.quire.data.Field;
import dev.quire.data.InMemory;
import dev.quire.data.Split;
import dev.quire.graph.DType;
import dev.quire.graph.Shape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;

/** The IDX format of MNIST: a big-endian header of magic number and sizes, then bytes. */
final class Idx {
    private static final int IMAGES = 0x803;
    private static final int LABELS = 0x801;

    private Idx() {}

    static Dataset read(Manifest manifest, Fetcher fetcher) {
        Field image = new Field("image", manifest.type(), manifest.inputShape());
        Field label = new Field("label", DType.INT64, Shape.of());
        return Dataset.of(
                manifest.name(),
                List.of(image),
                label,
                manifest.classes(),
                Map.of(
                        Split.TRAIN, split(manifest, fetcher, 0, image),
                        Split.TEST, split(manifest, fetcher, 2, image)));
    }

    private static InMemory split(Manifest manifest, Fetcher fetcher, int first, Field image) {
        ByteBuffer images = body(fetcher, manifest.files().get(first), IMAGES);
        ByteBuffer labels = body(fetcher, manifest.files().get(first + 1), LABELS);
        long count = labels.limit();
        if (images.limit() != count * image.bytes()) {
            throw new QuireException("%s: %,d labels and %,d bytes of images of %s: they do not belong together"
                    .formatted(manifest.name(), count, images.limit(), image.shape()));
        }
        return new InMemory(count, List.of(images, widened(labels)));
    }

    private static ByteBuffer body(Fetcher fetcher, Manifest.Resource resource, int magic) {
        byte[][] all = new byte[1][];
        fetcher.read(resource, (name, bytes) -> all[0] = bytes);
        ByteBuffer buffer = ByteBuffer.wrap(all[0]);
        int received = buffer.limit() < 4 ? 0 : buffer.getInt(0);
        if (received != magic) {
            throw new QuireException("%s starts with 0x%x: an IDX file of %s starts with 0x%x"
                    .formatted(resource.file(), received, magic == IMAGES ? "images" : "labels", magic));
        }
        int header = 4 + 4 * (magic & 0xff);
        return buffer.slice(header, buffer.limit() - header).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static ByteBuffer widened(ByteBuffer labels) {
        ByteBuffer out = ByteBuffer.allocate(labels.limit() * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < labels.limit(); i++) {
            out.putLong(i * Long.BYTES, labels.get(i) & 0xff);
        }
        return out;
    }
}
