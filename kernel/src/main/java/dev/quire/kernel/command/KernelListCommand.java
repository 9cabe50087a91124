package dev.quire.kernel.command;

import dev.quire.kernel.kernelspec.InstalledKernel;
import dev.quire.kernel.kernelspec.JupyterPaths;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

@Command(name = "list", description = "Say which of Quire's kernels Jupyter finds here, and where.")
final class KernelListCommand implements Callable<Integer> {
    @Override
    public Integer call() {
        PrintStream out = System.out;
        List<InstalledKernel> kernels = JupyterPaths.standard().all().stream()
                .flatMap(folder -> folder.kernels().stream())
                .toList();
        if (kernels.isEmpty()) {
            out.println("none is installed: ./quire kernel install");
        }
        for (InstalledKernel kernel : kernels) {
            out.println(kernel.name() + ", \"" + kernel.displayName() + "\", " + kernel.folder());
            kernel.launcher()
                    .filter(launcher -> !Files.exists(launcher))
                    .ifPresent(launcher -> out.println(dead(kernel, launcher)));
        }
        return 0;
    }

    private static String dead(InstalledKernel kernel, Path launcher) {
        return "  it starts " + launcher + ", which is gone: ./quire kernel install --name " + kernel.name();
    }
}
