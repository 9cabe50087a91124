package dev.quire.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * Writes files whole: to a temporary file beside the target, forced to disk, renamed in one step, and the folder forced
 * too. Whoever reads sees what was there before or all of the new content, whatever happens meanwhile.
 */
public final class WholeFile {
    private static final String TEMPORARY = ".quire-tmp";
    private static final AtomicLong NUMBER = new AtomicLong();

    private WholeFile() {}

    /** Puts the content into an open, empty file. */
    @FunctionalInterface
    public interface Content {
        void writeTo(FileChannel file) throws IOException;
    }

    /**
     * Writes or replaces a file.
     *
     * @throws IOException if it cannot be written; then the file is as it was before, and no temporary one is left
     */
    public static void write(Path file, Content content) throws IOException {
        Path folder = Objects.requireNonNull(file.toAbsolutePath().getParent());
        Path temporary = folder.resolve("." + file.getFileName() + "."
                + ProcessHandle.current().pid() + "-" + NUMBER.incrementAndGet() + TEMPORARY);
        try {
            try (FileChannel channel =
                    FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                content.writeTo(channel);
                channel.force(true);
            }
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException | RuntimeException | Error e) {
            remove(temporary, e);
            throw e;
        }
        force(folder);
    }

    /** As {@link #write(Path, Content)}, from memory. */
    public static void write(Path file, byte[] content) throws IOException {
        write(file, channel -> writeFully(channel, ByteBuffer.wrap(content)));
    }

    /** As {@link #write(Path, Content)}, as UTF-8. */
    public static void write(Path file, String content) throws IOException {
        write(file, content.getBytes(StandardCharsets.UTF_8));
    }

    /** Writes all of a buffer. */
    public static void writeFully(FileChannel channel, ByteBuffer content) throws IOException {
        while (content.hasRemaining()) {
            channel.write(content);
        }
    }

    /** Removes what writers that were killed have left in a folder; files of processes that still run are kept. */
    public static void sweep(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(WholeFile::isAbandoned).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    /** Removes all that writers have left in a folder that nobody writes into now. */
    public static void clear(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(WholeFile::isTemporary).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    /** Whether a file is one that is being written, or that a killed process has left. */
    public static boolean isTemporary(Path file) {
        String name = String.valueOf(file.getFileName());
        return name.startsWith(".") && name.endsWith(TEMPORARY);
    }

    private static boolean isAbandoned(Path file) {
        String name = String.valueOf(file.getFileName());
        if (!isTemporary(file)) {
            return false;
        }
        String rest = name.substring(0, name.length() - TEMPORARY.length());
        String owner = rest.substring(rest.lastIndexOf('.') + 1, Math.max(rest.lastIndexOf('-'), 0));
        return owner.chars().allMatch(Character::isDigit)
                && !owner.isEmpty()
                && ProcessHandle.of(Long.parseLong(owner)).isEmpty();
    }

    private static void remove(Path temporary, Throwable because) {
        try {
            Files.deleteIfExists(temporary);
        } catch (IOException e) {
            because.addSuppressed(e);
        }
    }

    /** Makes a rename durable; some systems do not let a folder be opened, and need not. */
    private static void force(Path folder) throws IOException {
        if (System.getProperty("os.name", "").startsWith("Windows")) {
            return;
        }
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
