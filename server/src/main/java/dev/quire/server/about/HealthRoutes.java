package dev.quire.server.about;

import dev.quire.server.http.Problem;
import dev.quire.server.http.Route;
import dev.quire.server.http.Routes;
import dev.quire.server.http.Schema;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Whether the server is alive, and whether it can work. */
public final class HealthRoutes implements Routes {
    /**
     * An answer of a health route.
     *
     * @param status {@code ok}
     */
    public record Health(String status) {}

    private final Supplier<Optional<String>> fault;

    /**
     * @param fault what keeps it from working; empty where nothing does
     */
    public HealthRoutes(Supplier<Optional<String>> fault) {
        this.fault = fault;
    }

    @Override
    public String group() {
        return "server";
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.get("/healthz", "Whether the server is alive")
                        .answers(200, Schema.of(Health.class))
                        .by(context -> context.json(new Health("ok"))),
                Route.get("/readyz", "Whether the server can work: 503 where its store does not answer")
                        .answers(200, Schema.of(Health.class))
                        .by(context -> {
                            fault.get().ifPresent(what -> {
                                throw new Problem(503, what, "see the log of the server");
                            });
                            context.json(new Health("ok"));
                        }));
    }
}
