package dev.quire.bench;

import dev.quire.QuireException;
import dev.quire.engine.Torch;
import dev.quire.run.Run;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What needs a process of its own: memory over many runs, and the same run in another process. */
final class Child {
    private static final String ANSWER = "answer: ";
    private static final int RUNS = 50;
    private static final int SETTLED = 5;

    private Child() {}

    public static void main(String[] arguments) throws IOException {
        Torch.threads(Integer.parseInt(arguments[1]));
        switch (arguments[0]) {
            case "reruns" -> System.out.println(ANSWER + reruns());
            case "repeat" -> System.out.println(ANSWER + fingerprint());
            default -> throw new IllegalArgumentException(arguments[0]);
        }
    }

    /** Asks a child process. */
    static String ask(String what, int threads) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(
                List.of("-cp", System.getProperty("java.class.path"), Child.class.getName(), what, "" + threads));
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            List<String> said = new ArrayList<>();
            try (BufferedReader lines =
                    new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
                lines.lines().forEach(said::add);
            }
            return said.stream()
                    .filter(line -> line.startsWith(ANSWER))
                    .map(line -> line.substring(ANSWER.length()))
                    .findFirst()
                    .orElseThrow(() -> new QuireException("the child process for " + what + " failed: " + said));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Resident memory, in megabytes, after the fifth of many runs of one cell, and after the last. */
    private static String reruns() throws IOException {
        double settled = 0;
        for (int i = 1; i <= RUNS; i++) {
            Checks.digits(2);
            if (i == SETTLED) {
                settled = residentMegabytes();
            }
        }
        double last = residentMegabytes();
        return "%.0f MB, then %.0f MB: %+.1f %%".formatted(settled, last, 100 * (last / settled - 1));
    }

    private static double residentMegabytes() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToDouble(line -> Double.parseDouble(line.replaceAll("[^0-9]", "")) / 1024)
                .findFirst()
                .orElseThrow();
    }

    /** Of the weights and the metrics of a short run. */
    static String fingerprint() {
        Run run = Checks.digits(3);
        return Checks.hash(run);
    }
}
