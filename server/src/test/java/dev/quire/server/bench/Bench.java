package dev.quire.server.bench;

import dev.quire.engine.Torch;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** Prints the figures of the server; see {@code server/bench/run}. */
public final class Bench {
    private Bench() {}

    public static void main(String[] arguments) throws Exception {
        Locale.setDefault(Locale.ROOT);
        int requests = 20_000;
        int seconds = 60;
        int pairs = 3;
        int rounds = 3;
        String only = "";
        for (String argument : arguments) {
            if (argument.startsWith("--requests=")) {
                requests = Integer.parseInt(argument.substring("--requests=".length()));
            } else if (argument.startsWith("--seconds=")) {
                seconds = Integer.parseInt(argument.substring("--seconds=".length()));
            } else if (argument.startsWith("--pairs=")) {
                pairs = Integer.parseInt(argument.substring("--pairs=".length()));
            } else if (argument.startsWith("--rounds=")) {
                rounds = Integer.parseInt(argument.substring("--rounds=".length()));
            } else if (argument.startsWith("--only=")) {
                only = argument.substring("--only=".length());
            } else if (argument.startsWith("--threads=")) {
                Torch.threads(Integer.parseInt(argument.substring("--threads=".length())));
            } else {
                System.err.println("unknown argument " + argument + ": see server/bench/run");
                System.exit(2);
            }
        }
        Path work = Files.createTempDirectory("quire-bench");
        System.out.printf(
                "Quire's server on %s, libtorch %s, Java %s, %d processors%n",
                Torch.device(),
                Torch.version(),
                System.getProperty("java.version"),
                Runtime.getRuntime().availableProcessors());
        if (only.isEmpty() || only.equals("inference")) {
            new InferenceFigures(requests, rounds, work).print();
        }
        if (only.isEmpty() || only.equals("watchers")) {
            new WatcherFigures(work, pairs, 1).print();
        }
        if (only.isEmpty() || only.equals("mixed")) {
            new MixedFigures(work, seconds).print();
        }
        System.exit(0);
    }
}
