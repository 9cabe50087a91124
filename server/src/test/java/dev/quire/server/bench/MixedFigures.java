package dev.quire.server.bench;

import dev.quire.server.Server;
import dev.quire.server.ServerOptions;
import dev.quire.server.http.Json;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What stays in memory of a server that is asked of all kinds of things for a while. */
final class MixedFigures {
    private static final int RATE = 100;
    private static final int SAMPLES = 40;

    private final Path work;
    private final int seconds;

    MixedFigures(Path work, int seconds) {
        this.work = work;
        this.seconds = seconds;
    }

    void print() throws IOException, InterruptedException {
        List<Double> resident = new ArrayList<>();
        String line;
        try (Server server =
                Server.start(ServerOptions.in(work.resolve("mixed")).port(0).runs(work.resolve("mixed-runs")))) {
            Process process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xmx256m",
                            "-cp",
                            System.getProperty("java.class.path").split(File.pathSeparator)[1],
                            MixedLoad.class.getName(),
                            server.address().getPort() + "",
                            seconds + "",
                            RATE + "",
                            trained(server))
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            while (process.isAlive()) {
                Thread.sleep(1000L * seconds / SAMPLES);
                resident.add(resident());
            }
            line = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        }
        String[] words = line.split(" ");
        System.out.printf(
                "mixed load for %d s at %d requests a second: %s answered, %s not as they should be%n",
                seconds, RATE, words[0], words[1]);
        System.out.printf(
                "resident memory: %.0f MB in the second quarter, %.0f MB in the last%n",
                mean(resident, 0.25, 0.5), mean(resident, 0.75, 1));
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
