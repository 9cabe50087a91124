package dev.quire.pretrained;

import dev.quire.QuireException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Where networks that were downloaded before lie, in the layout of the Hugging Face hub:
 * {@code models--org--name/snapshots/REVISION}. Nothing is ever downloaded.
 *
 * @param roots the folders that are looked in, in order
 */
record HubCache(List<Path> roots) {
    private static final String PROPERTY = "quire.hub";

    HubCache {
        roots = List.copyOf(roots);
    }

    /** That of this process: the property {@code quire.hub}, else as {@link #of(Map, Path)}. */
    static HubCache standard() {
        String said = System.getProperty(PROPERTY);
        return said != null
                ? new HubCache(List.of(Path.of(said)))
                : of(System.getenv(), Path.of(System.getProperty("user.home", ".")));
    }

    /** What {@code HF_HUB_CACHE} says, else {@code hub} below {@code HF_HOME}, else below the usual cache folder. */
    static HubCache of(Map<String, String> environment, Path home) {
        String hub = environment.getOrDefault("HF_HUB_CACHE", environment.getOrDefault("HUGGINGFACE_HUB_CACHE", ""));
        if (!hub.isEmpty()) {
            return new HubCache(List.of(Path.of(hub)));
        }
        String base = environment.getOrDefault("HF_HOME", "");
        if (!base.isEmpty()) {
            return new HubCache(List.of(Path.of(base).resolve("hub")));
        }
        String cache = environment.getOrDefault("XDG_CACHE_HOME", "");
        Path usual = cache.isEmpty() ? home.resolve(".cache") : Path.of(cache);
        return new HubCache(List.of(usual.resolve("huggingface").resolve("hub")));
    }

    /**
     * The folder or file of a network.
     *
     * @param place a path, or a name such as {@code microsoft/resnet-18}, with {@code @revision} behind it where it is
     *     not {@code main}
     * @throws QuireException when nothing is there; names all folders that were looked in
     */
    Path find(String place) {
        Path path = Path.of(place);
        if (Files.exists(path)) {
            return path;
        }
        List<Path> looked = new ArrayList<>(List.of(path.toAbsolutePath().normalize()));
        if (place.matches("[\\w.-]+(/[\\w.-]+)?(@[\\w./-]+)?")) {
            String name = place.replaceFirst("@.*", "");
            String revision = place.contains("@") ? place.substring(place.indexOf('@') + 1) : "main";
            for (Path root : roots) {
                Path model = root.resolve("models--" + name.replace("/", "--"));
                looked.add(model);
                if (Files.isDirectory(model)) {
                    return snapshot(model, revision);
                }
            }
        }
        throw new QuireException("there is no pretrained network '" + place + "'; looked in "
                + looked.stream().map(Path::toString).collect(Collectors.joining(", "))
                + ": give a folder with config.json and model.safetensors, or download it once, as with `hf download "
                + place.replaceFirst("@.*", "") + "`, or set HF_HUB_CACHE to the folder that has it");
    }

    private static Path snapshot(Path model, String revision) {
        Path snapshots = model.resolve("snapshots");
        Path reference = model.resolve("refs").resolve(revision).normalize();
        try {
            String said = reference.startsWith(model) && Files.isRegularFile(reference)
                    ? Files.readString(reference, StandardCharsets.UTF_8).strip()
                    : revision;
            if (said.matches("\\w[\\w.-]*") && Files.isDirectory(snapshots.resolve(said))) {
                return snapshots.resolve(said);
            }
            List<String> there = names(snapshots);
            throw new QuireException(model + " has no snapshot of " + revision
                    + (there.isEmpty()
                            ? ", and no other"
                            : "; there are " + String.join(", ", there) + ", to be named as in name@" + there.get(0)));
        } catch (IOException e) {
            throw new QuireException(model + " cannot be read: " + e, e);
        }
    }

    private static List<String> names(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(folder)) {
            return all.map(each -> each.getFileName() + "").sorted().toList();
        }
    }
}
