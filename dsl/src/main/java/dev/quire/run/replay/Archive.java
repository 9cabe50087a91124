package dev.quire.run.replay;

import dev.quire.QuireException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.text.Normalizer;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.zip.ZipException;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;

/**
 * Unpacks a ZIP archive that a stranger may have made. All entries are checked before the first is written, and one that
 * is not as it should be refuses the whole archive.
 *
 * @param entries the most there may be
 * @param bytes the most they may hold together
 * @param ratio the most times its own size that an archive may unpack to
 * @param free bytes up to which the ratio does not matter
 */
record Archive(int entries, long bytes, long ratio, long free) {
    /** Room for the checkpoints of a large network; weights hardly compress. */
    static final Archive STANDARD = new Archive(20_000, 64L << 30, 200, 100L << 20);

    private static final int BLOCK = 1 << 16;

    /**
     * Unpacks into a folder that exists.
     *
     * @throws QuireException when the archive is refused or damaged; says which entry and why
     */
    void unpack(Path archive, Path folder) {
        Path root = folder.toAbsolutePath().normalize();
        try (ZipFile zip = ZipFile.builder().setPath(archive).get()) {
            for (Map.Entry<Path, ZipArchiveEntry> each :
                    checked(archive, zip, root).entrySet()) {
                if (each.getValue().isDirectory()) {
                    Files.createDirectories(each.getKey());
                } else {
                    unpack(archive, zip, each.getValue(), each.getKey());
                }
            }
        } catch (ZipException e) {
            throw new QuireException(archive + " is no ZIP archive, or a damaged one: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new QuireException(archive + " cannot be unpacked: " + e.getMessage(), e);
        }
    }

    private Map<Path, ZipArchiveEntry> checked(Path archive, ZipFile zip, Path root) throws IOException {
        Map<Path, ZipArchiveEntry> out = new LinkedHashMap<>();
        Map<String, ZipArchiveEntry> plain = new HashMap<>();
        long sum = 0;
        for (ZipArchiveEntry entry : Collections.list(zip.getEntriesInPhysicalOrder())) {
            Path target = target(archive, entry, root);
            if (out.put(target, entry) != null) {
                throw refused(archive, entry, "is there twice");
            }
            if (plain.put(plain(target), entry) != null) {
                throw refused(
                        archive,
                        entry,
                        "differs from another only in upper and lower case, or in how its letters are written");
            }
            if (out.size() > entries) {
                throw refused(archive, entry, "is one of more than %,d".formatted(entries));
            }
            if (entry.getSize() < 0) {
                throw refused(archive, entry, "does not say how long it is");
            }
            boolean isTooMuch = entry.getSize() > bytes - sum;
            sum += isTooMuch ? 0 : entry.getSize();
            if (isTooMuch || (sum > free && sum / ratio > Files.size(archive))) {
                throw new QuireException("%s unpacks to more than %s: it is refused"
                        .formatted(
                                archive,
                                isTooMuch ? "%,d bytes".formatted(bytes) : "%,d times its size".formatted(ratio)));
            }
        }
        for (Map.Entry<Path, ZipArchiveEntry> each : out.entrySet()) {
            for (Path above = above(each.getKey()); !above.equals(root); above = above(above)) {
                ZipArchiveEntry other = plain.get(plain(above));
                if (other != null && !other.isDirectory()) {
                    throw refused(archive, each.getValue(), "lies in another, which is no folder");
                }
            }
        }
        return out;
    }

    /** As a file system may take it that tells neither cases nor forms of Unicode apart. */
    private static String plain(Path target) {
        return Normalizer.normalize(target.toString(), Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
    }

    private static Path above(Path target) {
        return Objects.requireNonNull(target.getParent());
    }

    private static Path target(Path archive, ZipArchiveEntry entry, Path root) {
        String name = entry.getName().replace('\\', '/');
        if (entry.isUnixSymlink() || isDevice(entry)) {
            throw refused(archive, entry, "is a link or a device");
        }
        try {
            Path relative = Path.of(name);
            Path target = root.resolve(relative).normalize();
            boolean leadsUp = false;
            for (Path part : relative) {
                leadsUp |= part.toString().equals("..");
            }
            if (leadsUp
                    || relative.isAbsolute()
                    || name.startsWith("/")
                    || name.matches("[A-Za-z]:.*")
                    || target.equals(root)
                    || !target.startsWith(root)) {
                throw refused(archive, entry, "leads out of the archive");
            }
            return target;
        } catch (InvalidPathException e) {
            throw refused(archive, entry, "is no name of a file");
        }
    }

    /** Of archives made on Unix: anything but a plain file or a folder. */
    private static boolean isDevice(ZipArchiveEntry entry) {
        int type = entry.getUnixMode() & 0xF000;
        return type != 0 && type != 0x8000 && type != 0x4000;
    }

    private static void unpack(Path archive, ZipFile zip, ZipArchiveEntry entry, Path target) throws IOException {
        Files.createDirectories(Objects.requireNonNull(target.getParent()));
        byte[] block = new byte[BLOCK];
        long left = entry.getSize();
        try (InputStream in = zip.getInputStream(entry);
                OutputStream out = Files.newOutputStream(target, StandardOpenOption.CREATE_NEW)) {
            for (int read = in.read(block); read >= 0; read = in.read(block)) {
                left -= read;
                if (left < 0) {
                    throw refused(
                            archive, entry, "unpacks to more than the %,d bytes it says".formatted(entry.getSize()));
                }
                out.write(block, 0, read);
            }
        }
        if (left > 0) {
            throw refused(archive, entry, "holds less than the %,d bytes it says".formatted(entry.getSize()));
        }
    }

    private static QuireException refused(Path archive, ZipArchiveEntry entry, String why) {
        return new QuireException(archive + ": the entry " + entry.getName().replaceAll("\\p{Cntrl}", "?") + " " + why
                + ": the whole archive is refused");
    }
}
