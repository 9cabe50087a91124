package dev.quire.server.bench;

import static dev.quire.Quire.*;

import dev.quire.data.HostTensor;
import dev.quire.inference.Model;
import dev.quire.inference.Models;
import dev.quire.model.Layer;
import dev.quire.run.Run;
import dev.quire.server.Server;
import dev.quire.server.ServerOptions;
import dev.quire.server.bench.Loading.Seen;
import dev.quire.server.deploy.Source;
import dev.quire.server.infer.BatchRule;
import dev.quire.server.infer.Quickest;
import dev.quire.server.infer.Served;
import dev.quire.server.infer.Which;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Single-image inference of an MNIST CNN over loopback, asked by another process, in alternating rounds. */
final class InferenceFigures {
    private static final int CLIENTS = 64;
    private static final int FEW = 10;
    private static final int TEN_THOUSAND = 10_000;

    private final int requests;
    private final int rounds;
    private final Path work;
    private final Run run;

    InferenceFigures(int requests, int rounds, Path work) {
        this.requests = requests;
        this.rounds = rounds;
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
        double one = own("Quire's own program", Models.of(run));
        double quickest = own("What serves it", Quickest.of(run));
        Requests requests = new Requests(run.data(), work);
        List<Path> json = requests.json("/v1/deployments/mnist/infer");
        List<Path> bytes = requests.bytes("/v2/models/mnist/infer");
        List<Path> png = requests.png("/v1/deployments/mnist/infer");
        List<Path> program = requests.bytes("/v2/models/program/infer");
        Map<String, Loading> loads = new LinkedHashMap<>();
        try (Server joining = serve("joining", BatchRule.DEFAULT);
                Server alone = serve("alone", BatchRule.alone());
                Peer peer = Peer.start(run, work)) {
            int port = joining.address().getPort();
            int other = alone.address().getPort();
            put(loads, "64 clients, arrays in JSON", port, CLIENTS, 0, json);
            put(loads, "64 clients, arrays in JSON, joining none", other, CLIENTS, 0, json);
            put(loads, "64 clients, bytes", port, CLIENTS, 0, bytes);
            put(loads, "64 clients, bytes, joining none", other, CLIENTS, 0, bytes);
            put(loads, "64 clients, bytes, Quire's own program", port, CLIENTS, 0, program);
            put(loads, "64 clients, bytes, own program, joining none", other, CLIENTS, 0, program);
            put(loads, "64 clients, 1,000 requests a second, bytes", port, CLIENTS, 1000, bytes);
            put(loads, "64 clients, 2,000 requests a second, bytes", port, CLIENTS, 2000, bytes);
            loads.put("10 clients, 10,000 requests in bytes", new Loading(port, FEW, TEN_THOUSAND, 0, bytes));
            loads.put("10 clients, 10,000 arrays in JSON", new Loading(port, FEW, TEN_THOUSAND, 0, json));
            loads.put("10 clients, 10,000 PNG files", new Loading(port, FEW, TEN_THOUSAND, 0, png));
            peer.port()
                    .ifPresent(its -> loads.put(
                            "10 clients, 10,000 arrays in JSON, " + Peer.NAME,
                            new Loading(its, FEW, TEN_THOUSAND, 0, json)));
            Map<String, Seen> seen = alternating(loads);
            ratios(seen, one, quickest);
        }
    }

    private void put(Map<String, Loading> loads, String what, int port, int clients, double rate, List<Path> files) {
        int count = rate == 0 ? requests : (int) Math.min(requests, 5 * rate);
        loads.put(what, new Loading(port, clients, count, rate, files));
    }

    /** All loads in turn, round by round, so that what else the machine does falls on all of them. */
    private Map<String, Seen> alternating(Map<String, Loading> loads) throws IOException, InterruptedException {
        Map<String, List<Seen>> all = new LinkedHashMap<>();
        for (Loading each : loads.values()) {
            each.run(); // What is compiled then serves all alike.
        }
        for (int round = 0; round < rounds; round++) {
            for (Map.Entry<String, Loading> each : loads.entrySet()) {
                all.computeIfAbsent(each.getKey(), name -> new ArrayList<>())
                        .add(each.getValue().run());
            }
            System.out.printf(
                    "round %d of %d, load average %.1f%n",
                    round + 1,
                    rounds,
                    ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
        }
        Map<String, Seen> out = new LinkedHashMap<>();
        all.forEach((what, seen) -> {
            out.put(what, Seen.median(seen));
            System.out.printf("%-52s %s%n", what, out.get(what));
        });
        return out;
    }

    private static void ratios(Map<String, Seen> seen, double one, double quickest) {
        seen.forEach((what, joined) -> {
            Seen alone = seen.get(what + ", joining none");
            if (alone == null) {
                alone = seen.get(what.replace("Quire's own", "own") + ", joining none");
            }
            if (alone != null) {
                System.out.printf(
                        "%-52s joining makes %.2f times as many, with %.2f times the processor time%n",
                        what, joined.rate() / alone.rate(), joined.processor() / alone.processor());
            }
        });
        seen.forEach((what, each) -> {
            double own = what.contains("own program") ? one : quickest;
            if (what.startsWith("64") && !what.contains("none")) {
                System.out.printf(
                        "%-52s p99 is %.1f times the model's own time for one image%n", what, each.p99() / own);
            }
        });
    }

    /** Its time for one image, in milliseconds. */
    private static double own(String what, Model model) {
        try (model) {
            double one = own(model, 1);
            double full = own(model, 64);
            System.out.printf(
                    "%s (%s): %.3f ms for one image, %.2f ms for 64, which is %.3f ms each%n",
                    what, model.card().madeFrom().getOrDefault(Quickest.RUNTIME, "libtorch"), one, full, full / 64);
            return one;
        }
    }

    private static double own(Model model, int rows) {
        HostTensor batch = HostTensor.of(new byte[rows * 784], rows, 1, 28, 28);
        int times = rows == 1 ? 2000 : 100;
        double[] took = new double[times];
        String name = model.inputs().get(0).name();
        for (int i = 0; i < times; i++) {
            long began = System.nanoTime();
            model.run(Map.of(name, batch));
            took[i] = (System.nanoTime() - began) * 1e-6;
        }
        Arrays.sort(took);
        return took[times / 2];
    }

    /** With the run as it is served, and as Quire's own program, which libtorch runs. */
    private Server serve(String name, BatchRule rule) {
        Server server = Server.start(ServerOptions.in(work.resolve(name))
                .port(0)
                .runs(work.resolve("runs"))
                .batch(rule));
        for (String each : List.of("mnist", "program")) {
            server.parts()
                    .deployments()
                    .create(each, new Source(Source.Kind.RUN, run.name()))
                    .join();
        }
        Served program = server.parts().deployments().find("program").served();
        program.change(new Served.Version(
                new Which("deployment", "program", 1, run.name()),
                server.parts().inference().batcher(Models.of(run), program)));
        return server;
    }
}
