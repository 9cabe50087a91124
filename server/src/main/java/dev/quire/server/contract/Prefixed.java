package dev.quire.server.contract;

import dev.quire.server.http.Route;
import dev.quire.server.http.Routes;
import dev.quire.server.http.Socket;
import java.util.List;

/**
 * Routes below a prefix.
 *
 * @param prefix such as {@code /lab}; empty for none
 */
public record Prefixed(String prefix, Routes routed) implements Routes {
    @Override
    public String group() {
        return routed.group();
    }

    @Override
    public List<Route> routes() {
        return routed.routes().stream()
                .map(each -> new Route(
                        each.method(),
                        prefix + each.path(),
                        each.summary(),
                        each.parameters(),
                        each.bodies(),
                        each.answers(),
                        each.handler()))
                .toList();
    }

    @Override
    public List<Socket> sockets() {
        return routed.sockets().stream()
                .map(each -> new Socket(prefix + each.path(), each.summary(), each.handler()))
                .toList();
    }
}
