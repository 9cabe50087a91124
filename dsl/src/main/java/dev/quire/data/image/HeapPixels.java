package dev.quire.data.image;

import java.nio.ByteBuffer;

/** Pixels in memory, one image after another. */
record HeapPixels(ByteBuffer all, int each) implements PixelStore, PixelStore.Writer {
    static HeapPixels of(int count, int each) {
        return new HeapPixels(ByteBuffer.allocate(Math.multiplyExact(count, each)), each);
    }

    @Override
    public void put(int index, byte[] planes) {
        all.put(index * each, planes);
    }

    @Override
    public void read(int index, ByteBuffer into) {
        into.put(all.slice(index * each, each));
    }

    @Override
    public PixelStore finished() {
        return this;
    }
}
