package dev.quire.server.http;

import java.util.List;

/**
 * A group of routes: one small type each. A group that is listed in {@code Groups} is served, described in
 * {@code /openapi.json}, and guarded.
 */
public interface Routes {
    /** What the group is called in the OpenAPI document. */
    String group();

    /** The routes, complete. */
    List<Route> routes();

    /** The WebSockets; none unless said. */
    default List<Socket> sockets() {
        return List.of();
    }
}
