package dev.quire.kernel.jupyter;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Where Jupyter keeps a user's data. */
final class JupyterFolders {
    private JupyterFolders() {}

    static Path data(Map<String, String> environment) {
        Path home = Path.of(System.getProperty("user.home"));
        boolean isMac = System.getProperty("os.name").startsWith("Mac");
        return named(environment, "JUPYTER_DATA_DIR")
                .or(() -> isMac
                        ? Optional.of(home.resolve("Library/Jupyter"))
                        : named(environment, "XDG_DATA_HOME").map(data -> data.resolve("jupyter")))
                .orElseGet(() -> home.resolve(".local/share/jupyter"));
    }

    private static Optional<Path> named(Map<String, String> environment, String variable) {
        return Optional.ofNullable(environment.get(variable))
                .filter(value -> !value.isBlank())
                .map(Path::of);
    }
}
