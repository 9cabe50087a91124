package dev.quire.server;

import dev.quire.QuireException;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;

/** The address and the port that a server is bound to. */
final class Endpoint {
    private Endpoint() {}

    /** The port that was asked for, or one that is free: known before the first route is, which tells of it. */
    static int free(ServerOptions options) {
        try (ServerSocket probe = new ServerSocket()) {
            probe.setReuseAddress(true);
            probe.bind(new InetSocketAddress(InetAddress.getByName(options.host()), options.port()));
            return probe.getLocalPort();
        } catch (UnknownHostException e) {
            throw new QuireException("there is no address " + options.host() + " on this machine: use 127.0.0.1", e);
        } catch (IOException e) {
            throw taken(options, e);
        }
    }

    private static QuireException taken(ServerOptions options, Exception because) {
        return new QuireException(
                "port " + options.port() + " of " + options.host()
                        + " is taken or not allowed: stop what uses it, or choose another, as port(0), which takes any"
                        + " that is free",
                because);
    }

    static boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    /** What is said of a server that could not start; a failure that no user can put right is thrown as it is. */
    static QuireException refused(ServerOptions options, RuntimeException failure) {
        for (Throwable each = failure; each != null; each = each.getCause()) {
            if (each instanceof BindException) {
                return taken(options, failure);
            }
            if (each instanceof QuireException said) {
                return said;
            }
        }
        throw failure;
    }
}
