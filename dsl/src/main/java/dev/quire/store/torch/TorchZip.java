package dev.quire.store.torch;

import dev.quire.QuireException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/** The ZIP that PyTorch writes, either a program with its weights or weights alone. What it claims is checked first. */
public final class TorchZip implements AutoCloseable {
    private static final int MOST_ENTRIES = 100_000;
    private static final long MOST_RATIO = 200;
    private static final long FREE_BYTES = 100L << 20;
    private static final long MOST_TEXT = 16L << 20;
    private static final String PICKLE = "data.pkl";

    private final Path file;
    private final ZipFile zip;
    private final String root;

    private TorchZip(Path file, ZipFile zip, String root) {
        this.file = file;
        this.zip = zip;
        this.root = root;
    }

    /**
     * Opens one.
     *
     * @throws QuireException when it is truncated, a bomb, or no file of PyTorch's
     */
    public static TorchZip open(Path file) {
        try {
            ZipFile zip = new ZipFile(file.toFile());
            try {
                return new TorchZip(file, zip, check(file, zip));
            } catch (RuntimeException | IOException e) {
                zip.close();
                throw e;
            }
        } catch (ZipException e) {
            throw new QuireException(file + " is a damaged ZIP file: it was cut off, or is none", e);
        } catch (IOException e) {
            throw new QuireException(file + " cannot be read: " + e.getMessage(), e);
        } catch (IllegalArgumentException e) {
            throw new QuireException(file + " is a damaged ZIP file: a name in it is no text", e);
        }
    }

    /** The folder that holds everything. */
    private static String check(Path file, ZipFile zip) throws IOException {
        if (zip.size() > MOST_ENTRIES) {
            throw refused(file, String.format(Locale.ROOT, "has %,d entries, more than %,d", zip.size(), MOST_ENTRIES));
        }
        long total = 0;
        String root = null;
        Set<String> names = new HashSet<>();
        for (ZipEntry entry : zip.stream().toList()) {
            String name = entry.getName();
            checkName(file, name);
            if (!names.add(name)) {
                throw refused(file, "has the entry " + name + " twice");
            }
            total += Math.max(0, entry.getSize());
            if (name.endsWith("/" + PICKLE) && name.indexOf('/') == name.length() - PICKLE.length() - 1) {
                root = name.substring(0, name.length() - PICKLE.length());
            }
        }
        if (total > Math.max(FREE_BYTES, MOST_RATIO * Files.size(file))) {
            throw refused(file, String.format(Locale.ROOT, "unpacks to more than %d times its size", MOST_RATIO));
        }
        if (root == null) {
            throw new QuireException(file + " is a ZIP file, but not one that PyTorch wrote: it holds no data.pkl");
        }
        return root;
    }

    private static void checkName(Path file, String name) {
        boolean isAbsolute = name.startsWith("/") || name.indexOf('\\') >= 0 || name.matches("[A-Za-z]:.*");
        if (isAbsolute || List.of(name.split("/", -1)).contains("..")) {
            throw refused(file, "has the entry " + name + ", which leads out of it");
        }
    }

    private static QuireException refused(Path file, String why) {
        return new QuireException(file + " " + why + ": the whole file is refused");
    }

    /** Whether it holds a program, not only weights. */
    public boolean isScript() {
        return zip.getEntry(root + "constants.pkl") != null
                && zip.stream().anyMatch(entry -> entry.getName().startsWith(root + "code/"));
    }

    /** Texts that were saved beside the program, by name. */
    public Map<String, String> extraFiles() {
        String folder = root + "extra/";
        Map<String, String> out = new LinkedHashMap<>();
        List<? extends ZipEntry> entries = zip.stream()
                .filter(entry -> entry.getName().startsWith(folder) && !entry.isDirectory())
                .toList();
        for (ZipEntry entry : entries) {
            if (entry.getSize() <= MOST_TEXT) {
                byte[] content = bytes(entry.getName().substring(root.length()), MOST_TEXT);
                out.put(entry.getName().substring(folder.length()), new String(content, StandardCharsets.UTF_8));
            }
        }
        return out;
    }

    /** The names of the entries below a folder, without the root. */
    public List<String> names(String folder) {
        List<String> out = new ArrayList<>();
        zip.stream()
                .map(ZipEntry::getName)
                .filter(name -> name.startsWith(root + folder))
                .forEach(name -> out.add(name.substring(root.length())));
        return out;
    }

    /**
     * The texts of its program, wherever they lie: libtorch takes no notice of upper and lower case in their names.
     *
     * @param most bytes of one
     */
    public List<String> programs(long most) {
        return zip.stream()
                .filter(entry -> entry.getName().toLowerCase(Locale.ROOT).endsWith(".py"))
                .map(entry -> new String(bytes(entry, entry.getName(), most), StandardCharsets.UTF_8))
                .toList();
    }

    /**
     * An entry whole.
     *
     * @param name without the root
     * @param most that is read of it, in bytes
     * @throws QuireException when it is missing, larger, or not as long as it claims
     */
    public byte[] bytes(String name, long most) {
        ZipEntry entry = zip.getEntry(root + name);
        if (entry == null) {
            throw new QuireException(file + " has no entry " + name + ": it was cut off, or altered");
        }
        return bytes(entry, name, most);
    }

    private byte[] bytes(ZipEntry entry, String name, long most) {
        if (entry.getSize() < 0 || entry.getSize() > Math.min(most, Integer.MAX_VALUE - 16)) {
            throw refused(
                    file,
                    String.format(
                            Locale.ROOT,
                            "has the entry %s of %,d bytes, at most %,d are read",
                            name,
                            entry.getSize(),
                            most));
        }
        try (InputStream in = zip.getInputStream(entry)) {
            byte[] content = in.readNBytes((int) entry.getSize() + 1);
            if (content.length != entry.getSize()) {
                throw refused(file, "has the entry " + name + ", which is not as long as it claims");
            }
            return content;
        } catch (IOException e) {
            throw new QuireException(file + ": the entry " + name + " is damaged: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        try {
            zip.close();
        } catch (IOException e) {
            throw new QuireException(file + " cannot be closed: " + e.getMessage(), e);
        }
    }
}
