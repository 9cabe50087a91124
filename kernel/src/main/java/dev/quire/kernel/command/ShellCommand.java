package dev.quire.kernel.command;

import dev.quire.kernel.shell.Shell;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "shell", description = "A prompt with the words of Quire; TAB completes, /exit leaves.")
final class ShellCommand implements Callable<Integer> {
    @Mixin
    private Help help = new Help();

    @Override
    public Integer call() throws Exception {
        return Shell.run();
    }
}
