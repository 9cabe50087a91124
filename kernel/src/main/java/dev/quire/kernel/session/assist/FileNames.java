package dev.quire.kernel.session.assist;

import dev.quire.kernel.session.assist.Completions.Completion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Completion of file names, inside the quotes of a call that takes one. */
final class FileNames {
    private static final Set<String> TAKE_A_FILE = Set.of("imageFolder", "csv", "of", "get", "File", "open");
    private static final int MOST = 200;

    private FileNames() {}

    static Completions complete(Spot spot) {
        String typed = spot.source().substring(spot.quote(), spot.cursor());
        int start = spot.quote() + typed.lastIndexOf('/') + 1;
        if (!TAKE_A_FILE.contains(spot.callee()) || typed.contains("\n")) {
            return new Completions(spot.cursor(), spot.cursor(), List.of());
        }
        String folder = typed.substring(0, typed.lastIndexOf('/') + 1);
        return new Completions(start, spot.cursor(), names(folder, typed.substring(folder.length())));
    }

    private static List<Completion> names(String folder, String prefix) {
        try (Stream<Path> files = Files.list(Path.of(folder))) {
            return files.filter(file -> isOffered(file.getFileName().toString(), prefix))
                    .sorted()
                    .limit(MOST)
                    .map(file -> {
                        boolean isFolder = Files.isDirectory(file);
                        String name = file.getFileName().toString();
                        return new Completion(isFolder ? name + "/" : name, isFolder ? "folder" : "file", "", "", true);
                    })
                    .toList();
        } catch (IOException | InvalidPathException e) {
            // What is typed so far names no folder: there is nothing to offer.
            return List.of();
        }
    }

    private static boolean isOffered(String name, String prefix) {
        return name.startsWith(prefix) && (!name.startsWith(".") || prefix.startsWith("."));
    }
}
