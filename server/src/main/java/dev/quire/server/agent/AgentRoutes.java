package dev.quire.server.agent;

import dev.quire.server.http.Route;
import dev.quire.server.http.Routes;
import dev.quire.server.http.Schema;
import java.util.List;

/** Machines that train. */
public final class AgentRoutes implements Routes {
    private final Agents agents;

    public AgentRoutes(Agents agents) {
        this.agents = agents;
    }

    @Override
    public String group() {
        return "agents";
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.get("/v1/agents", "Lists the machines that train, with their load and memory")
                        .answers(200, Schema.listOf(Agents.Agent.class))
                        .by(context -> context.json(agents.list())),
                Route.get("/v1/agents/{id}", "Shows a machine")
                        .answers(200, Schema.of(Agents.Agent.class))
                        .by(context -> context.json(agents.find(context.pathParam("id")))),
                Route.get("/v1/agents/{id}/gpus", "Lists the GPUs of a machine")
                        .answers(200, Schema.listOf(Gpu.class))
                        .by(context -> context.json(
                                agents.find(context.pathParam("id")).gpus())));
    }
}
