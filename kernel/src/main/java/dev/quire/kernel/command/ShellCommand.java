package dev.quire.kernel.command;

import dev.quire.kernel.shell.Shell;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

@Command(
        name = "shell",
        description = {
            "A prompt that speaks the language of notebooks; TAB completes, /help says more, /exit leaves.",
            "Without a terminal it runs its input line by line: values go to the output, errors to standard error."
        })
final class ShellCommand implements Callable<Integer> {
    @Override
    public Integer call() throws Exception {
        return Shell.run();
    }
}
