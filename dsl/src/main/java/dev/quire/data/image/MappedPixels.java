package dev.quire.data.image;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * Pixels in a file that is mapped to memory: the system keeps of it what fits.
 *
 * @param maps parts of the file, each with a whole number of images
 * @param perMap images a part
 * @param each bytes an image
 */
record MappedPixels(List<ByteBuffer> maps, int perMap, int each) implements PixelStore {
    private static final int MAP_BYTES = 1 << 30;

    static MappedPixels of(Path file, int count, int each) throws IOException {
        int perMap = Math.max(1, MAP_BYTES / each);
        List<ByteBuffer> maps = new ArrayList<>();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            for (int first = 0; first < count; first += perMap) {
                long bytes = (long) Math.min(perMap, count - first) * each;
                maps.add(channel.map(FileChannel.MapMode.READ_ONLY, (long) first * each, bytes));
            }
        }
        return new MappedPixels(List.copyOf(maps), perMap, each);
    }

    @Override
    public void read(int index, ByteBuffer into) {
        into.put(maps.get(index / perMap).slice(index % perMap * each, each));
    }
}
