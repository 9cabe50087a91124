package dev.quire.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quire.server.Wire.Heard;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Malformed requests over every route. {@code -Dquire.test.huge} sends ten thousand. */
class MalformedTest {
    private static final int COUNT = Boolean.getBoolean("quire.test.huge") ? 10_000 : 500;
    private static final int WARM_UP = 150;
    private static final long SEED = 20_26;

    @TempDir
    Path folder;

    @Test
    void none_breaks_the_server_none_costs_a_thread_and_none_costs_memory() throws Exception {
        try (TestServer running = TestServer.in(
                folder, options -> options.limits(options.limits().queue(5).slow(3, 1000)))) {
            Server server = running.server;
            Malformed malformed = new Malformed(SEED, Wire.routes(server), Wire.sockets(server));
            List<String> broken = new ArrayList<>();
            send(server, malformed, WARM_UP, broken);
            settle(server);
            long heap = Memory.heap();
            long direct = Memory.direct();
            int threads = threads();
            send(server, malformed, COUNT, broken);
            settle(server);
            assertThat(broken).isEmpty();
            assertThat(threads()).isLessThanOrEqualTo(threads + 2);
            assertThat(Memory.direct() - direct).isLessThan(16_000_000);
            assertThat(Memory.heap() - heap).isLessThan(32_000_000);
            assertThat(running.get("/healthz").status()).isEqualTo(200);
        }
    }

    private static void send(Server server, Malformed malformed, int count, List<String> broken) throws Exception {
        for (int i = 0; i < count; i++) {
            byte[] request = malformed.next();
            long began = System.nanoTime();
            Heard heard = Wire.send(server, request);
            double seconds = (System.nanoTime() - began) * 1e-9;
            // What a contract has no service for yet is answered with 501, as it prescribes.
            boolean isPlanned = heard.status() == 501 && heard.toString().contains("is not there yet");
            if ((heard.status() >= 500 && !isPlanned) || heard.leaks() || seconds > 15) {
                String shown = new String(request, StandardCharsets.UTF_8).replaceAll("(.)\\1{50,}", "$1...");
                broken.add("request " + i + ", " + Math.round(seconds) + " s:\n" + shown + "\n-> " + heard);
            }
        }
    }

    /** Until jobs that happened to be valid have ended, and no thread is at work. */
    private static void settle(Server server) throws InterruptedException {
        QueuedThreadPool pool =
                (QueuedThreadPool) server.router().jettyServer().server().getThreadPool();
        for (int i = 0; i < 200 && (pool.getUtilizedThreads() > 0 || isTraining(server)); i++) {
            Thread.sleep(100);
        }
        assertThat(pool.getUtilizedThreads()).as("threads at work").isZero();
    }

    private static boolean isTraining(Server server) {
        return server.parts().jobs().count(dev.quire.server.job.Job.State.RUNNING) > 0;
    }

    /** All but those of pools that come and go by themselves. */
    private static int threads() {
        return (int) Thread.getAllStackTraces().keySet().stream()
                .filter(each -> !each.getName().startsWith("quire-server-"))
                .filter(each -> !each.getName().startsWith("ForkJoinPool"))
                .count();
    }
}
