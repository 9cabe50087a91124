package dev.quire.kernel.command;

import dev.quire.kernel.shell.Shell;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

@Command(name = "shell", description = "A prompt with the words of Quire; TAB completes, /exit leaves.")
final class ShellCommand implements Callable<Integer> {
    @Override
    public Integer call() throws Exception {
        return Shell.run();
    }
}
