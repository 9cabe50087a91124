package dev.quire.server.deploy;

import dev.quire.data.HostTensor;
import dev.quire.inference.Model;
import dev.quire.inference.Port;
import dev.quire.server.http.Problem;
import dev.quire.server.http.SafeName;
import dev.quire.server.infer.Inference;
import dev.quire.server.infer.Served;
import dev.quire.server.infer.Which;
import dev.quire.server.store.Store;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * The deployments of a server. They are kept in its store and are all stopped after a restart. A new version is loaded
 * and tried while the one before still answers.
 */
public final class Deployments implements AutoCloseable {
    private static final String KIND = "deployment";

    private final DeploymentStore store;
    private final Inference inference;
    private final Function<Source, Model> loader;
    private final Map<String, Deployment> all = new LinkedHashMap<>();
    private boolean isClosed;

    /**
     * @param loader makes the model of a source, or throws a {@link Problem} where there is none
     */
    public Deployments(Store store, Inference inference, Function<Source, Model> loader) {
        this.store = new DeploymentStore(store);
        this.inference = inference;
        this.loader = loader;
        this.store.all().forEach((name, versions) -> all.put(name, of(name, versions)));
    }

    private Deployment of(String name, List<DeploymentStore.Version> versions) {
        return new Deployment(name, versions, new Served(inference.figures().of(KIND, name)));
    }

    /** All, oldest first. */
    public synchronized List<Deployment> list() {
        return List.copyOf(all.values());
    }

    /**
     * One by its name.
     *
     * @throws Problem 400 when it is no name, 404 when there is none
     */
    public synchronized Deployment find(String name) {
        Deployment found = all.get(SafeName.of("the name of the deployment", name));
        if (found == null) {
            throw Problem.missing(
                    "there is no deployment " + name, "GET /v1/deployments lists them; POST /v1/deployments makes one");
        }
        return found;
    }

    /**
     * Makes one and starts it.
     *
     * @return when it answers
     * @throws Problem 409 when there is one of this name
     */
    public CompletableFuture<Deployment> create(String name, Source source) {
        SafeName.of("the name of the deployment", name);
        requireNew(name);
        DeploymentStore.Version first = new DeploymentStore.Version(1, source, Instant.now());
        Deployment fresh = of(name, List.of(first));
        return load(fresh, first, fresh.stops(), () -> {
                    synchronized (this) {
                        requireOpen();
                        requireNew(name);
                        store.add(name, first);
                        all.put(name, fresh);
                    }
                })
                .whenComplete((made, failure) -> {
                    if (failure != null) {
                        forget(name);
                    }
                });
    }

    private synchronized void requireOpen() {
        if (isClosed) {
            throw new Problem(503, "the server ends", "ask again when it is back");
        }
    }

    /** Its figures are no longer told, unless there is one of this name. */
    private synchronized void forget(String name) {
        if (!all.containsKey(name)) {
            inference.figures().forget(KIND, name);
        }
    }

    private synchronized void requireNew(String name) {
        if (all.containsKey(name)) {
            throw Problem.conflict(
                    "there is a deployment " + name + " already",
                    "POST /v1/deployments/" + name + "/versions gives it a new version, or choose another name");
        }
    }

    /**
     * Gives it a new version, which answers once it is loaded and tried; until then the one before does.
     *
     * @return when it answers
     */
    public CompletableFuture<Deployment> update(String name, Source source) {
        Deployment deployment = find(name);
        int stops = deployment.stops();
        int number = deployment.newest().number() + 1;
        DeploymentStore.Version next = new DeploymentStore.Version(number, source, Instant.now());
        return load(deployment, next, stops, () -> {
            synchronized (this) {
                if (deployment.newest().number() != number - 1) {
                    throw Problem.conflict(
                            "deployment " + name + " was given another version meanwhile", "look at it, and ask again");
                }
                store.add(name, next);
                deployment.add(next);
            }
        });
    }

    /**
     * Starts one again; one that runs is left as it is.
     *
     * @return when it answers
     */
    public CompletableFuture<Deployment> start(String name) {
        Deployment deployment = find(name);
        if (deployment.state() == Deployment.State.RUNNING) {
            return CompletableFuture.completedFuture(deployment);
        }
        int stops = deployment.loading();
        return load(deployment, deployment.newest(), stops, () -> {}).whenComplete((done, failure) -> {
            if (failure != null) {
                deployment.failed(stops, said(failure));
            }
        });
    }

    /** Stops one: what it was asked is answered. A version that is still being loaded will not answer. */
    public Deployment stop(String name) {
        Deployment deployment = find(name);
        deployment.stop();
        deployment.log().add("stopped");
        return deployment;
    }

    /** Stops and forgets one. */
    public void delete(String name) {
        stop(name);
        synchronized (this) {
            store.delete(name);
            all.remove(name);
            forget(name);
        }
    }

    /**
     * Loads and tries a version, and lets it answer from then on.
     *
     * @param stops how often it was stopped when this was asked: another stop ends this too
     * @param keep writes down what is new, just before it answers
     */
    private CompletableFuture<Deployment> load(
            Deployment deployment, DeploymentStore.Version version, int stops, Runnable keep) {
        return inference
                .load(() -> {
                    Model model = loader.apply(version.source());
                    try {
                        tryOnce(model);
                        deployment.answer(stops, () -> {
                            keep.run();
                            return served(deployment, version, model);
                        });
                    } catch (RuntimeException e) {
                        model.close();
                        throw e;
                    }
                    deployment.log().add("version " + version.number() + " of " + version.source() + " answers");
                })
                .thenApply(done -> deployment);
    }

    private Served.Version served(Deployment deployment, DeploymentStore.Version version, Model model) {
        Which which = new Which(
                KIND, deployment.name(), version.number(), version.source().name());
        return new Served.Version(which, inference.batcher(model, deployment.served()));
    }

    /** What is slow the first time is done before a client waits for it. */
    private static void tryOnce(Model model) {
        Map<String, HostTensor> inputs = new LinkedHashMap<>();
        for (Port port : model.inputs()) {
            if (!port.isDeclared()) {
                return;
            }
            long[] sizes =
                    port.sizes().stream().mapToLong(each -> Math.max(1, each)).toArray();
            long count = java.util.Arrays.stream(sizes).reduce(1, (a, b) -> a * b);
            inputs.put(
                    port.name(),
                    HostTensor.of(
                            port.type(),
                            ByteBuffer.allocateDirect(
                                    Math.toIntExact(count * port.type().bytes())),
                            sizes));
        }
        model.run(inputs);
    }

    private static String said(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return String.valueOf(cause.getMessage());
    }

    @Override
    public void close() {
        List<Deployment> ending;
        synchronized (this) {
            isClosed = true;
            ending = list();
        }
        ending.forEach(Deployment::stop);
    }
}
