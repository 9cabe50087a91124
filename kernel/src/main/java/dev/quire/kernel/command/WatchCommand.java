package dev.quire.kernel.command;

import dev.quire.kernel.terminal.Terminal;
import dev.quire.server.client.Client;
import dev.quire.server.client.Printed;
import dev.quire.server.client.Watch;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "watch",
        description = {
            "Follow the jobs of a server: what trains now, then the next.",
            "Where the server goes away it tries again. Ctrl-C ends it; jobs go on. NO_COLOR turns colours off."
        })
final class WatchCommand implements Callable<Integer> {
    private static final long FIRST_WAIT = 1000;

    @Option(
            names = "--url",
            paramLabel = "ADDRESS",
            description = "Where the server is, or the link that it printed; http://127.0.0.1:8080 unless given.")
    private URI url = URI.create("http://127.0.0.1:8080");

    @Option(
            names = "--token",
            paramLabel = "TOKEN",
            description = "What the server asks for; the variable QUIRE_TOKEN, which other users cannot see, will do.")
    private @Nullable String token;

    @Override
    public Integer call() throws InterruptedException {
        Terminal terminal = Terminal.standard();
        boolean isColoured = terminal.isInteractive()
                && System.getenv().getOrDefault("NO_COLOR", "").isEmpty();
        Printed printed = new Printed(terminal.out(), terminal.isInteractive(), isColoured, terminal.columns());
        Optional<String> shown = Optional.ofNullable(token).or(() -> Optional.ofNullable(System.getenv("QUIRE_TOKEN")));
        new Watch(Client.of(url, shown), printed, FIRST_WAIT).run();
        return 0;
    }
}
