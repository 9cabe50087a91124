package dev.quire.server.about;

import dev.quire.server.http.Route;
import dev.quire.server.http.Routes;
import dev.quire.server.http.Schema;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.util.List;

/** Figures for Prometheus. */
public final class MetricsRoutes implements Routes {
    private final PrometheusRegistry figures;

    public MetricsRoutes(PrometheusRegistry figures) {
        this.figures = figures;
    }

    @Override
    public String group() {
        return "server";
    }

    @Override
    public List<Route> routes() {
        return List.of(Route.get("/metrics", "Figures for Prometheus")
                .answers(200, Schema.text("text/plain"))
                .by(context -> {
                    ByteArrayOutputStream out = new ByteArrayOutputStream();
                    PrometheusTextFormatWriter writer =
                            PrometheusTextFormatWriter.builder().build();
                    writer.write(out, figures.scrape());
                    context.contentType(writer.getContentType()).result(out.toByteArray());
                }));
    }
}
