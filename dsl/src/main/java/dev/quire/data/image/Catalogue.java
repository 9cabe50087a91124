package dev.quire.data.image;

import dev.quire.QuireException;
import dev.quire.data.Split;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Which files are images of which class and split, told from their folders: {@code train/CLASS/NAME.jpg}, or
 * {@code CLASS/NAME.jpg} alone. A folder around all of it does not count.
 *
 * @param classes class names in the order of their characters
 * @param items ordered by split, class and name
 * @param hasSplits whether the folders say the splits
 * @param others how many files of class folders are left out, as they are not named like images
 */
record Catalogue(List<String> classes, List<Item> items, boolean hasSplits, int others) {
    private static final Map<String, Split> SPLITS = Map.of(
            "train", Split.TRAIN,
            "training", Split.TRAIN,
            "val", Split.VALIDATION,
            "valid", Split.VALIDATION,
            "validation", Split.VALIDATION,
            "test", Split.TEST,
            "testing", Split.TEST);

    /** What operating systems leave behind. */
    private static final Set<String> LITTER = Set.of("thumbs.db", "desktop.ini", "__macosx");

    static Catalogue of(Source source, List<String> names, ImageSpec spec) {
        List<String[]> paths = new ArrayList<>();
        for (String name : names) {
            String[] parts = name.split("/", -1);
            if (!isLitter(parts)) {
                paths.add(parts);
            }
        }
        int skip = around(paths);
        boolean splits = paths.stream().anyMatch(parts -> parts.length > skip + 1 && split(parts[skip]) != null);
        int depth = splits ? skip + 1 : skip;
        TreeSet<String> classes = new TreeSet<>();
        List<Found> found = new ArrayList<>();
        for (String[] parts : paths) {
            Split split = splits ? split(parts[skip]) : Split.TRAIN;
            if (split == null) {
                continue;
            }
            String name = String.join("/", parts);
            if (parts.length > depth + 1) {
                classes.add(parts[depth]);
                found.add(new Found(name, split, parts[depth]));
            } else if (hasImageName(name)) {
                throw new QuireException(
                        source.path().resolve(name) + " lies in no class folder: expected " + expected(source));
            }
        }
        if (found.isEmpty()) {
            throw new QuireException(source.path() + " holds no image: expected " + expected(source));
        }
        int others = withoutOthers(source, found, spec);
        return new Catalogue(List.copyOf(classes), items(found, List.copyOf(classes), spec), splits, others);
    }

    private record Found(String name, Split split, String label) {}

    private static String expected(Source source) {
        return "class folders such as " + source.path() + "/train/CLASS/1.jpg or " + source.path() + "/CLASS/1.jpg";
    }

    private static boolean isLitter(String... parts) {
        for (String part : parts) {
            if (part.startsWith(".") || LITTER.contains(part.toLowerCase(Locale.ROOT))) {
                return true;
            }
        }
        return false;
    }

    private static @Nullable Split split(String folder) {
        return SPLITS.get(folder.toLowerCase(Locale.ROOT));
    }

    /** How many folders lie around all class and split folders. */
    private static int around(List<String[]> paths) {
        int skip = 0;
        while (!paths.isEmpty() && wraps(paths, skip)) {
            skip++;
        }
        return skip;
    }

    private static boolean wraps(List<String[]> paths, int depth) {
        String folder = paths.get(0)[depth];
        return split(folder) == null
                && paths.stream().allMatch(parts -> parts.length > depth + 2 && parts[depth].equals(folder));
    }

    static boolean hasImageName(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.endsWith(".jpg") || lower.endsWith(".jpeg") || lower.endsWith(".png");
    }

    /** Takes away what is not named like an image, if that is wanted; returns how many. */
    private static int withoutOthers(Source source, List<Found> found, ImageSpec spec) {
        int before = found.size();
        found.removeIf(file -> {
            boolean other = !hasImageName(file.name());
            if (other && !spec.skipBroken()) {
                throw new QuireException(
                        source.path().resolve(file.name()) + " is not a JPEG or PNG" + ImageFolder.REMEDY);
            }
            return other;
        });
        return before - found.size();
    }

    private static List<Item> items(List<Found> found, List<String> classes, ImageSpec spec) {
        found.sort(
                Comparator.comparing(Found::split).thenComparing(Found::label).thenComparing(Found::name));
        Map<String, Integer> seen = new HashMap<>();
        List<Item> items = new ArrayList<>();
        for (Found file : found) {
            if (seen.merge(file.split() + "/" + file.label(), 1, Integer::sum) <= spec.perClass()) {
                items.add(new Item(file.name(), file.split(), Collections.binarySearch(classes, file.label())));
            }
        }
        return items;
    }
}
