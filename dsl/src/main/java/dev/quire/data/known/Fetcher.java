package dev.quire.data.known;

import dev.quire.QuireException;
import dev.quire.data.DataFolders;
import dev.quire.data.Progress;
import dev.quire.data.known.Manifest.Resource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Collectors;

/** Brings the files of one dataset: from a folder of this machine, else from the network. */
final class Fetcher {
    private final Manifest manifest;
    private final DataFolders folders;
    private final Progress progress;

    Fetcher(Manifest manifest, DataFolders folders, Progress progress) {
        this.manifest = manifest;
        this.folders = folders;
        this.progress = progress;
    }

    /** Reads the checked contents of a file. */
    void read(Resource resource, Contents.Reader reader) {
        Path download = folders.downloads(manifest.name());
        Optional<Path> found = folders.find(manifest.name(), resource.file());
        try {
            if (found.isPresent() && !found.get().startsWith(download)) {
                readOwn(found.get(), resource, reader);
            } else if (found.isEmpty() || !readCached(found.get(), resource, reader)) {
                Contents.read(download(resource, download), resource, reader);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(resource.file() + " of " + manifest.name() + " cannot be read", e);
        }
    }

    private static void readOwn(Path file, Resource resource, Contents.Reader reader) {
        try {
            Contents.read(file, resource, reader);
        } catch (IOException e) {
            throw new QuireException(
                    file + " is not the published file: " + e.getMessage() + ": replace it, or take it away", e);
        }
    }

    /** Reads a file of the cache; one that is damaged is taken away. */
    private static boolean readCached(Path file, Resource resource, Contents.Reader reader) throws IOException {
        try {
            Contents.read(file, resource, reader);
            return true;
        } catch (IOException e) {
            Files.delete(file);
            return false;
        }
    }

    private Path download(Resource resource, Path folder) {
        try {
            Files.createDirectories(folder);
            return new Download(manifest.name(), resource, progress).into(folder);
        } catch (IOException e) {
            String places = folders.folders(manifest.name()).stream()
                    .map(Path::toString)
                    .collect(Collectors.joining(" nor in "));
            throw new QuireException(
                    "%s is not on this machine: there is no %s in %s, and it could not be downloaded: %s. %s"
                            .formatted(
                                    manifest.name(),
                                    resource.file(),
                                    places,
                                    e.getMessage(),
                                    "Connect to the network, or put the file there (QUIRE_DATASETS names a folder to"
                                            + " look in first)"),
                    e);
        }
    }
}
