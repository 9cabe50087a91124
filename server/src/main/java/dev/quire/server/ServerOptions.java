package dev.quire.server;

import dev.quire.QuireException;
import dev.quire.run.RunFolder;
import dev.quire.server.contract.Contracts;
import dev.quire.server.guard.Limits;
import dev.quire.server.infer.BatchRule;
import java.nio.file.Path;
import java.util.Optional;

/**
 * How a server is started.
 *
 * @param host the address that it is bound to
 * @param port from 1 to 65535; 0 for any that is free
 * @param folder where it keeps its store, configurations and uploads
 * @param data a folder whose folders with {@code train/} and {@code test/} are datasets
 * @param runs where runs are recorded, the same as in notebooks unless said
 * @param store a JDBC address, such as that of a PostgreSQL database; empty for SQLite in the folder
 * @param token that clients must show; empty for none on this machine and a random one elsewhere
 * @param tls empty for plain HTTP
 * @param atOnce jobs that train at the same time
 * @param limits what is taken from clients
 * @param contracts services that other clients know, and where
 * @param batch how requests for one model are joined
 */
public record ServerOptions(
        String host,
        int port,
        Path folder,
        Path data,
        Path runs,
        Optional<String> store,
        Optional<String> token,
        Optional<Tls> tls,
        int atOnce,
        Limits limits,
        Contracts contracts,
        BatchRule batch) {
    public ServerOptions {
        if (port < 0 || port > 65535) {
            throw new QuireException("port(" + port + "): a port is from 1 to 65535, or 0 for any that is free");
        }
        if (atOnce < 1) {
            throw new QuireException("jobs at once must be at least 1, got " + atOnce);
        }
        if (token.isPresent() && token.get().length() < 8) {
            throw new QuireException("the token has " + token.get().length() + " characters: give it at least 8");
        }
        folder = folder.toAbsolutePath().normalize();
        data = data.toAbsolutePath().normalize();
        runs = runs.toAbsolutePath().normalize();
    }

    /** On this machine alone, port 8080, everything below {@code quire-server/}, the runs of notebooks. */
    public static ServerOptions standard() {
        Path folder = Path.of(System.getenv().getOrDefault("QUIRE_SERVER", "quire-server"));
        return in(folder);
    }

    /** As {@link #standard()}, kept in this folder. */
    public static ServerOptions in(Path folder) {
        return new ServerOptions(
                "127.0.0.1",
                8080,
                folder,
                folder.resolve("data"),
                RunFolder.root(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                1,
                Limits.DEFAULT,
                Contracts.ALL,
                BatchRule.DEFAULT);
    }

    public ServerOptions host(String value) {
        return new ServerOptions(value, port, folder, data, runs, store, token, tls, atOnce, limits, contracts, batch);
    }

    public ServerOptions port(int value) {
        return new ServerOptions(host, value, folder, data, runs, store, token, tls, atOnce, limits, contracts, batch);
    }

    public ServerOptions data(Path value) {
        return new ServerOptions(host, port, folder, value, runs, store, token, tls, atOnce, limits, contracts, batch);
    }

    public ServerOptions runs(Path value) {
        return new ServerOptions(host, port, folder, data, value, store, token, tls, atOnce, limits, contracts, batch);
    }

    public ServerOptions store(String jdbc) {
        return new ServerOptions(
                host, port, folder, data, runs, Optional.of(jdbc), token, tls, atOnce, limits, contracts, batch);
    }

    public ServerOptions token(String value) {
        return new ServerOptions(
                host, port, folder, data, runs, store, Optional.of(value), tls, atOnce, limits, contracts, batch);
    }

    public ServerOptions tls(Tls value) {
        return new ServerOptions(
                host, port, folder, data, runs, store, token, Optional.of(value), atOnce, limits, contracts, batch);
    }

    public ServerOptions atOnce(int value) {
        return new ServerOptions(host, port, folder, data, runs, store, token, tls, value, limits, contracts, batch);
    }

    public ServerOptions limits(Limits value) {
        return new ServerOptions(host, port, folder, data, runs, store, token, tls, atOnce, value, contracts, batch);
    }

    public ServerOptions contracts(Contracts value) {
        return new ServerOptions(host, port, folder, data, runs, store, token, tls, atOnce, limits, value, batch);
    }

    public ServerOptions batch(BatchRule value) {
        return new ServerOptions(host, port, folder, data, runs, store, token, tls, atOnce, limits, contracts, value);
    }

    @Override
    public String toString() {
        return "ServerOptions[" + host + ":" + port + ", " + folder + "]";
    }
}
