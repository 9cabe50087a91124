package dev.quire.server.infer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quire.server.http.Problem;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class BatcherTest {
    private final ExecutorService answering = Executors.newFixedThreadPool(2);
    private final ExecutorService asking = Executors.newCachedThreadPool();
    private final Doubling model = new Doubling();
    private final ServingFigures.Model figures = new ServingFigures(new PrometheusRegistry()).of("run", "doubling");

    @AfterEach
    void end() {
        answering.shutdown();
        asking.shutdown();
    }

    private static Reply said(CompletableFuture<Reply> coming) throws Exception {
        return coming.get(30, TimeUnit.SECONDS);
    }

    private static CompletableFuture<Reply> ask(Batcher batcher, float first, float second) {
        return batcher.ask(Doubling.row(first, second), 1).orElseThrow();
    }

    /** The model is busy with one request, others wait. */
    private CompletableFuture<Reply> keepBusy(Batcher batcher) throws InterruptedException {
        model.gate = new CountDownLatch(1);
        return another(batcher);
    }

    /** A call on a thread of its own, which is under way. */
    private CompletableFuture<Reply> another(Batcher batcher) throws InterruptedException {
        int before = model.calls.get();
        CompletableFuture<Reply> first =
                CompletableFuture.supplyAsync(() -> ask(batcher, 0, 0), asking).thenCompose(reply -> reply);
        while (model.calls.get() == before) {
            Thread.sleep(1);
        }
        return first;
    }

    @Test
    void a_request_that_finds_the_model_idle_goes_at_once_and_alone() throws Exception {
        try (Batcher batcher = new Batcher(model, new BatchRule(64, 1000, 10, 1), answering, figures)) {
            Reply reply = said(ask(batcher, 1, 2));
            assertThat(reply.joined()).isEqualTo(1);
            assertThat(reply.outputs().get("y").floats()).containsExactly(2, 4);
        }
    }

    @Test
    void requests_that_come_while_the_model_is_busy_are_answered_by_one_call() throws Exception {
        try (Batcher batcher = new Batcher(model, new BatchRule(64, 0, 100, 1), answering, figures)) {
            CompletableFuture<Reply> first = keepBusy(batcher);
            List<CompletableFuture<Reply>> others = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                others.add(ask(batcher, i, 10 + i));
            }
            model.gate.countDown();
            assertThat(said(first).joined()).isEqualTo(1);
            for (int i = 0; i < 5; i++) {
                Reply reply = said(others.get(i));
                assertThat(reply.joined()).isEqualTo(5);
                assertThat(reply.outputs().get("y").floats()).containsExactly(2 * i, 20 + 2 * i);
            }
            assertThat(model.calls.get()).isEqualTo(2);
        }
    }

    @Test
    void several_calls_run_at_once_where_that_is_allowed_and_the_next_request_waits() throws Exception {
        try (Batcher batcher = new Batcher(model, new BatchRule(64, 0, 100, 2), answering, figures)) {
            CompletableFuture<Reply> first = keepBusy(batcher);
            CompletableFuture<Reply> second = another(batcher);
            CompletableFuture<Reply> third = ask(batcher, 1, 2);
            assertThat(batcher.waiting()).isEqualTo(1);
            assertThat(model.calls.get()).isEqualTo(2);
            model.gate.countDown();
            assertThat(said(first).joined()).isEqualTo(1);
            assertThat(said(second).joined()).isEqualTo(1);
            assertThat(said(third).outputs().get("y").floats()).containsExactly(2, 4);
        }
    }

    @Test
    void a_free_model_answers_on_the_thread_that_asks() {
        try (Batcher batcher = new Batcher(model, new BatchRule(64, 0, 100, 1), answering, figures)) {
            for (int i = 0; i < 20; i++) {
                assertThat(ask(batcher, i, i)).isCompleted();
            }
            assertThatThrownBy(() -> ask(batcher, -1, 0).join()).hasRootCauseMessage("negative");
            assertThat(ask(batcher, 1, 1)).isCompleted();
        }
    }

    @Test
    void a_model_whose_call_takes_several_threads_is_called_by_one_and_the_same() throws Exception {
        model.atOnce = 1;
        try (Batcher batcher = new Batcher(model, BatchRule.DEFAULT, answering, figures)) {
            List<CompletableFuture<Reply>> replies = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                replies.add(CompletableFuture.supplyAsync(() -> ask(batcher, 1, 2), asking)
                        .thenCompose(reply -> reply));
            }
            for (CompletableFuture<Reply> each : replies) {
                assertThat(said(each).outputs().get("y").floats()).containsExactly(2, 4);
            }
            assertThat(model.callers).containsExactly("quire-model-doubling");
        }
    }

    @Test
    void a_call_takes_no_more_rows_than_said() throws Exception {
        try (Batcher batcher = new Batcher(model, new BatchRule(2, 0, 100, 1), answering, figures)) {
            CompletableFuture<Reply> first = keepBusy(batcher);
            List<CompletableFuture<Reply>> others = List.of(ask(batcher, 1, 1), ask(batcher, 2, 2), ask(batcher, 3, 3));
            model.gate.countDown();
            said(first);
            assertThat(said(others.get(0)).joined()).isEqualTo(2);
            assertThat(said(others.get(2)).joined()).isEqualTo(1);
        }
    }

    @Test
    void where_too_many_wait_the_next_is_refused_with_a_remedy() throws Exception {
        try (Batcher batcher = new Batcher(model, new BatchRule(64, 0, 2, 1), answering, figures)) {
            CompletableFuture<Reply> first = keepBusy(batcher);
            CompletableFuture<Reply> waits = ask(batcher, 1, 1);
            ask(batcher, 2, 2);
            assertThatThrownBy(() -> ask(batcher, 3, 3)).isInstanceOfSatisfying(Problem.class, said -> {
                assertThat(said.status()).isEqualTo(503);
                assertThat(said).hasMessage("more than 2 requests wait for the model doubling");
                assertThat(said.remedy()).isEqualTo("try again in a second, or send several rows in one request");
            });
            model.gate.countDown();
            said(first);
            assertThat(said(waits).outputs().get("y").floats()).containsExactly(2, 2);
        }
    }

    @Test
    void a_request_that_fails_fails_alone_and_the_thread_goes_on() throws Exception {
        try (Batcher batcher = new Batcher(model, new BatchRule(64, 0, 100, 1), answering, figures)) {
            CompletableFuture<Reply> first = keepBusy(batcher);
            CompletableFuture<Reply> good = ask(batcher, 1, 1);
            CompletableFuture<Reply> bad = ask(batcher, -1, 1);
            CompletableFuture<Reply> worse = ask(batcher, -2, 1);
            CompletableFuture<Reply> also = ask(batcher, 2, 2);
            model.gate.countDown();
            said(first);
            assertThat(said(good).outputs().get("y").floats()).containsExactly(2, 2);
            assertThatThrownBy(() -> said(bad))
                    .isInstanceOf(ExecutionException.class)
                    .hasRootCauseMessage("negative");
            assertThatThrownBy(() -> said(worse)).hasRootCauseInstanceOf(OutOfMemoryError.class);
            assertThat(said(also).outputs().get("y").floats()).containsExactly(4, 4);
            assertThat(said(ask(batcher, 5, 5)).outputs().get("y").floats()).containsExactly(10, 10);
        }
    }

    @Test
    void one_that_is_closed_answers_what_waits_then_closes_its_model_and_takes_no_more() throws Exception {
        Batcher batcher = new Batcher(model, BatchRule.DEFAULT.calls(1), answering, figures);
        CompletableFuture<Reply> first = keepBusy(batcher);
        CompletableFuture<Reply> waits = ask(batcher, 3, 4);
        batcher.close();
        assertThat(batcher.ask(Doubling.row(1, 1), 1)).isEmpty();
        assertThat(model.closed.get()).isZero();
        model.gate.countDown();
        said(first);
        assertThat(said(waits).outputs().get("y").floats()).containsExactly(6, 8);
        assertThat(batcher.awaitClosed(30_000)).isTrue();
        assertThat(model.closed.get()).isEqualTo(1);
    }

    @Test
    void versions_change_under_load_without_a_failed_request() throws Exception {
        Served served = new Served(figures);
        served.change(version(1));
        AtomicBoolean ends = new AtomicBoolean();
        AtomicInteger answered = new AtomicInteger();
        List<Throwable> failures = java.util.Collections.synchronizedList(new ArrayList<>());
        ExecutorService clients = Executors.newFixedThreadPool(8);
        for (int i = 0; i < 8; i++) {
            clients.execute(() -> {
                while (!ends.get()) {
                    try {
                        Served.Said said =
                                served.ask(Doubling.row(1, 1), 1).orElseThrow().get(30, TimeUnit.SECONDS);
                        assertThat(said.reply().outputs().get("y").floats()[0])
                                .isEqualTo(said.by().which().version());
                        answered.incrementAndGet();
                    } catch (Throwable failure) {
                        failures.add(failure);
                        return;
                    }
                }
            });
        }
        for (int version = 2; version <= 40; version++) {
            Thread.sleep(5);
            served.change(version(version));
        }
        ends.set(true);
        clients.shutdown();
        assertThat(clients.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
        assertThat(failures).isEmpty();
        assertThat(answered.get()).isGreaterThan(100);
        served.stop();
        assertThat(served.ask(Doubling.row(1, 1), 1)).isEmpty();
    }

    private Served.Version version(int number) {
        Doubling own = new Doubling();
        own.factor = number;
        return new Served.Version(
                new Which("deployment", "d", number, "r"), new Batcher(own, BatchRule.DEFAULT, answering, figures));
    }
}
