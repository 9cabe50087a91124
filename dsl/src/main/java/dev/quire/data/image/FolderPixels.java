package dev.quire.data.image;

import dev.quire.QuireException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/** Pixels that are decoded from their files each time. */
record FolderPixels(FolderSource source, List<Item> items, ImageSpec spec, Decoder.Size size) implements PixelStore {
    @Override
    public void read(int index, ByteBuffer into) {
        String name = items.get(index).name();
        try {
            Pixels pixels = Decoder.decode(source.bytes(name), spec.channels());
            if (spec.resizes()) {
                pixels = pixels.resized(spec.height(), spec.width());
            }
            if (pixels.height() != size.height() || pixels.width() != size.width()) {
                throw new BrokenImage(
                        "is now %dx%d pixels, it was %s".formatted(pixels.height(), pixels.width(), size));
            }
            into.put(pixels.planes());
        } catch (BrokenImage e) {
            throw new QuireException(source.path().resolve(name) + " " + e.getMessage() + ImageFolder.REMEDY, e);
        } catch (IOException e) {
            throw new QuireException(source.path().resolve(name) + " cannot be read: " + e.getMessage(), e);
        }
    }
}
