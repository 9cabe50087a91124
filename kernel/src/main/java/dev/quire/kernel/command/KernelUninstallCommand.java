package dev.quire.kernel.command;

import dev.quire.kernel.kernelspec.JupyterPaths;
import dev.quire.kernel.kernelspec.KernelFolder;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "uninstall", description = "Take the kernel out of Jupyter.")
final class KernelUninstallCommand implements Callable<Integer> {
    @Mixin
    private KernelPlace place = new KernelPlace();

    @Option(
            names = "--name",
            paramLabel = "NAME",
            description = "Which one; \"" + KernelInstallCommand.NAME + "\" unless said.")
    private String name = KernelInstallCommand.NAME;

    @Override
    public Integer call() {
        KernelFolder folder = place.folder(JupyterPaths.standard());
        folder.uninstall(name);
        System.out.println("removed the kernel " + name + " from " + folder.path());
        return 0;
    }
}
