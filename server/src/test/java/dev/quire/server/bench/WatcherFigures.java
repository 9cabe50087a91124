package dev.quire.server.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.management.OperatingSystemMXBean;
import dev.quire.server.Server;
import dev.quire.server.ServerOptions;
import dev.quire.server.http.Json;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;

/** What a thousand watchers of one job, in another process, cost its training. */
final class WatcherFigures {
    private static final int WATCHERS = 1000;
    private static final String NETWORK =
            "{\"version\":1,\"type\":\"sequential\",\"layers\":[{\"type\":\"conv\",\"filters\":"
                    + "32,\"kernel\":[3,3]},{\"type\":\"relu\"},{\"type\":\"maxPool\",\"kernel\":[2,2]},{\"type\":\"flatten\"},"
                    + "{\"type\":\"dense\",\"units\":128},{\"type\":\"relu\"},{\"type\":\"dense\",\"units\":10}]}";

    private final HttpClient http = HttpClient.newHttpClient();
    private final Path work;
    private final int pairs;
    private final int epochs;

    /** What a job took: seconds by the clock, of the processors, and of them for requests and watchers. */
    private record Took(double seconds, double processor, double telling) {}

    /**
     * @param pairs of trainings, one with watchers and one without
     */
    WatcherFigures(Path work, int pairs, int epochs) {
        this.work = work;
        this.pairs = pairs;
        this.epochs = epochs;
    }

    void print() throws IOException, InterruptedException {
        double[] clock = new double[pairs];
        double[] processor = new double[pairs];
        try (Server server =
                Server.start(ServerOptions.in(work.resolve("watched")).port(0).runs(work.resolve("watched-runs")))) {
            train(server);
            for (int i = 0; i < pairs; i++) {
                Took alone = train(server);
                Took watched = watched(server);
                clock[i] = 100 * (watched.seconds() / alone.seconds() - 1);
                processor[i] = 100 * (watched.telling() - alone.telling()) / alone.processor();
                System.out.printf(
                        "a job alone %.2f s (processor %.2f s, of it telling %.2f s), with %,d watchers %.2f s (processor"
                                + " %.2f s, of it telling %.2f s)%n",
                        alone.seconds(),
                        alone.processor(),
                        alone.telling(),
                        WATCHERS,
                        watched.seconds(),
                        watched.processor(),
                        watched.telling());
            }
        }
        Arrays.sort(clock);
        Arrays.sort(processor);
        System.out.printf(
                "%,d watchers of one job: training slows by %.1f %% by the clock; telling them takes %.1f %% of the processor"
                        + " time of the training%n",
                WATCHERS, clock[pairs / 2], processor[pairs / 2]);
    }

    private Took watched(Server server) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-Xmx256m",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path").split(File.pathSeparator)[1],
                        Watchers.class.getName(),
                        server.address().getPort() + "",
                        "/v1/live",
                        WATCHERS + "")
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            if (!"ready".equals(out.readLine())) {
                throw new IOException("the watchers could not connect");
            }
            Took took = train(server);
            process.getOutputStream().write('\n');
            process.getOutputStream().flush();
            System.out.println("the watchers read, and lost: " + out.readLine() + " (bytes, connections)");
            return took;
        } finally {
            process.destroy();
        }
    }

    private Took train(Server server) throws IOException, InterruptedException {
        String body = "{\"overwrite\":true,\"dataset\":\"mnist\",\"network\":" + NETWORK
                + ",\"configuration\":{\"epochs\":" + epochs + ",\"batch\":64,\"seed\":1}}";
        double before = processorSeconds();
        double telling = tellingSeconds();
        JsonNode job = ask(HttpRequest.newBuilder(at(server, "/v1/jobs"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build());
        while (!job.has("ended")) {
            Thread.sleep(50);
            job = ask(HttpRequest.newBuilder(
                            at(server, "/v1/jobs/" + job.path("id").asText()))
                    .build());
        }
        if (!job.path("state").asText().equals("done")) {
            throw new IOException("the job has not been done: " + job);
        }
        Duration took = Duration.between(
                Instant.parse(job.path("started").asText()),
                Instant.parse(job.path("ended").asText()));
        return new Took(took.toNanos() * 1e-9, processorSeconds() - before, tellingSeconds() - telling);
    }

    private JsonNode ask(HttpRequest request) throws IOException, InterruptedException {
        HttpResponse<byte[]> answer = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
        if (answer.statusCode() >= 300) {
            throw new IOException(new String(answer.body(), StandardCharsets.UTF_8));
        }
        return Json.parse(answer.body());
    }

    private static URI at(Server server, String path) {
        return URI.create(server.address() + path);
    }

    /** What the threads took that answer and tell: on a machine that is busy, the cost of watchers itself. */
    private static double tellingSeconds() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        double out = 0;
        for (ThreadInfo each : threads.getThreadInfo(threads.getAllThreadIds())) {
            if (each != null
                    && (each.getThreadName().startsWith("quire-live")
                            || each.getThreadName().startsWith("quire-server"))) {
                out += Math.max(0, threads.getThreadCpuTime(each.getThreadId())) * 1e-9;
            }
        }
        return out;
    }

    private static double processorSeconds() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime() * 1e-9;
    }
}
