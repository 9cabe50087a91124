package dev.quire.data.known;

import dev.quire.data.Fingerprint;
import dev.quire.data.Progress;
import dev.quire.data.known.Manifest.Content;
import dev.quire.data.known.Manifest.Resource;
import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * Downloads one file: its addresses in order, each resumed where an earlier attempt broke off, until the content is
 * what it should be. What fails its check is not kept.
 */
final class Download {
    private static final int ATTEMPTS = 4;
    private static final Object ONE_AT_A_TIME = new Object();

    private final String what;
    private final Resource resource;
    private final Progress progress;

    Download(String dataset, Resource resource, Progress progress) {
        this.what = dataset + ": " + resource.file();
        this.resource = resource;
        this.progress = progress;
    }

    /**
     * Downloads to a folder. Another process that downloads the same file is waited for.
     *
     * @return the file
     * @throws IOException naming every address and why it failed
     */
    Path into(Path folder) throws IOException {
        Path target = folder.resolve(resource.file());
        Path lock = folder.resolve(resource.file() + ".lock");
        synchronized (ONE_AT_A_TIME) {
            try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock held = channel.lock()) {
                if (!held.isValid() || !Files.exists(target)) {
                    fromAnywhere(target);
                }
            } finally {
                progress.close();
            }
        }
        return target;
    }

    private void fromAnywhere(Path target) throws IOException {
        List<String> failures = new ArrayList<>();
        for (URI url : resource.urls()) {
            try {
                Files.move(from(url, part(url, target)), target, StandardCopyOption.REPLACE_EXISTING);
                for (URI other : resource.urls()) {
                    Files.deleteIfExists(part(other, target));
                }
                return;
            } catch (IOException e) {
                failures.add(url + ": " + RemoteFile.reason(e));
            }
        }
        throw new IOException(String.join("; ", failures));
    }

    /** Each address has its own partial file: mirrors may compress differently. */
    private static Path part(URI url, Path target) {
        byte[] address = url.toString().getBytes(StandardCharsets.UTF_8);
        String mark = Fingerprint.hex(Fingerprint.sha256().digest(address)).substring(0, 8);
        return target.resolveSibling(target.getFileName() + "." + mark + ".part");
    }

    private Path from(URI url, Path part) throws IOException {
        boolean resumed = Files.exists(part);
        complete(url, part);
        try {
            check(part);
        } catch (IOException e) {
            Files.deleteIfExists(part);
            if (!resumed) {
                throw e;
            }
            complete(url, part);
            checkOrDelete(part);
        }
        return part;
    }

    private void checkOrDelete(Path part) throws IOException {
        try {
            check(part);
        } catch (IOException e) {
            Files.deleteIfExists(part);
            throw e;
        }
    }

    private void check(Path part) throws IOException {
        Contents.read(part, resource, (name, bytes) -> {});
    }

    /** Goes on where the connection was cut, as long as each attempt brings something. */
    private void complete(URI url, Path part) throws IOException {
        RemoteFile remote = new RemoteFile(url, most());
        for (int attempt = 1; ; attempt++) {
            long before = Files.exists(part) ? Files.size(part) : 0;
            try {
                remote.appendTo(part, (done, total) -> progress.update(what, done, total, Progress.Unit.BYTES));
                return;
            } catch (RemoteFile.Refused e) {
                throw e;
            } catch (IOException e) {
                boolean progressed = Files.exists(part) && Files.size(part) > before;
                if (attempt >= ATTEMPTS || !progressed) {
                    throw e;
                }
            }
        }
    }

    /** More bytes than this cannot be the file: compressed it is not larger than its contents, but for headers. */
    private long most() {
        return (1 << 20)
                + resource.contents().stream().mapToLong(Content::bytes).sum() * 11 / 10;
    }
}
