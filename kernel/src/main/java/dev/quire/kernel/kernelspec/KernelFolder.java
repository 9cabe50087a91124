package dev.quire.kernel.kernelspec;

import dev.quire.QuireException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A folder of kernels, where Jupyter looks.
 *
 * @param path ends in {@code kernels}; need not exist
 */
public record KernelFolder(Path path) {
    private static final List<String> LOGOS = List.of("logo-32x32.png", "logo-64x64.png", "logo-svg.svg");

    /** The folder below an environment such as {@code /usr/local}. */
    public static KernelFolder below(Path prefix) {
        return new KernelFolder(prefix.resolve("share").resolve("jupyter").resolve("kernels"));
    }

    /**
     * Writes a kernel's files; one of Quire's that is there is replaced.
     *
     * @return whether there was one
     * @throws QuireException if another kernel has the name, or the folder cannot be written
     */
    public boolean install(KernelSpec spec) {
        Path folder = path.resolve(spec.name());
        Optional<InstalledKernel> old = InstalledKernel.in(folder);
        if (old.isPresent()) {
            requireQuires(old.get(), "name this one otherwise, with --name");
        }
        try {
            Files.createDirectories(folder);
            for (String logo : LOGOS) {
                try (InputStream in = KernelFolder.class.getResourceAsStream("/dev/quire/kernel/kernelspec/" + logo)) {
                    if (in == null) {
                        throw new FileNotFoundException(logo + " is missing in the jar");
                    }
                    Files.copy(in, folder.resolve(logo), StandardCopyOption.REPLACE_EXISTING);
                }
            }
            Files.writeString(folder.resolve("kernel.json"), spec.json());
        } catch (IOException e) {
            throw new QuireException(
                    folder + " cannot be written (" + reason(e) + "): choose another place with --user or --prefix", e);
        }
        return old.isPresent();
    }

    /**
     * Removes a kernel of Quire's.
     *
     * @throws QuireException if there is none of that name, or it is another's
     */
    public void uninstall(String name) {
        Path folder = path.resolve(KernelSpec.requireName(name));
        InstalledKernel kernel = InstalledKernel.in(folder)
                .orElseThrow(() -> new QuireException("there is no kernel " + name + " in " + path
                        + ": ./quire kernel list says where there are some"));
        requireQuires(kernel, "it is left alone");
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
            Files.delete(folder);
        } catch (IOException e) {
            throw new QuireException(folder + " cannot be removed (" + reason(e) + ")", e);
        }
    }

    /** The kernels of Quire's in this folder, by name. */
    public List<InstalledKernel> kernels() {
        if (!Files.isDirectory(path)) {
            return List.of();
        }
        try (Stream<Path> folders = Files.list(path)) {
            return folders.filter(folder -> Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS))
                    .sorted()
                    .flatMap(folder -> InstalledKernel.in(folder).stream())
                    .filter(kernel -> kernel.launcher().isPresent())
                    .toList();
        } catch (IOException e) {
            throw new QuireException(path + " cannot be read (" + reason(e) + ")", e);
        }
    }

    private static void requireQuires(InstalledKernel kernel, String remedy) {
        if (kernel.launcher().isEmpty()) {
            throw new QuireException(
                    "the kernel " + kernel.name() + " in " + kernel.folder() + " is not Quire's: " + remedy);
        }
    }

    /** The message of a file system's error is often the path alone. */
    private static String reason(IOException e) {
        if (e instanceof FileSystemException file && file.getReason() != null) {
            return file.getReason().toLowerCase(Locale.ROOT);
        }
        String name = e.getClass().getSimpleName().replace("Exception", "");
        return name.replaceAll("([a-z])([A-Z])", "$1 $2").toLowerCase(Locale.ROOT);
    }
}
