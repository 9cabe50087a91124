package dev.quire.server;

import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.io.TempDir;

/** Tests of what the store keeps: on SQLite, and once more on any other that a subclass names. */
abstract class StoreCase {
    @TempDir
    Path folder;

    /** How its servers are started: on SQLite. */
    UnaryOperator<ServerOptions> options() {
        return options -> options;
    }

    TestServer server() {
        return server(options -> options);
    }

    TestServer server(UnaryOperator<ServerOptions> change) {
        return TestServer.in(folder, options -> change.apply(options().apply(options)));
    }
}
