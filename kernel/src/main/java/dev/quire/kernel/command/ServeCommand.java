package dev.quire.kernel.command;

import dev.quire.server.Server;
import dev.quire.server.ServerOptions;
import dev.quire.server.Tls;
import dev.quire.server.contract.Contracts;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "serve",
        description = {
            "Serve jobs, runs, models and pages over HTTP, until Ctrl-C.",
            "Running jobs keep a checkpoint then, and go on at the next start."
        })
final class ServeCommand implements Callable<Integer> {
    @Option(names = "--port", paramLabel = "PORT", description = "Where to listen; 8080 unless said, 0 for any.")
    private int port = 8080;

    @Option(
            names = "--host",
            paramLabel = "ADDRESS",
            description = "The address to listen on; 127.0.0.1 unless said. Any other asks for a token.")
    private String host = "127.0.0.1";

    @Option(
            names = "--folder",
            paramLabel = "FOLDER",
            description = "Where the store, configurations and uploads are; quire-server unless said.")
    private @Nullable Path folder;

    @Option(
            names = "--data",
            paramLabel = "FOLDER",
            description = "A folder whose folders with train/ and test/ are datasets.")
    private @Nullable Path data;

    @Option(
            names = "--store",
            paramLabel = "JDBC",
            description = "The address of a PostgreSQL database, in place of SQLite. QUIRE_STORE says it unseen.")
    private @Nullable String store = System.getenv("QUIRE_STORE");

    @Option(names = "--token", paramLabel = "TOKEN", description = "The token to ask for; QUIRE_TOKEN says it unseen.")
    private @Nullable String token = System.getenv("QUIRE_TOKEN");

    @Option(
            names = "--tls",
            paramLabel = "FILE",
            description = "A PKCS12 file with key and certificates; QUIRE_TLS_PASSWORD has its password.")
    private @Nullable Path tls;

    @Option(names = "--at-once", paramLabel = "N", description = "Jobs that train at the same time; 1 unless said.")
    private int atOnce = 1;

    @Option(
            names = "--contract",
            paramLabel = "NAME",
            description = {
                "A kind of client to speak to in its own words: canvas, digits, store, platform or training.",
                "As often as wanted; all unless said, none for none. NAME=/PREFIX puts its paths below a prefix."
            })
    private List<String> contracts = List.of();

    @Override
    public Integer call() throws InterruptedException {
        Server server = Server.start(options());
        CountDownLatch ended = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            server.stop();
            ended.countDown();
        }));
        System.out.println("serving at " + server.link() + "; Ctrl-C ends it");
        ended.await();
        return 0;
    }

    private ServerOptions options() {
        ServerOptions usual = folder == null ? ServerOptions.standard() : ServerOptions.in(folder);
        ServerOptions out = usual.port(port).host(host).atOnce(atOnce);
        if (data != null) {
            out = out.data(data);
        }
        if (store != null) {
            out = out.store(store);
        }
        if (token != null) {
            out = out.token(token);
        }
        if (tls != null) {
            out = out.tls(new Tls(tls, System.getenv().getOrDefault("QUIRE_TLS_PASSWORD", "")));
        }
        return contracts.isEmpty() ? out : out.contracts(Contracts.of(contracts));
    }
}
