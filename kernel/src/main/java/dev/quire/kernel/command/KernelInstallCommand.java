package dev.quire.kernel.command;

import dev.quire.QuireException;
import dev.quire.kernel.kernelspec.JupyterPaths;
import dev.quire.kernel.kernelspec.KernelFolder;
import dev.quire.kernel.kernelspec.KernelSpec;
import dev.quire.kernel.machine.Jdk;
import dev.quire.kernel.machine.JvmArguments;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "install",
        description = {
            "Make the kernel known to Jupyter.",
            "It runs from this folder, with the JDK that runs this command."
        })
final class KernelInstallCommand implements Callable<Integer> {
    static final String NAME = "quire";

    @Mixin
    private KernelPlace place = new KernelPlace();

    @Option(names = "--name", paramLabel = "NAME", description = "What Jupyter calls it; \"" + NAME + "\" unless said.")
    private String name = NAME;

    @Option(
            names = "--display-name",
            paramLabel = "TEXT",
            description = "What Jupyter shows; \"Quire (Java)\" unless said.")
    private @Nullable String displayName;

    @Option(
            names = "--jvm-arg",
            paramLabel = "OPTION",
            description = "An option of Java, as in --jvm-arg=-Xmx8g; any number of times.")
    private List<String> jvmArguments = new ArrayList<>();

    @Override
    public Integer call() throws InterruptedException {
        JupyterPaths paths = JupyterPaths.standard();
        KernelFolder folder = place.folder(paths);
        Jdk jdk = Jdk.running();
        KernelSpec spec = new KernelSpec(name, title(), launcher(), jdk.home(), jvmArguments);
        JvmArguments.require(jdk.home(), jvmArguments);
        boolean isReplaced = folder.install(spec);
        PrintStream out = System.out;
        out.println((isReplaced ? "replaced" : "installed") + " the kernel " + name + ", \"" + spec.displayName()
                + "\", in " + folder.path().resolve(name));
        out.println("it runs with JDK " + jdk);
        if (!paths.all().contains(folder)) {
            out.println("Jupyter looks there in its own environment, or with JUPYTER_PATH="
                    + folder.path().getParent());
        }
        if (paths.jupyter().isEmpty()) {
            out.println("there is no jupyter on the PATH: install it, for instance with pip install jupyterlab");
        }
        out.println("next: jupyter lab " + notebooks(spec.launcher()));
        return 0;
    }

    /** A second kernel needs a title of its own to be told from the first. */
    private String title() {
        if (displayName != null) {
            return displayName;
        }
        return name.equals(NAME) ? "Quire (Java)" : "Quire (Java, " + name + ")";
    }

    private static Path launcher() {
        String launcher = System.getProperty("quire.launcher");
        if (launcher == null) {
            throw new QuireException(
                    "Jupyter would not know what to start: install the kernel with ./quire kernel install");
        }
        return Path.of(launcher);
    }

    private static String notebooks(Path launcher) {
        Path folder = launcher.resolveSibling("notebooks");
        Path here = Path.of("").toAbsolutePath();
        return (folder.startsWith(here) ? here.relativize(folder) : folder) + "/";
    }
}
