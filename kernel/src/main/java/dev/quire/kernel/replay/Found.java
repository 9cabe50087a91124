package dev.quire.kernel.replay;

import dev.quire.QuireException;
import dev.quire.run.RunFolder;
import dev.quire.run.StoredRun;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Which of the runs of a replay is the recorded one. */
final class Found {
    private Found() {}

    /** One of the same network, data and specification; else of the same name; else the last one begun. */
    static Optional<StoredRun> in(Path runs, StoredRun recorded) {
        List<StoredRun> all = all(runs);
        List<StoredRun> equal =
                all.stream().filter(run -> run.key().equals(recorded.key())).toList();
        List<StoredRun> named =
                all.stream().filter(run -> run.name().equals(recorded.name())).toList();
        return Stream.of(equal.stream().filter(named::contains).toList(), equal, named, all)
                .filter(some -> !some.isEmpty())
                .findFirst()
                .map(some -> some.get(some.size() - 1));
    }

    /** As they began. */
    private static List<StoredRun> all(Path runs) {
        try {
            return RunFolder.all(runs).stream()
                    .map(StoredRun::of)
                    .sorted(Comparator.comparing(StoredRun::started))
                    .toList();
        } catch (IOException e) {
            throw new QuireException("the runs of the replay cannot be listed: " + e, e);
        }
    }
}
