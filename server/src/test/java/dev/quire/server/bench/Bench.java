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
        for (String argument : arguments) {
            if (argument.startsWith("--requests=")) {
                requests = Integer.parseInt(argument.substring("--requests=".length()));
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
        new InferenceFigures(requests, work).print();
        System.exit(0);
    }
}
