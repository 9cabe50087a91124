package dev.quire.kernel.command;

import picocli.CommandLine.Option;

/** The option that every command below quire has. */
final class Help {
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    @SuppressWarnings("UnusedVariable") // picocli sets it and acts on it
    private boolean isWanted;
}
