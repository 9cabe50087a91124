package dev.quire.kernel.machine;

import dev.quire.data.DataFolders;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Which datasets lie on this machine. */
final class DatasetFolders {
    /** Those that are not bundled. */
    static final List<String> PUBLISHED = List.of("mnist", "fashion-mnist", "cifar10", "tinyshakespeare");

    private DatasetFolders() {}

    static List<Finding> findings(DataFolders folders) {
        List<Finding> out = new ArrayList<>();
        out.add(Finding.good("datasets", "digits, iris, wine, breast cancer come with Quire"));
        folders.offline().ifPresent(folder -> out.add(offline(folder)));
        Path cache = folders.cache().resolve("datasets");
        List<String> cached = present(cache);
        out.add(Finding.good("", "cache " + cache + ": " + (cached.isEmpty() ? "empty" : String.join(", ", cached))));
        List<String> missing = new ArrayList<>(PUBLISHED);
        missing.removeAll(cached);
        folders.offline().ifPresent(folder -> missing.removeAll(present(folder)));
        if (!missing.isEmpty()) {
            out.add(Finding.good("", String.join(", ", missing) + ": downloaded when first asked for"));
        }
        return out;
    }

    private static Finding offline(Path folder) {
        String name = "QUIRE_DATASETS " + folder + ": ";
        if (!Files.isDirectory(folder)) {
            return Finding.note("", name + "there is no such folder", "create it, or unset QUIRE_DATASETS");
        }
        List<String> present = present(folder);
        return present.isEmpty()
                ? Finding.note(
                        "",
                        name + "none of " + String.join(", ", PUBLISHED),
                        "a dataset lies in a folder of its name, such as " + folder.resolve("mnist"))
                : Finding.good("", name + String.join(", ", present));
    }

    private static List<String> present(Path folder) {
        return PUBLISHED.stream()
                .filter(name -> Files.isDirectory(folder.resolve(name)))
                .toList();
    }
}
