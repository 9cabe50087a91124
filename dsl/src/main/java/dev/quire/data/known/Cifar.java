package dev.quire.data.known;

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

/** The binary release of CIFAR-10: records of a label byte and the pixels, channels first. */
final class Cifar {
    private Cifar() {}

    static Dataset read(Manifest manifest, Fetcher fetcher) {
        Field image = new Field("image", manifest.type(), manifest.inputShape());
        Field label = new Field("label", DType.INT64, Shape.of());
        Manifest.Resource archive = manifest.files().get(0);
        int batches = archive.contents().size();
        int each = archive.contents().get(0).bytes() / (1 + image.bytes());
        InMemory train = empty((batches - 1) * each, image, label);
        InMemory test = empty(each, image, label);
        fetcher.read(archive, (name, bytes) -> {
            int batch = archive.contents().stream()
                    .map(Manifest.Content::name)
                    .toList()
                    .indexOf(name);
            boolean last = batch == batches - 1;
            copy(bytes, last ? test : train, last ? 0 : batch * each, image.bytes());
        });
        return Dataset.of(
                manifest.name(),
                List.of(image),
                label,
                manifest.classes(),
                Map.of(Split.TRAIN, train, Split.TEST, test));
    }

    private static InMemory empty(int count, Field image, Field label) {
        return new InMemory(
                count,
                List.of(
                        ByteBuffer.allocate(count * image.bytes()).order(ByteOrder.LITTLE_ENDIAN),
                        ByteBuffer.allocate(count * label.bytes()).order(ByteOrder.LITTLE_ENDIAN)));
    }

    private static void copy(byte[] batch, InMemory into, int first, int pixels) {
        for (int i = 0; i < batch.length / (1 + pixels); i++) {
            int at = i * (1 + pixels);
            into.arrays().get(0).put((first + i) * pixels, batch, at + 1, pixels);
            into.arrays().get(1).putLong((first + i) * Long.BYTES, batch[at] & 0xff);
        }
    }
}
