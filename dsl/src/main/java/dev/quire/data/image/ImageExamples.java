package dev.quire.data.image;

import dev.quire.data.Buffers;
import dev.quire.data.Catalogued;
import dev.quire.data.InMemory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;

/** The images of one split. */
final class ImageExamples implements Catalogued {
    private final List<Item> items;
    private final int first;
    private final PixelStore pixels;
    private final IntFunction<byte[]> hashes;
    private final Optional<InMemory> memory;

    /**
     * @param items the images of the split
     * @param first the number of the first of them in the store
     * @param hashes the hash of the file, by number in the store
     */
    ImageExamples(List<Item> items, int first, PixelStore pixels, IntFunction<byte[]> hashes) {
        this.items = items;
        this.first = first;
        this.pixels = pixels;
        this.hashes = hashes;
        this.memory = pixels instanceof HeapPixels heap ? Optional.of(memory(heap)) : Optional.empty();
    }

    private InMemory memory(HeapPixels heap) {
        ByteBuffer part = heap.all()
                .slice(first * heap.each(), items.size() * heap.each())
                .order(ByteOrder.LITTLE_ENDIAN);
        int[] labels = items.stream().mapToInt(Item::label).toArray();
        return new InMemory(items.size(), List.of(part, Buffers.of(labels)));
    }

    @Override
    public long count() {
        return items.size();
    }

    @Override
    public void read(long index, List<ByteBuffer> into) {
        pixels.read(first + Math.toIntExact(index), into.get(0));
        into.get(1).order(ByteOrder.LITTLE_ENDIAN).putLong(label(index));
    }

    @Override
    public int label(long index) {
        return items.get(Math.toIntExact(index)).label();
    }

    @Override
    public byte[] hash(long index) {
        return hashes.apply(first + Math.toIntExact(index));
    }

    @Override
    public Optional<InMemory> inMemory() {
        return memory;
    }
}
