package dev.quire.kernel.history;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.quire.kernel.kernelspec.JupyterPaths;
import dev.quire.kernel.mime.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A history as a file with one JSON object on each line. Lines are only added, under a lock, so that several kernels can
 * share the file; a line that was not written to its end is passed over. When the file has grown too large, the older
 * half is left out at the next start.
 */
public final class HistoryFile implements History {
    private static final long LARGEST = 8L << 20;
    private static final int LONGEST_OUTPUT = 10_000;
    private static final int LONGEST_SOURCE = 200_000;
    private static final String BEGIN = "{\"session\":";

    /** Threads of one process cannot share a lock on a file. */
    private static final Object THIS_PROCESS = new Object();

    private final Path file;
    private final int session;

    private HistoryFile(Path file, int session) {
        this.file = file;
        this.session = session;
    }

    /** What is done while no other kernel writes. */
    @FunctionalInterface
    private interface Work<T> {
        T run() throws IOException;
    }

    /**
     * Begins a session in this file, which is made where there is none.
     *
     * @throws IOException if it cannot be read or written
     */
    public static HistoryFile open(Path file) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        int session = alone(file, () -> {
            keepFromOthers(file);
            shorten(file);
            int last =
                    lines(file).stream().mapToInt(HistoryFile::sessionOf).max().orElse(0);
            // Claims the number: another kernel may start before the first cell is run.
            append(file, new Entry(last + 1, 0, "", ""));
            return last + 1;
        });
        return new HistoryFile(file, session);
    }

    /** Where the cells of this user are kept: those of notebooks and of the prompt together. */
    public static Path place() {
        return JupyterPaths.standard().data().resolve("quire").resolve("history.jsonl");
    }

    /** What somebody has typed is nobody else's business. */
    private static void keepFromOthers(Path file) throws IOException {
        if (!file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            return;
        }
        Set<PosixFilePermission> own = PosixFilePermissions.fromString("rw-------");
        if (!Files.exists(file)) {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(own));
        } else if (!Files.getPosixFilePermissions(file).equals(own)) {
            Files.setPosixFilePermissions(file, own);
        }
    }

    @Override
    public int session() {
        return session;
    }

    @Override
    public void add(int line, String source, String output) {
        if (source.length() > LONGEST_SOURCE) {
            return;
        }
        String kept = output.length() > LONGEST_OUTPUT ? output.substring(0, LONGEST_OUTPUT) : output;
        try {
            alone(file, () -> {
                append(file, new Entry(session, line, source, kept));
                return session;
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public List<Entry> entries() {
        try {
            return read(file).stream().filter(entry -> entry.line() > 0).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static <T> T alone(Path file, Work<T> work) throws IOException {
        synchronized (THIS_PROCESS) {
            Path guard = file.resolveSibling(file.getFileName() + ".lock");
            try (FileChannel channel = FileChannel.open(guard, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock lock = channel.lock()) {
                assert lock.isValid();
                return work.run();
            }
        }
    }

    /** On a line of its own, even if what stands before it has lost its end. */
    private static void append(Path file, Entry entry) throws IOException {
        String json = json(entry);
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            long end = channel.size();
            ByteBuffer last = ByteBuffer.allocate(1);
            boolean isWhole = end == 0 || (channel.read(last, end - 1) == 1 && last.get(0) == '\n');
            ByteBuffer line = ByteBuffer.wrap(((isWhole ? "" : "\n") + json + "\n").getBytes(StandardCharsets.UTF_8));
            while (line.hasRemaining()) {
                end += channel.write(line, end);
            }
        }
    }

    private static String json(Entry entry) {
        return Json.write(JsonNodeFactory.instance
                .objectNode()
                .put("session", entry.session())
                .put("line", entry.line())
                .put("source", entry.source())
                .put("output", entry.output()));
    }

    private static List<String> lines(Path file) throws IOException {
        return Files.exists(file)
                ? new String(Files.readAllBytes(file), StandardCharsets.UTF_8)
                        .lines()
                        .toList()
                : List.of();
    }

    private static List<Entry> read(Path file) throws IOException {
        return lines(file).stream().flatMap(line -> entry(line).stream()).toList();
    }

    private static Optional<Entry> entry(String line) {
        try {
            JsonNode json = Json.read(line);
            if (json.path("session").canConvertToInt() && json.path("line").canConvertToInt()) {
                return Optional.of(new Entry(
                        json.get("session").asInt(),
                        json.get("line").asInt(),
                        json.path("source").asText(),
                        json.path("output").asText()));
            }
        } catch (IOException e) {
            // Half a line, from a kernel that was ended while it wrote.
        }
        return Optional.empty();
    }

    /** The session of a line, 0 where it has none. As these files are written it is the first thing that a line says. */
    private static int sessionOf(String line) {
        int end = line.indexOf(',');
        if (line.startsWith(BEGIN) && end > BEGIN.length()) {
            try {
                return Integer.parseInt(line, BEGIN.length(), end, 10);
            } catch (NumberFormatException e) {
                // Written by something else.
            }
        }
        return entry(line).map(Entry::session).orElse(0);
    }

    private static void shorten(Path file) throws IOException {
        if (!Files.exists(file) || Files.size(file) < LARGEST) {
            return;
        }
        List<Entry> entries = read(file);
        Path shorter = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(shorter);
        List<String> lines = new ArrayList<>();
        for (Entry entry : entries.subList(entries.size() / 2, entries.size())) {
            lines.add(json(entry));
        }
        keepFromOthers(shorter);
        Files.writeString(shorter, lines.stream().map(line -> line + "\n").collect(Collectors.joining()));
        Files.move(shorter, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }
}
