package dev.quire.server;

/** One thing said about a server: {@code serve(run, port(8080))}. */
@FunctionalInterface
public interface ServeOption {
    /** The options with this said. */
    ServerOptions applyTo(ServerOptions options);
}
