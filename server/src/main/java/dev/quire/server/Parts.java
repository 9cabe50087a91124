package dev.quire.server;

import dev.quire.data.Progress;
import dev.quire.data.known.Known;
import dev.quire.server.infer.BatchRule;
import dev.quire.server.infer.Inference;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.Optional;

/**
 * What routes work with, one of each a server.
 *
 * @param options how it was started
 * @param figures for Prometheus
 * @param inference models that answer
 */
public record Parts(ServerOptions options, PrometheusRegistry figures, Inference inference) {
    static Parts open(ServerOptions options) {
        PrometheusRegistry figures = new PrometheusRegistry();
        io.prometheus.metrics.instrumentation.jvm.JvmMetrics.builder().register(figures);
        return new Parts(
                options,
                figures,
                new Inference(
                        options.limits(), options.runs(), Known.standard(Progress.silent())::load, BatchRule.DEFAULT));
    }

    /** Begins to work: the server can be asked. */
    void begin() {}

    /** Ends work, so that it can be gone on with. */
    void end() {}

    /** Lets go of everything. */
    void close() {
        inference.close();
    }

    /** What keeps it from working. */
    Optional<String> fault() {
        return Optional.empty();
    }
}
