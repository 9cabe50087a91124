package dev.quire.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A text file that grows by whole lines. Several threads and processes may append to one: each line goes in at once,
 * under a lock that ends with its process. A line that was cut off when a process was killed is removed by the next to
 * append, and readers leave it out.
 */
public final class Appended {
    /** Locks of files do not exclude threads of one process. */
    private static final Map<Path, Object> LOCKS = new ConcurrentHashMap<>();

    private static final int BLOCK = 1 << 16;

    private final Path file;
    private final Object lock;

    private Appended(Path file) {
        this.file = file;
        this.lock = LOCKS.computeIfAbsent(file, any -> new Object());
    }

    /** A file that is there or will be with the first line. */
    public static Appended at(Path file) {
        return new Appended(file.toAbsolutePath().normalize());
    }

    /** The next lines, given whether the file is still empty. */
    @FunctionalInterface
    public interface Lines {
        List<String> after(boolean isEmpty);
    }

    /**
     * Appends lines, none of which holds a line break, all of them or none.
     *
     * @throws IOException if they cannot be written
     */
    public void append(Lines lines) throws IOException {
        synchronized (lock) {
            try (FileChannel channel = FileChannel.open(
                            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
                    FileLock held = channel.lock()) {
                long end = wholeLines(channel);
                StringBuilder text = new StringBuilder();
                lines.after(end == 0).forEach(line -> text.append(line).append('\n'));
                channel.truncate(end);
                channel.position(end);
                try {
                    WholeFile.writeFully(
                            channel, ByteBuffer.wrap(text.toString().getBytes(StandardCharsets.UTF_8)));
                } catch (IOException e) {
                    channel.truncate(end);
                    throw e;
                }
            }
        }
    }

    /** Waits until all that was appended lies on disk; nothing where there is no file. */
    public void force() throws IOException {
        if (Files.exists(file)) {
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                channel.force(true);
            }
        }
    }

    /** The whole lines there are; none when there is no file. */
    public List<String> lines() throws IOException {
        if (!Files.exists(file)) {
            return List.of();
        }
        String text = Files.readString(file);
        List<String> lines = new ArrayList<>(text.lines().toList());
        if (!text.isEmpty() && !text.endsWith("\n")) {
            lines.remove(lines.size() - 1);
        }
        return lines;
    }

    /** Where the last whole line ends. */
    private static long wholeLines(FileChannel channel) throws IOException {
        long end = channel.size();
        ByteBuffer block = ByteBuffer.allocate(BLOCK);
        while (end > 0) {
            long from = Math.max(0, end - BLOCK);
            block.clear().limit((int) (end - from));
            while (block.hasRemaining() && channel.read(block, from + block.position()) >= 0) {
                // Reads on.
            }
            for (int i = block.position() - 1; i >= 0; i--) {
                if (block.get(i) == '\n') {
                    return from + i + 1;
                }
            }
            end = from;
        }
        return 0;
    }
}
