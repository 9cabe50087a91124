package dev.quire.server.session;

import dev.quire.server.http.Json;
import dev.quire.server.http.Route;
import dev.quire.server.http.Routes;
import dev.quire.server.http.Socket;
import dev.quire.server.job.Orders;
import java.util.List;
import java.util.Optional;

/** A WebSocket whose first message is an order, as {@code POST /v1/jobs} takes it. */
public final class SessionRoutes implements Routes {
    private final Sessions sessions;
    private final Orders orders;

    public SessionRoutes(Sessions sessions, Orders orders) {
        this.sessions = sessions;
        this.orders = orders;
    }

    @Override
    public String group() {
        return "session";
    }

    @Override
    public List<Route> routes() {
        return List.of();
    }

    @Override
    public List<Socket> sockets() {
        Tongue own = new Tongue(message -> orders.check(Json.as(message, Orders.Wanted.class)), Optional::of);
        return List.of(sessions.socket(
                "/v1/session", "Trains what the first message says, asks before it repeats, and can be aborted", own));
    }
}
