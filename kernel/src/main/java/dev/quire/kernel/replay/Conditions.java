package dev.quire.kernel.replay;

import com.fasterxml.jackson.databind.JsonNode;
import dev.quire.QuireException;
import dev.quire.run.RunFolder;
import dev.quire.run.StoredRun;
import dev.quire.run.record.Facts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What two runs were computed from and with, where it differs. */
final class Conditions {
    /** Told by others: the seed by the specification, the rest by the device and the threads. */
    private static final Set<String> REPEATED = Set.of("determinism", "seed");

    private static final String MISSING = "nothing";

    private Conditions() {}

    /** A line for each difference of specification, network, data and environment; empty where there is none. */
    static List<String> differences(StoredRun recorded, StoredRun replayed) {
        RunFolder before = recorded.folder();
        RunFolder now = replayed.folder();
        List<String> out = new ArrayList<>();
        compare("specification", facts(before.spec()), facts(now.spec()), out);
        if (!text(before.model()).equals(text(now.model()))) {
            out.add("network: it is another one");
        }
        String then = json(before.data()).path("identity").asText();
        String identity = json(now.data()).path("identity").asText();
        if (!then.equals(identity)) {
            out.add("data: " + data(replayed) + " instead of " + data(recorded)
                    + (data(replayed).equals(data(recorded)) ? ", with other examples or transforms" : ""));
        }
        compare("environment", environment(before), environment(now), out);
        return out;
    }

    /** Data in words: its name, how many examples it has, and where it came from. */
    static String data(StoredRun run) {
        JsonNode data = json(run.folder().data());
        List<String> splits = new ArrayList<>();
        data.path("splits")
                .properties()
                .forEach(split -> splits.add("%,d %s".formatted(split.getValue().asLong(), split.getKey())));
        String source = data.path("source").asText();
        return data.path("name").asText() + " (" + String.join(", ", splits)
                + (source.isEmpty() ? "" : "; from " + source) + ")";
    }

    private static void compare(String title, Map<String, String> before, Map<String, String> now, List<String> out) {
        Set<String> names = new LinkedHashSet<>(before.keySet());
        names.addAll(now.keySet());
        for (String name : names) {
            String then = before.getOrDefault(name, MISSING);
            String value = now.getOrDefault(name, MISSING);
            if (!then.equals(value)) {
                out.add(title + ": " + name + " " + value + " instead of " + then);
            }
        }
    }

    private static Map<String, String> environment(RunFolder folder) {
        Map<String, String> out = facts(folder.environment());
        out.keySet().removeAll(REPEATED);
        return out;
    }

    private static Map<String, String> facts(Path file) {
        return Facts.of(json(file));
    }

    private static JsonNode json(Path file) {
        try {
            return RunFolder.read(file);
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    private static QuireException unreadable(Path file, IOException e) {
        return new QuireException("the record cannot be read: " + file.getFileName() + ": " + e.getMessage(), e);
    }
}
