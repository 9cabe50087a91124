package dev.quire.server.bench;

import com.sun.management.OperatingSystemMXBean;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * Load from another process.
 *
 * @param port of the server
 * @param clients connections
 * @param requests to measure; a quarter as many come before, unmeasured
 * @param rate requests a second; 0 for as many as are answered
 * @param files with one request each
 */
record Loading(int port, int clients, int requests, double rate, List<Path> files) {
    /**
     * What the load generator saw.
     *
     * @param rate requests a second
     * @param p50 milliseconds, as the others
     * @param load what the load generator itself took from the processors, milliseconds a request
     * @param processor what this process, the server, took from them
     */
    record Seen(double rate, double p50, double p99, double most, int failed, double load, double processor) {
        private static Seen of(String line, double processor) {
            String[] words = line.strip().split(" ");
            return new Seen(
                    Double.parseDouble(words[0]),
                    Double.parseDouble(words[1]),
                    Double.parseDouble(words[2]),
                    Double.parseDouble(words[3]),
                    Integer.parseInt(words[4]),
                    Double.parseDouble(words[5]),
                    processor);
        }

        /** The median of each figure; all failures. */
        static Seen median(List<Seen> rounds) {
            return new Seen(
                    median(rounds, Seen::rate),
                    median(rounds, Seen::p50),
                    median(rounds, Seen::p99),
                    median(rounds, Seen::most),
                    rounds.stream().mapToInt(Seen::failed).sum(),
                    median(rounds, Seen::load),
                    median(rounds, Seen::processor));
        }

        private static double median(List<Seen> rounds, ToDoubleFunction<Seen> of) {
            List<Double> sorted = rounds.stream()
                    .map(of::applyAsDouble)
                    .sorted(Comparator.naturalOrder())
                    .toList();
            return sorted.get(sorted.size() / 2);
        }

        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT,
                    "%,7.0f requests/s   p50 %6.2f ms   p99 %6.2f ms   longest %7.2f ms   %d failed   processor %.3f ms"
                            + " each, the load %.3f",
                    rate,
                    p50,
                    p99,
                    most,
                    failed,
                    processor,
                    load);
        }
    }

    Seen run() throws IOException, InterruptedException {
        int warm = Math.max(500, requests / 4);
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path").split(File.pathSeparator)[1],
                Load.class.getName(),
                port + "",
                clients + "",
                warm + "",
                requests + "",
                rate + ""));
        files.forEach(file -> command.add(file.toString()));
        double before = processorMilliseconds();
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String line = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException("the load generator failed");
        }
        return Seen.of(line, (processorMilliseconds() - before) / (requests + warm));
    }

    /** Of this process, the server: it says more than the clock on a machine that is busy. */
    static double processorMilliseconds() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime() * 1e-6;
    }
}
