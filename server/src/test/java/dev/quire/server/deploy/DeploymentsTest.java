package dev.quire.server.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quire.inference.Model;
import dev.quire.server.guard.Limits;
import dev.quire.server.http.Problem;
import dev.quire.server.infer.BatchRule;
import dev.quire.server.infer.Doubling;
import dev.quire.server.infer.Inference;
import dev.quire.server.store.Store;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Deployments whose models load when the test lets them. */
@Timeout(60)
class DeploymentsTest {
    private static final Source SOURCE = new Source(Source.Kind.RUN, "r");

    @TempDir
    Path folder;

    private Store store;
    private Inference inference;
    private Deployments deployments;
    private volatile Doubling model = new Doubling();
    private volatile CountDownLatch begins = new CountDownLatch(0);
    private volatile CountDownLatch gate = new CountDownLatch(0);
    private volatile boolean isBroken;

    @BeforeEach
    void open() {
        store = Store.open(folder, Optional.empty());
        inference = new Inference(
                Limits.DEFAULT,
                folder,
                name -> {
                    throw new IllegalStateException(name);
                },
                BatchRule.DEFAULT,
                new PrometheusRegistry());
        deployments = new Deployments(store, inference, this::load);
    }

    @AfterEach
    void close() {
        gate.countDown();
        deployments.close();
        inference.close();
        store.close();
    }

    private Model load(Source source) {
        Doubling own = model;
        begins.countDown();
        try {
            gate.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        if (isBroken) {
            throw new Problem(415, "it is broken", "mend it");
        }
        return own;
    }

    /** What loads next waits for the gate. */
    private void hold() {
        model = new Doubling();
        begins = new CountDownLatch(1);
        gate = new CountDownLatch(1);
    }

    private static void assertStopped(CompletableFuture<Deployment> coming) {
        assertThatThrownBy(() -> coming.get(30, TimeUnit.SECONDS))
                .hasRootCauseInstanceOf(Problem.class)
                .hasRootCauseMessage("deployment d was stopped while it was being loaded");
    }

    @Test
    void a_stop_while_it_is_being_loaded_holds_and_the_model_is_closed() throws Exception {
        deployments.create("d", SOURCE).join();
        deployments.stop("d");
        hold();
        CompletableFuture<Deployment> starting = deployments.start("d");
        begins.await();
        assertThat(deployments.find("d").state()).isEqualTo(Deployment.State.LOADING);
        deployments.stop("d");
        gate.countDown();
        assertStopped(starting);
        assertThat(deployments.find("d").view().state()).isEqualTo("stopped");
        assertThat(deployments.find("d").view().detail()).isNull();
        assertThat(deployments.find("d").served().version()).isEmpty();
        assertThat(model.closed.get()).isEqualTo(1);

        hold();
        gate.countDown();
        assertThat(deployments.start("d").join().state()).isEqualTo(Deployment.State.RUNNING);
        assertThat(model.closed.get()).isZero();
    }

    @Test
    void a_start_after_that_stop_wins_and_the_model_of_the_first_is_closed() throws Exception {
        deployments.create("d", SOURCE).join();
        deployments.stop("d");
        hold();
        Doubling first = model;
        CompletableFuture<Deployment> starting = deployments.start("d");
        begins.await();
        deployments.stop("d");
        CompletableFuture<Deployment> again = deployments.start("d");
        model = new Doubling();
        gate.countDown();
        assertStopped(starting);
        assertThat(again.join().state()).isEqualTo(Deployment.State.RUNNING);
        assertThat(first.closed.get()).isEqualTo(1);
        assertThat(deployments.find("d").served().version().orElseThrow().model())
                .isSameAs(model);
    }

    @Test
    void a_version_that_is_being_loaded_when_it_is_stopped_is_not_kept() throws Exception {
        deployments.create("d", SOURCE).join();
        hold();
        CompletableFuture<Deployment> updating = deployments.update("d", SOURCE);
        begins.await();
        deployments.stop("d");
        gate.countDown();
        assertStopped(updating);
        assertThat(deployments.find("d").view().versions()).hasSize(1);
        assertThat(model.closed.get()).isEqualTo(1);
    }

    @Test
    void one_that_is_deleted_while_it_is_being_loaded_leaves_no_model() throws Exception {
        deployments.create("d", SOURCE).join();
        deployments.stop("d");
        hold();
        CompletableFuture<Deployment> starting = deployments.start("d");
        begins.await();
        deployments.delete("d");
        gate.countDown();
        assertStopped(starting);
        assertThat(model.closed.get()).isEqualTo(1);
        assertThat(deployments.list()).isEmpty();
    }

    @Test
    void a_load_that_fails_after_a_stop_leaves_it_stopped() throws Exception {
        deployments.create("d", SOURCE).join();
        deployments.stop("d");
        hold();
        isBroken = true;
        CompletableFuture<Deployment> starting = deployments.start("d");
        begins.await();
        deployments.stop("d");
        gate.countDown();
        assertThatThrownBy(starting::join).isInstanceOf(CompletionException.class);
        assertThat(deployments.find("d").view().state()).isEqualTo("stopped");

        assertThatThrownBy(() -> deployments.start("d").join()).hasRootCauseMessage("it is broken");
        assertThat(deployments.find("d").view().state()).isEqualTo("failed");
        assertThat(deployments.find("d").view().detail()).isEqualTo("it is broken");
    }

    @Test
    void what_is_still_being_loaded_when_the_server_ends_is_closed_and_not_kept() throws Exception {
        hold();
        CompletableFuture<Deployment> creating = deployments.create("d", SOURCE);
        begins.await();
        deployments.close();
        gate.countDown();
        assertThatThrownBy(creating::join).hasRootCauseMessage("the server ends");
        assertThat(model.closed.get()).isEqualTo(1);
        assertThat(deployments.list()).isEmpty();
    }
}
