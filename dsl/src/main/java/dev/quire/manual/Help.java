package dev.quire.manual;

import dev.quire.QuireException;
import dev.quire.view.Display;
import dev.quire.view.Displayable;
import dev.quire.view.Displays;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Answers the question what something is. */
public final class Help {
    private static final int LINES = 12;
    private static final int NEAR = 3;

    private Help() {}

    /** All words in their groups. */
    public static Displayable overview() {
        return new Overview();
    }

    /**
     * What a word is, by its name; what a type answers; for anything else its type and a short view of it.
     *
     * @throws QuireException when there is no such word
     */
    public static Displayable on(Object topic) {
        if (topic instanceof Class<?> type) {
            return type(type);
        }
        return topic instanceof String name ? named(name) : value(topic);
    }

    /**
     * What a name stands for: a word such as {@code conv}, a type such as {@code Run}, or its method, {@code Run.plot}.
     *
     * @return empty where there is no such name
     */
    public static Optional<Page> find(String name) {
        String bare = name.strip().replaceFirst("\\s*\\(.*$", "").replaceFirst("^Quire\\.", "");
        List<Entry> word = Manual.word(bare);
        if (!word.isEmpty()) {
            return Optional.of(Page.of(word));
        }
        int dot = bare.lastIndexOf('.');
        List<Entry> member = dot < 0 ? List.of() : Manual.member(bare.substring(0, dot), bare.substring(dot + 1));
        return member.isEmpty() ? Manual.type(bare).map(Page::of) : Optional.of(Page.of(member));
    }

    private static Page named(String name) {
        return find(name)
                .orElseThrow(() -> new QuireException(
                        "there is no word \"" + name + "\"" + near(name) + "; help() lists all words"));
    }

    /** What is known of a type, or else of the nearest type above it that is Quire's own. */
    private static Displayable type(Class<?> type) {
        return own(type)
                .<Displayable>map(Page::of)
                .orElseThrow(() -> new QuireException("nothing is written of " + type.getTypeName()
                        + ": help knows the types of Quire; help() lists the words"));
    }

    private static Displayable value(Object value) {
        String view = Displays.of(value).plain().lines().limit(LINES).collect(Collectors.joining("\n"));
        return own(value.getClass())
                .<Displayable>map(type -> Page.of(type).noting(view))
                .orElseGet(() -> () -> Display.text(value.getClass().getTypeName() + "\n" + view));
    }

    private static Optional<SourceType> own(Class<?> type) {
        return above(type)
                .filter(each -> each.getName().startsWith("dev.quire."))
                .map(each -> Manual.type(each.getName().replace('$', '.')))
                .flatMap(Optional::stream)
                .filter(each -> !each.members().isEmpty()
                        || !each.entry().description().paragraphs().isEmpty())
                .findFirst();
    }

    private static Stream<Class<?>> above(Class<?> type) {
        Stream<Class<?>> rest = Stream.concat(Stream.ofNullable(type.getSuperclass()), Stream.of(type.getInterfaces()))
                .flatMap(Help::above);
        return Stream.concat(Stream.of(type), rest);
    }

    private static String near(String name) {
        String wanted = name.toLowerCase(Locale.ROOT);
        List<String> near = Manual.names().stream()
                .filter(each -> distance(each.toLowerCase(Locale.ROOT), wanted) < NEAR
                        || each.toLowerCase(Locale.ROOT).contains(wanted))
                .sorted(Comparator.<String>comparingInt(each -> distance(each.toLowerCase(Locale.ROOT), wanted))
                        .thenComparing(each -> !letters(each).equals(letters(name))))
                .limit(NEAR)
                .toList();
        return near.isEmpty() ? "" : " (did you mean " + String.join(" or ", near) + "?)";
    }

    private static String letters(String word) {
        return word.toLowerCase(Locale.ROOT)
                .chars()
                .sorted()
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    /** How many letters must be put in, left out or changed to make one word of the other. */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        Arrays.setAll(row, i -> i);
        for (int i = 1; i <= a.length(); i++) {
            int corner = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int changed = corner + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                corner = row[j];
                row[j] = Math.min(changed, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
