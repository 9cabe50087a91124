package dev.quire.server;

import dev.quire.QuireException;
import dev.quire.data.Progress;
import dev.quire.server.agent.Agents;
import dev.quire.server.dataset.Shelf;
import dev.quire.server.deploy.Deployments;
import dev.quire.server.deploy.Sources;
import dev.quire.server.find.Finder;
import dev.quire.server.infer.Inference;
import dev.quire.server.job.Configurations;
import dev.quire.server.job.Jobs;
import dev.quire.server.live.Live;
import dev.quire.server.model.Models;
import dev.quire.server.project.Projects;
import dev.quire.server.run.Records;
import dev.quire.server.store.Store;
import io.prometheus.metrics.instrumentation.jvm.JvmMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Optional;

/**
 * What routes work with, one of each a server.
 *
 * @param options how it was started
 * @param figures for Prometheus
 * @param store the database
 * @param live tells watchers what happens
 * @param shelf the datasets
 * @param models networks that were described
 * @param configurations in the folder of the server
 * @param jobs the queue
 * @param projects whose configurations are queued
 * @param agents the machines that train
 * @param records of runs
 * @param inference models that answer
 * @param deployments models under names of their own
 * @param finder finds runs by how they were trained
 */
public record Parts(
        ServerOptions options,
        PrometheusRegistry figures,
        Store store,
        Live live,
        Shelf shelf,
        Models models,
        Configurations configurations,
        Jobs jobs,
        Projects projects,
        Agents agents,
        Records records,
        Inference inference,
        Deployments deployments,
        Finder finder) {
    static Parts open(ServerOptions options) {
        PrometheusRegistry figures = new PrometheusRegistry();
        JvmMetrics.builder().register(figures);
        Store store = Store.open(options.folder(), options.store());
        try {
            Files.createDirectories(options.folder().resolve("incoming"));
        } catch (IOException e) {
            store.close();
            throw new QuireException("uploads cannot be taken in below " + options.folder() + ": " + e, e);
        }
        Live live = new Live();
        Shelf shelf = new Shelf(
                options.folder().resolve("datasets"),
                options.data(),
                options.limits().unpackedBytes());
        String agent = Agent.of(options.folder());
        Jobs jobs = new Jobs(
                store,
                shelf,
                options.runs(),
                live,
                agent,
                options.atOnce(),
                options.limits().queue());
        Inference inference = new Inference(
                options.limits(),
                options.runs(),
                name -> shelf.load(name, Progress.silent()),
                options.batch(),
                figures);
        return new Parts(
                options,
                figures,
                store,
                live,
                shelf,
                new Models(store),
                new Configurations(options.folder().resolve("configurations")),
                jobs,
                new Projects(store, jobs),
                new Agents(store, agent),
                new Records(options.runs(), name -> shelf.load(name, Progress.silent())),
                inference,
                new Deployments(store, inference, new Sources(inference.runs(), options.data())::load),
                new Finder(options.runs()));
    }

    /** Begins to work: the server can be asked. */
    void begin() {
        agents.begin();
        jobs.begin();
    }

    /** Ends work, so that it can be gone on with. */
    void end() {
        jobs.end();
        agents.end();
    }

    /** Lets go of everything. */
    void close() {
        deployments.close();
        inference.close();
        records.close();
        live.close();
        store.close();
    }

    /** What keeps it from working. */
    Optional<String> fault() {
        return store.fault();
    }
}
