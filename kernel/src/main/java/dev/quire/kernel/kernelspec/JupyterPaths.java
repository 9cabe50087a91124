package dev.quire.kernel.kernelspec;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Where Jupyter keeps its data on this machine, as its documentation says.
 *
 * @param environment the environment variables
 * @param system the name of the operating system, as Java calls it
 * @param home the user's folder
 */
public record JupyterPaths(Map<String, String> environment, String system, Path home) {
    public JupyterPaths {
        environment = Map.copyOf(environment);
    }

    /** Those of this process. */
    public static JupyterPaths standard() {
        return new JupyterPaths(
                System.getenv(), System.getProperty("os.name", ""), Path.of(System.getProperty("user.home", "")));
    }

    /** The user's own kernels. */
    public KernelFolder user() {
        return new KernelFolder(data().resolve("kernels"));
    }

    /** The user's data. */
    public Path data() {
        return variable("JUPYTER_DATA_DIR").orElseGet(() -> {
            String name = system.toLowerCase(Locale.ROOT);
            if (name.startsWith("mac")) {
                return home.resolve("Library").resolve("Jupyter");
            }
            if (name.startsWith("windows")) {
                return variable("APPDATA")
                        .map(folder -> folder.resolve("jupyter"))
                        .orElseGet(() -> home.resolve(".jupyter").resolve("data"));
            }
            return variable("XDG_DATA_HOME")
                    .orElseGet(() -> home.resolve(".local").resolve("share"))
                    .resolve("jupyter");
        });
    }

    /** The prefix of the Python environment that is in use: the active one, or that of the first jupyter on the path. */
    public Optional<Path> environmentPrefix() {
        return variable("VIRTUAL_ENV")
                .or(() -> variable("CONDA_PREFIX"))
                .or(() -> jupyter().map(Path::getParent).map(Path::getParent));
    }

    /** The command {@code jupyter}. */
    public Optional<Path> jupyter() {
        return Stream.of(environment.getOrDefault("PATH", "").split(File.pathSeparator))
                .filter(folder -> !folder.isEmpty())
                .flatMap(folder -> Stream.of("jupyter", "jupyter.exe").map(Path.of(folder)::resolve))
                .filter(Files::isExecutable)
                .map(Path::toAbsolutePath)
                .findFirst();
    }

    /** Wherever Jupyter looks for kernels, as far as it can be told from outside it. */
    public List<KernelFolder> all() {
        Set<KernelFolder> all = new LinkedHashSet<>();
        Stream.of(environment.getOrDefault("JUPYTER_PATH", "").split(File.pathSeparator))
                .filter(folder -> !folder.isEmpty())
                .forEach(folder -> all.add(new KernelFolder(Path.of(folder, "kernels"))));
        all.add(user());
        environmentPrefix().map(KernelFolder::below).ifPresent(all::add);
        all.add(KernelFolder.below(Path.of("/usr/local")));
        all.add(KernelFolder.below(Path.of("/usr")));
        return List.copyOf(all);
    }

    private Optional<Path> variable(String name) {
        return Optional.ofNullable(environment.get(name))
                .filter(value -> !value.isEmpty())
                .map(Path::of);
    }
}
