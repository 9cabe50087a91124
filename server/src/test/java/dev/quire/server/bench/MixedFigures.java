package dev.quire.server.bench;

import dev.quire.server.Server;
import dev.quire.server.ServerOptions;
import dev.quire.server.http.Json;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What stays in memory of a server that is asked of all kinds of things for a while. */
final class MixedFigures {
    private static final int TRY = 15;
    private static final int SAMPLES = 60;
    private static final int SHOWN = 12;

    private final Path work;
    private final int seconds;

    private record Answered(long count, long failed, long jobs) {}

    MixedFigures(Path work, int seconds) {
        this.work = work;
        this.seconds = seconds;
    }

    void print() throws IOException, InterruptedException {
        try (Server server =
                Server.start(ServerOptions.in(work.resolve("mixed")).port(0).runs(work.resolve("mixed-runs")))) {
            String run = trained(server);
            load(server, run, TRY, 0, new ArrayList<>()); // What is compiled then serves from the start.
            double limit = (double) load(server, run, TRY, 0, new ArrayList<>()).count() / TRY;
            double rate = Math.max(1, limit / 2);
            int threads = ManagementFactory.getThreadMXBean().getThreadCount();
            List<Double> resident = new ArrayList<>();
            Answered said = load(server, run, seconds, rate, resident);
            System.out.printf(
                    "mixed load for %d s at %.0f requests a second, half of what is answered at most (load average"
                            + " %.1f): %d answered, %d of them jobs, %d not as they should be%n",
                    seconds,
                    rate,
                    ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(),
                    said.count(),
                    said.jobs(),
                    said.failed());
            System.out.printf(
                    "threads: %d before, %d after%n",
                    threads, ManagementFactory.getThreadMXBean().getThreadCount());
            curve(resident);
        }
    }

    private void curve(List<Double> resident) {
        System.out.print("resident memory in MB:");
        for (int i = 0; i < SHOWN; i++) {
            System.out.printf(" %.0f", resident.get(i * (resident.size() - 1) / (SHOWN - 1)));
        }
        System.out.printf(
                "%nresident memory: %.0f MB in the second quarter, %.0f MB in the third, %.0f MB in the last%n",
                mean(resident, 0.25, 0.5), mean(resident, 0.5, 0.75), mean(resident, 0.75, 1));
    }

    /**
     * @param rate requests a second; 0 for as many as are answered
     * @param resident takes what the server occupies meanwhile
     */
    private static Answered load(Server server, String run, int seconds, double rate, List<Double> resident)
            throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-cp",
                        System.getProperty("java.class.path").split(File.pathSeparator)[1],
                        MixedLoad.class.getName(),
                        server.address().getPort() + "",
                        seconds + "",
                        rate + "",
                        run)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        do {
            resident.add(resident());
        } while (!process.waitFor(1000L * seconds / SAMPLES, TimeUnit.MILLISECONDS));
        String[] words = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .strip()
                .split(" ");
        return new Answered(Long.parseLong(words[0]), Long.parseLong(words[1]), Long.parseLong(words[2]));
    }

    /** The name of a run that can be asked, and that no job of the load trains again. */
    private static String trained(Server server) throws IOException, InterruptedException {
        HttpClient http = HttpClient.newHttpClient();
        URI jobs = URI.create(server.address() + "/v1/jobs");
        String id = Json.parse(http.send(
                                HttpRequest.newBuilder(jobs)
                                        .header("Content-Type", "application/json")
                                        .POST(HttpRequest.BodyPublishers.ofString(MixedLoad.JOB
                                                .replace("\"mixed\"", "\"asked\"")
                                                .replace("\"seed\":1", "\"seed\":7")))
                                        .build(),
                                HttpResponse.BodyHandlers.ofByteArray())
                        .body())
                .path("id")
                .asText();
        while (!server.parts().jobs().find(id).state().isFinal()) {
            Thread.sleep(50);
        }
        return "asked";
    }

    private static double mean(List<Double> values, double from, double to) {
        return values.subList((int) (values.size() * from), (int) (values.size() * to)).stream()
                .mapToDouble(Double::doubleValue)
                .average()
                .orElse(Double.NaN);
    }

    /** In MB, as Linux counts it. */
    private static double resident() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToDouble(line -> Double.parseDouble(line.replaceAll("[^0-9]", "")) / 1000)
                .findFirst()
                .orElse(Double.NaN);
    }
}
