package dev.quire.kernel.session.assist;

import dev.quire.manual.Entry;
import dev.quire.manual.Help;
import dev.quire.manual.Manual;
import dev.quire.manual.Page;
import dev.quire.view.Display;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import jdk.jshell.JShell;
import jdk.jshell.VarSnippet;

/** Says what the name at the cursor is, or the call around it. */
final class Inspector {
    private final JShell jshell;
    private final Suggestions suggestions;
    private final Glance glance;

    /**
     * @param values what a variable of the session holds
     */
    Inspector(JShell jshell, Function<String, Optional<Object>> values) {
        this.jshell = jshell;
        this.suggestions = new Suggestions(jshell);
        this.glance = new Glance(values);
    }

    Optional<Display> inspect(Spot spot) {
        if (spot.isComment()) {
            return Optional.empty();
        }
        String word = spot.word();
        boolean isName = !word.isEmpty() && Character.isJavaIdentifierStart(word.charAt(0));
        Optional<Display> named = isName ? name(spot, word) : Optional.empty();
        return named.isPresent() ? named : call(spot);
    }

    private Optional<Display> name(Spot spot, String word) {
        boolean isCalled = isCalled(spot);
        if (spot.dot() < 0 && !isCalled) {
            Optional<VarSnippet> variable =
                    jshell.variables().filter(each -> each.name().equals(word)).findFirst();
            if (variable.isPresent()) {
                return Optional.of(glance.at(word, variable.get().typeName()));
            }
        }
        String text = Context.of(spot.source().substring(0, spot.wordEnd()));
        List<Entry> entries = entries(Character.isUpperCase(word.charAt(0)) && !isCalled ? text : text + "(");
        boolean isMeant = entries.stream()
                .anyMatch(each -> each.name().equals(word) || each.owner().equals(word));
        if (isMeant) {
            return Optional.of(Page.of(fitting(entries, spot, isCalled)).display());
        }
        // The text around it may not make sense yet; the word alone does.
        return spot.dot() < 0 ? Help.find(word).map(Page::display) : Optional.empty();
    }

    private static boolean isCalled(Spot spot) {
        String rest = spot.source().substring(spot.wordEnd());
        return rest.stripLeading().startsWith("(");
    }

    /** The way to call it comes first that has as many arguments as the call has already. */
    private static List<Entry> fitting(List<Entry> entries, Spot spot, boolean isCalled) {
        if (!isCalled) {
            return entries;
        }
        int close = spot.source().indexOf('(', spot.wordEnd()) + 1;
        int arguments = Arguments.count(spot.source(), close);
        return entries.stream()
                .sorted(Comparator.comparing((Entry each) -> !each.accepts(arguments)))
                .toList();
    }

    private Optional<Display> call(Spot spot) {
        if (spot.call().isEmpty() || spot.callee().isEmpty()) {
            return Optional.empty();
        }
        int argument = spot.call().get().argument();
        String text = Context.of(spot.source().substring(0, spot.cursor()));
        List<Entry> entries = entries(text);
        if (entries.stream().noneMatch(each -> each.name().equals(spot.callee()))) {
            entries = Manual.word(spot.callee());
        }
        List<Entry> ordered = entries.stream()
                .sorted(Comparator.comparing((Entry each) -> !each.takes(argument)))
                .toList();
        return ordered.isEmpty()
                ? Optional.empty()
                : Optional.of(Page.of(ordered).at(argument).display());
    }

    private List<Entry> entries(String text) {
        return suggestions.documentation(text).stream()
                .map(Signature::entry)
                .distinct()
                .toList();
    }
}
