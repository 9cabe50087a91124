package dev.quire.bench;

import dev.quire.engine.Torch;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/** Prints one table of everything measured; see {@code dsl/bench/run}. */
public final class Bench {
    private Bench() {}

    public static void main(String[] arguments) {
        // Figures in a table are for everyone to read.
        Locale.setDefault(Locale.ROOT);
        Settings settings;
        try {
            settings = Settings.of(arguments);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(2);
            return;
        }
        Torch.threads(settings.threads());
        Optional<Peer> peer = settings.races()
                ? Peer.start(Path.of(System.getProperty("quire.bench.peer")), settings.threads())
                : Optional.empty();
        System.out.printf(
                "Quire on %s, libtorch %s, %s; %s; %d threads each; %d rounds of %.1f s%n%n",
                Torch.device(),
                Torch.version(),
                "Java " + System.getProperty("java.version"),
                peer.map(python -> "PyTorch " + python.version() + " as the peer")
                        .orElse("no Python here imports torch"),
                settings.threads(),
                settings.rounds(),
                settings.seconds());
        Table table = new Table(System.out);
        try {
            new Workloads(peer).of(settings).forEach(contest -> contest.run(settings, table));
            if (settings.wants("inference")) {
                new Serving(settings, table).run();
            }
            new Checks(settings, table).run();
        } finally {
            peer.ifPresent(Peer::close);
        }
    }
}
