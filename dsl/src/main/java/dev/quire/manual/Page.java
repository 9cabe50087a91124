package dev.quire.manual;

import dev.quire.view.Display;
import dev.quire.view.Displayable;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is known of one word: each way to call it, what its arguments mean, examples.
 *
 * @param entries the ways to call it, the fitting one first; or one type
 * @param argument the argument that is being written, counted from 0; -1 for none
 * @param members methods to name after it
 * @param note one more thing to know, as text; empty for nothing
 */
public record Page(List<Entry> entries, int argument, List<Entry> members, String note) implements Displayable {
    private static final Pattern WORD = Pattern.compile("\\b([a-z]\\w*)\\b(?=\\()");

    public Page {
        entries = List.copyOf(entries);
        members = List.copyOf(members);
    }

    /** What is known of a call. */
    public static Page of(List<Entry> entries) {
        return new Page(entries, -1, List.of(), "");
    }

    /** What is known of a type, with its methods. */
    public static Page of(SourceType type) {
        return new Page(List.of(type.entry()), -1, type.members(), "");
    }

    /** The page with the argument marked that is being written, counted from 0. */
    public Page at(int place) {
        return new Page(entries, place, members, note);
    }

    /** The page with one more thing said above it. */
    public Page noting(String text) {
        return new Page(entries, argument, members, text);
    }

    @Override
    public Display display() {
        return Display.text(new PageText(this).text()).with(Display.HTML, new PageHtml(this).html());
    }

    /** Words that its parameters speak of: the options that it takes, in order. */
    public List<String> options() {
        return List.copyOf(wordsIn(entries.stream()
                .flatMap(entry -> entry.description().parameters().values().stream())
                .toList()));
    }

    /** Words that it speaks of, without itself. */
    Set<String> related() {
        Set<String> found = wordsIn(texts());
        entries.forEach(entry -> found.remove(entry.name()));
        return found;
    }

    private static Set<String> wordsIn(List<String> texts) {
        Set<String> names = Manual.names();
        Set<String> found = new LinkedHashSet<>();
        for (String text : texts) {
            Matcher word = WORD.matcher(text);
            while (word.find()) {
                if (names.contains(word.group(1))) {
                    found.add(word.group(1));
                }
            }
        }
        return found;
    }

    /** Options first, which say what they mean for the defaults. */
    private List<String> texts() {
        List<String> texts = new ArrayList<>();
        entries.forEach(entry -> texts.addAll(entry.description().parameters().values()));
        entries.forEach(entry -> texts.addAll(entry.description().paragraphs()));
        entries.forEach(entry -> texts.addAll(entry.description().examples()));
        return texts;
    }

    /** The argument being written as a parameter of this entry; -1 where it has none there. */
    int marked(Entry entry) {
        return argument < 0 || !entry.takes(argument)
                ? -1
                : Math.min(argument, entry.parameters().size() - 1);
    }
}
