package dev.quire.server.bench;

import static dev.quire.Quire.*;

import com.sun.management.OperatingSystemMXBean;
import dev.quire.data.Dataset;
import dev.quire.data.HostTensor;
import dev.quire.inference.Model;
import dev.quire.inference.Models;
import dev.quire.model.Layer;
import dev.quire.run.Run;
import dev.quire.server.Server;
import dev.quire.server.ServerOptions;
import dev.quire.server.infer.BatchRule;
import dev.quire.server.infer.Quickest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.imageio.ImageIO;

/** Single-image inference of an MNIST CNN over loopback, asked by another process. */
final class InferenceFigures {
    private static final int IMAGES = 16;
    private static final int CLIENTS = 64;

    private final int requests;
    private final Path work;
    private final Run run;

    /** What the load generator saw. */
    record Seen(double rate, double p50, double p99, double most, int failed, double processor) {
        static Seen of(String line, double processor) {
            String[] words = line.strip().split(" ");
            return new Seen(
                    Double.parseDouble(words[0]),
                    Double.parseDouble(words[1]),
                    Double.parseDouble(words[2]),
                    Double.parseDouble(words[3]),
                    Integer.parseInt(words[4]),
                    processor);
        }

        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT,
                    "%,7.0f requests/s   p50 %6.2f ms   p99 %6.2f ms   longest %7.2f ms   %d failed   processor %.3f ms each",
                    rate,
                    p50,
                    p99,
                    most,
                    failed,
                    processor);
        }
    }

    InferenceFigures(int requests, Path work) {
        this.requests = requests;
        this.work = work;
        Layer net = sequential(
                conv(32, 3),
                batchNorm(),
                relu(),
                maxPool(2),
                conv(64, 3),
                relu(),
                maxPool(2),
                flatten(),
                dense(64),
                relu(),
                dropout(0.25),
                dense(10));
        this.run = train(net, mnist().limit(4096), epochs(1), batch(128), oneCycle(3e-3), seed(1), unrecorded());
    }

    void print() throws IOException, InterruptedException {
        double one;
        double full;
        try (Model program = Models.of(run)) {
            System.out.printf(
                    "%nQuire's own program: %.3f ms for one image, %.2f ms for 64%n",
                    own(program, 1), own(program, 64));
        }
        try (Model model = Quickest.of(run)) {
            one = own(model, 1);
            full = own(model, 64);
            System.out.println("Served by " + model.card().madeFrom().get(Quickest.RUNTIME));
        }
        System.out.printf(
                "%nThe model itself: %.3f ms for one image, %.2f ms for 64 (%,.0f images/s)%n%n",
                one, full, 64_000 / full);
        List<Path> json = requests("/v1/deployments/mnist/infer", "application/json", this::rows);
        List<Path> protocol = requests("/v2/models/mnist/infer", "application/octet-stream", this::bytes);
        List<Path> png = requests("/v1/deployments/mnist/infer", "image/png", this::png);
        Seen joined;
        try (Server server = serve(BatchRule.DEFAULT)) {
            int port = server.address().getPort();
            load(port, CLIENTS, requests, 0, json); // What is compiled then serves all rows alike.
            row("64 clients, arrays in JSON", joined = load(port, CLIENTS, requests, 0, json));
            row("64 clients, bytes of the Open Inference Protocol", load(port, CLIENTS, requests, 0, protocol));
            row("64 clients, PNG files", load(port, CLIENTS, requests, 0, png));
            for (int rate : new int[] {500, 1000, 2000}) {
                Seen paced = load(port, CLIENTS, Math.min(requests, 4 * rate), rate, protocol);
                row("64 clients, " + rate + " requests a second", paced);
                System.out.printf("%52s p99 is %.1f times the model's own time for one image%n", "", paced.p99() / one);
            }
            row("10 clients, 10,000 PNG files", load(port, 10, 10_000, 0, png));
            row("10 clients, 10,000 requests in bytes", load(port, 10, 10_000, 0, protocol));
        }
        try (Server server = serve(BatchRule.alone())) {
            int port = server.address().getPort();
            Seen alone = load(port, CLIENTS, requests, 0, json);
            row("64 clients, arrays in JSON, without batching", alone);
            System.out.printf(
                    "%52s with batching %.1f times as many; p99 %.1f times the model's own time for 64%n",
                    "", joined.rate() / alone.rate(), joined.p99() / full);
        }
    }

    private static void row(String what, Seen seen) {
        System.out.printf("%-52s %s%n", what, seen);
    }

    private static double own(Model model, int rows) {
        HostTensor batch = HostTensor.of(new byte[rows * 784], rows, 1, 28, 28);
        int times = rows == 1 ? 400 : 40;
        double[] took = new double[times];
        String name = model.inputs().get(0).name();
        for (int i = 0; i < times; i++) {
            long began = System.nanoTime();
            model.run(Map.of(name, batch));
            took[i] = (System.nanoTime() - began) * 1e-6;
        }
        java.util.Arrays.sort(took);
        return took[times / 2];
    }

    private Server serve(BatchRule rule) {
        Server server = Server.start(ServerOptions.in(work.resolve("server"))
                .port(0)
                .runs(work.resolve("runs"))
                .batch(rule));
        server.parts()
                .deployments()
                .list()
                .forEach(each -> server.parts().deployments().delete(each.name()));
        server.parts()
                .deployments()
                .create(
                        "mnist",
                        new dev.quire.server.deploy.Source(dev.quire.server.deploy.Source.Kind.RUN, run.name()))
                .join();
        return server;
    }

    private interface Body {
        byte[] of(int image) throws IOException;
    }

    private List<Path> requests(String path, String type, Body body) throws IOException {
        List<Path> out = new ArrayList<>();
        for (int i = 0; i < IMAGES; i++) {
            byte[] content = body.of(i);
            ByteArrayOutputStream request = new ByteArrayOutputStream();
            String more = type.equals("application/octet-stream")
                    ? "Inference-Header-Content-Length: " + (content.length - 784) + "\r\n"
                    : "";
            request.writeBytes(("POST " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: " + type + "\r\n" + more
                            + "Content-Length: " + content.length + "\r\n\r\n")
                    .getBytes(StandardCharsets.UTF_8));
            request.writeBytes(content);
            Path file = work.resolve(type.replace('/', '-') + i);
            Files.write(file, request.toByteArray());
            out.add(file);
        }
        return out;
    }

    private byte[] pixels(int image) {
        Dataset data = run.data();
        ByteBuffer content = data.test().example(image).inputs().get(0).bytes().duplicate();
        byte[] out = new byte[784];
        content.get(out);
        return out;
    }

    private byte[] rows(int image) {
        StringBuilder out = new StringBuilder("{\"rows\":[[");
        for (byte pixel : pixels(image)) {
            out.append(out.charAt(out.length() - 1) == '[' ? "" : ",").append(pixel & 0xff);
        }
        return out.append("]]}").toString().getBytes(StandardCharsets.UTF_8);
    }

    private byte[] bytes(int image) {
        String input = run.data().inputs().get(0).name();
        String json = "{\"inputs\":[{\"name\":\"" + input + "\",\"shape\":[1,1,28,28],\"datatype\":\"UINT8\","
                + "\"parameters\":{\"binary_data_size\":784}}],\"outputs\":[{\"name\":\"output\",\"parameters\":"
                + "{\"binary_data\":true}}]}";
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(json.getBytes(StandardCharsets.UTF_8));
        out.writeBytes(pixels(image));
        return out.toByteArray();
    }

    private byte[] png(int image) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(run.data().test().example(image).image(), "png", out);
        return out.toByteArray();
    }

    private static Seen load(int port, int clients, int requests, double rate, List<Path> files)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path").split(java.io.File.pathSeparator)[1],
                Load.class.getName(),
                port + "",
                clients + "",
                Math.max(500, requests / 4) + "",
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
        return Seen.of(line, (processorMilliseconds() - before) / (requests + Math.max(500, requests / 4)));
    }

    /** Of this process, the server: it says more than the clock on a machine that is busy. */
    private static double processorMilliseconds() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime() * 1e-6;
    }
}
