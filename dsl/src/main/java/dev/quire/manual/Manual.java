package dev.quire.manual;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * The documentation of Quire's own types. It is read, when it is first asked for, from the sources that the jar
 * carries: no JDK needs sources of its own for it.
 */
public final class Manual {
    private static final String WORDS = "dev.quire.Quire";

    /** Where a simple name is looked for, as in the imports of a session. */
    private static final List<String> PACKAGES = List.of(
            "dev.quire.",
            "dev.quire.run.",
            "dev.quire.model.",
            "dev.quire.train.",
            "dev.quire.data.",
            "dev.quire.view.",
            "dev.quire.metric.",
            "dev.quire.graph.",
            "dev.quire.data.transform.",
            "dev.quire.data.image.",
            "dev.quire.data.table.",
            "dev.quire.manual.");

    private static final Map<String, Optional<SourceType>> READ = new ConcurrentHashMap<>();

    private Manual() {}

    /** Everything a cell can call by its bare name, in the order of the source. */
    public static List<Entry> words() {
        return Stream.concat(Stream.of(WORDS), Chapters.ALL.stream().map(Chapter::words))
                .flatMap(each -> source(each).stream())
                .flatMap(each -> each.members().stream())
                .toList();
    }

    /** The names of {@link #words}, each once. */
    public static Set<String> names() {
        Set<String> names = new LinkedHashSet<>();
        words().forEach(word -> names.add(word.name()));
        return names;
    }

    /** What a word can be called with, one entry for each way; empty where there is no such word. */
    public static List<Entry> word(String name) {
        return words().stream().filter(each -> each.name().equals(name)).toList();
    }

    /**
     * A type of Quire.
     *
     * @param name simple, as in {@code Run} or {@code Schedule.Cosine}, or with its package
     */
    public static Optional<SourceType> type(String name) {
        String raw = name.replaceFirst("<.*$", "");
        return raw.startsWith("dev.quire.") ? source(raw) : simple(raw);
    }

    private static Optional<SourceType> simple(String name) {
        return Stream.concat(PACKAGES.stream(), Chapters.ALL.stream().map(each -> packageOf(each.words())))
                .map(each -> source(each + name))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static String packageOf(String type) {
        return type.substring(0, type.lastIndexOf('.') + 1);
    }

    /** The public methods of a type by this name. */
    public static List<Entry> member(String type, String name) {
        return type(type)
                .map(found -> found.members().stream()
                        .filter(each -> each.name().equals(name))
                        .toList())
                .orElse(List.of());
    }

    private static Optional<SourceType> source(String name) {
        String[] parts = name.split("\\.");
        int top = 0;
        while (top < parts.length && (parts[top].isEmpty() || !Character.isUpperCase(parts[top].charAt(0)))) {
            top++;
        }
        if (top == parts.length) {
            return Optional.empty();
        }
        String file = String.join("/", Arrays.copyOf(parts, top + 1));
        Optional<SourceType> type = READ.computeIfAbsent(file, Sources::read);
        for (int i = top + 1; i < parts.length && type.isPresent(); i++) {
            type = type.get().inner(parts[i]);
        }
        return type;
    }
}
