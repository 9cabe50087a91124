package dev.quire.kernel.command;

import dev.quire.QuireException;
import dev.quire.kernel.kernelspec.JupyterPaths;
import dev.quire.kernel.kernelspec.KernelFolder;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** The options that say where a kernel lies. */
final class KernelPlace {
    @ArgGroup
    private @Nullable Choice choice;

    @SuppressWarnings("UnusedVariable") // picocli sets them; the user's folder is the default
    private static final class Choice {
        @Option(names = "--user", description = "In the user's folder of Jupyter; so without any of the three.")
        private boolean user;

        @Option(
                names = "--prefix",
                paramLabel = "FOLDER",
                description = "In FOLDER/share/jupyter/kernels, such as that of an environment.")
        private @Nullable Path prefix;

        @Option(names = "--sys-prefix", description = "In the Python environment that is active.")
        private boolean environment;
    }

    KernelFolder folder(JupyterPaths paths) {
        if (choice != null && choice.prefix != null) {
            return KernelFolder.below(choice.prefix.toAbsolutePath().normalize());
        }
        if (choice != null && choice.environment) {
            return paths.environmentPrefix()
                    .map(KernelFolder::below)
                    .orElseThrow(
                            () -> new QuireException("--sys-prefix: no Python environment is active, and there is no"
                                    + " jupyter on the PATH: activate one, or name its folder with --prefix"));
        }
        return paths.user();
    }
}
