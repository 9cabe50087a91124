package dev.quire.kernel.command;

import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "kernel",
        description = "Quire inside Jupyter.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            KernelInstallCommand.class,
            KernelListCommand.class,
            KernelUninstallCommand.class,
            KernelStartCommand.class
        })
final class KernelCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(new CommandLine(spec), "Say which: " + String.join(", ", words()));
    }

    /** Those that help shows. */
    private List<String> words() {
        return spec.subcommands().values().stream()
                .map(CommandLine::getCommandSpec)
                .filter(word -> !word.usageMessage().hidden())
                .map(CommandSpec::name)
                .toList();
    }
}
