package dev.quire.server;

import dev.quire.run.Run;
import dev.quire.server.page.DrawingCell;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Static words for cells. No library of the server is loaded before the first of them is used. */
public final class Serve {
    private static @Nullable Server current;

    private Serve() {}

    /**
     * Starts a server over the runs of this session and all that are recorded, and leaves it running while cells go on.
     * Running the cell again replaces it; {@code server.stop()} ends it. Example: {@code var server = serve(run, port(8080));}
     *
     * @param run that its link leads to; all others are served too
     * @param options {@code port(8080)}, {@code host("127.0.0.1")}
     * @return the server: {@code server.address()}, {@code server.stop()}
     */
    public static Server serve(Run run, ServeOption... options) {
        return start(Optional.of(run.name()), options);
    }

    /**
     * Starts a server over all runs that are recorded. Example: {@code var server = serve(port(0));}
     *
     * @param options {@code port(8080)}, {@code host("127.0.0.1")}
     * @return the server: {@code server.address()}, {@code server.stop()}
     */
    public static Server serve(ServeOption... options) {
        return start(Optional.empty(), options);
    }

    /**
     * Option: where a server listens; 8080 unless said. Example: {@code serve(port(0))}.
     *
     * @param port from 1 to 65535, or 0 for any that is free
     */
    public static ServeOption port(int port) {
        return options -> options.port(port);
    }

    /**
     * Option: the address that a server is bound to; 127.0.0.1 unless said. On any other it asks for a token, which it
     * prints. Example: {@code serve(host("0.0.0.0"))}.
     *
     * @param address such as {@code 0.0.0.0} for all
     */
    public static ServeOption host(String address) {
        return options -> options.host(address);
    }

    /**
     * A canvas to draw on, and what a run says of it while it is drawn. Example: {@code draw(run)}.
     *
     * @param run on images, such as those of {@code mnist()}
     * @return the canvas, which a notebook shows
     */
    public static DrawingCell draw(Run run) {
        return DrawingCell.draw(run);
    }

    private static synchronized Server start(Optional<String> run, ServeOption... options) {
        ServerOptions wanted = ServerOptions.standard();
        for (ServeOption option : options) {
            wanted = option.applyTo(wanted);
        }
        Server before = current;
        if (before != null) {
            before.stop();
        }
        Server fresh = Server.start(wanted, run);
        current = fresh;
        return fresh;
    }
}
