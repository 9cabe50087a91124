package dev.quire.data.image;

import dev.quire.QuireException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Where files lie: a folder or an archive. */
interface Source {
    /** A single file larger than this is not read. */
    long MOST_BYTES = 256L << 20;

    /**
     * A file.
     *
     * @param name its path from the root, with slashes
     * @param bytes its size
     */
    record Entry(String name, long bytes) {}

    /** Takes files one after another. */
    interface Reader {
        /** Returns whether to go on. */
        boolean read(String name, byte[] bytes) throws IOException;
    }

    /** The folder or the archive, for messages. */
    Path path();

    /**
     * All files.
     *
     * @throws QuireException when an archive holds what it should not
     */
    List<Entry> list() throws IOException;

    /** Reads some of the files, in the order in which they lie. */
    void read(Set<String> names, Reader reader) throws IOException;

    /**
     * A folder, or a {@code .zip}, {@code .tar}, {@code .tar.gz} or {@code .tgz} archive.
     *
     * @param bounds of an archive
     */
    static Source of(Path path, Bounds bounds) {
        String name = String.valueOf(path.getFileName()).toLowerCase(Locale.ROOT);
        if (Files.isDirectory(path)) {
            return new FolderSource(path);
        }
        if (!Files.isRegularFile(path)) {
            throw new QuireException("no folder or archive " + path + ": looked for " + path.toAbsolutePath());
        }
        if (name.endsWith(".zip")) {
            return new ZipSource(path, bounds);
        }
        if (name.endsWith(".tar.gz") || name.endsWith(".tgz") || name.endsWith(".tar")) {
            return new TarSource(path, bounds);
        }
        throw new QuireException(path + " is not a folder of images, nor a .zip, .tar or .tar.gz of one");
    }
}
