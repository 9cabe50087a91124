package dev.quire.kernel.command;

import dev.quire.QuireException;
import java.io.PrintWriter;
import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.IExecutionExceptionHandler;

/** What {@code ./quire} starts. Exit codes: 0 done, 1 it failed, 2 it was called wrongly, 130 it was interrupted. */
@Command(
        name = "quire",
        description = "Deep learning in Java, cell by cell.",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        versionProvider = Versions.class,
        subcommands = {
            RunCommand.class,
            ShellCommand.class,
            ExportCommand.class,
            ReplayCommand.class,
            ServeCommand.class,
            WatchCommand.class,
            KernelCommand.class,
            DoctorCommand.class,
            ClasspathCommand.class,
            WarmUpCommand.class,
            HelpCommand.class
        })
public final class Main implements Runnable {
    static final int FAILED = 1;
    static final int USAGE = 2;
    static final int INTERRUPTED = 130;

    private Main() {}

    public static void main(String[] arguments) {
        System.exit(isJupyters(arguments) ? KernelStartCommand.start(Path.of(arguments[2])) : execute(arguments));
    }

    /** Jupyter's own call does without picocli, which takes a quarter of a kernel's start. */
    private static boolean isJupyters(String[] arguments) {
        return arguments.length == 3
                && arguments[0].equals("kernel")
                && arguments[1].equals("start")
                && !arguments[2].startsWith("-");
    }

    static int execute(String... arguments) {
        CommandLine line = new CommandLine(new Main()).setExecutionExceptionHandler(shortly());
        addHelp(line);
        return line.execute(arguments);
    }

    /** To every word below this one, and the words below those. */
    private static void addHelp(CommandLine line) {
        line.getSubcommands().values().stream()
                .filter(command -> !(command.getCommand() instanceof HelpCommand))
                .forEach(command -> {
                    command.addMixin("help", new Help());
                    addHelp(command);
                });
    }

    /** A QuireException is for the user: its message is all there is to say. */
    private static IExecutionExceptionHandler shortly() {
        return (exception, command, parsed) -> {
            if (!(exception instanceof QuireException)) {
                throw exception;
            }
            PrintWriter err = command.getErr();
            err.println(command.getCommandSpec().qualifiedName() + ": " + exception.getMessage());
            err.flush();
            return USAGE;
        };
    }

    /** Without a command: what there is. */
    @Override
    public void run() {
        CommandLine.usage(this, System.out);
    }
}
