package dev.quire.kernel.session.assist;

import dev.quire.kernel.session.assist.Completions.Completion;
import dev.quire.manual.Entry;
import dev.quire.manual.Manual;
import dev.quire.manual.Page;
import dev.quire.manual.Vocabulary;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import jdk.jshell.JShell;
import jdk.jshell.VarSnippet;

/** Completion of Java: JShell says what can stand at a place, this puts it in order and says what it is. */
final class Completer {
    private static final Set<String> OF_EVERY_OBJECT =
            Set.of("equals", "getClass", "hashCode", "notify", "notifyAll", "toString", "wait");
    private static final Set<String> KEYWORDS =
            Set.of("class", "false", "length", "new", "null", "super", "this", "true");

    private static final Pattern CONSTANT = Pattern.compile("[A-Z][A-Z0-9_]+");

    private final JShell jshell;
    private final Suggestions suggestions;

    Completer(JShell jshell) {
        this.jshell = jshell;
        this.suggestions = new Suggestions(jshell);
    }

    Completions complete(Spot spot) {
        String before = Context.of(spot.source().substring(0, spot.cursor()));
        // Each text once, though it may be offered for several ways to call it.
        Map<String, Boolean> fits = new LinkedHashMap<>();
        suggestions.at(before).forEach(each -> fits.merge(each.continuation(), each.matchesType(), Boolean::logicalOr));
        List<Completion> items = spot.dot() >= 0 ? members(spot, before, fits) : words(spot, fits);
        return new Completions(
                spot.wordStart(),
                spot.wordEnd(),
                items.stream().map(each -> cut(each, spot)).toList());
    }

    /** A bracket that stands behind the cursor already is not put in again. */
    private static Completion cut(Completion item, Spot spot) {
        boolean isCalled = spot.source().startsWith("(", spot.wordEnd());
        String text = isCalled ? item.text().replaceFirst("\\(\\)?$", "") : item.text();
        return new Completion(text, item.kind(), item.signature(), item.about(), item.fits());
    }

    private List<Completion> words(Spot spot, Map<String, Boolean> fits) {
        Map<String, String> variables = variables();
        Map<String, List<Entry>> manual =
                Manual.words().stream().collect(Collectors.groupingBy(Entry::name, HashMap::new, Collectors.toList()));
        List<Completion> items = new ArrayList<>();
        fits.forEach((text, isFitting) -> {
            String name = name(text);
            boolean isCall = text.endsWith("(") || text.endsWith(")");
            List<Entry> entries = isCall ? manual.getOrDefault(name, List.of()) : List.of();
            String signature =
                    isCall ? signature(entries) : variables.containsKey(name) ? variables.get(name) + " " + name : "";
            items.add(new Completion(text, kind(text), signature, about(entries), isFitting));
        });
        List<String> named =
                spot.isFreshArgument() ? Page.of(Manual.word(spot.callee())).options() : List.of();
        Function<Completion, Integer> rank = item -> {
            String name = name(item.text());
            int place = named.indexOf(name);
            return isVariable(item, variables)
                    ? Integer.MIN_VALUE
                    : place >= 0
                            ? place - named.size()
                            : manual.containsKey(name) ? Vocabulary.rank(name) : Integer.MAX_VALUE;
        };
        boolean isOfTheLanguage = spot.isFreshArgument()
                && items.stream().anyMatch(item -> item.fits() && manual.containsKey(name(item.text())));
        return items.stream()
                .filter(item -> !isOfTheLanguage || item.fits())
                .sorted(Comparator.comparing((Completion item) -> !item.fits())
                        .thenComparing(rank)
                        .thenComparing(item -> isFailure(item.text()))
                        .thenComparing(Completion::text))
                .toList();
    }

    private static boolean isVariable(Completion item, Map<String, String> variables) {
        return item.kind().equals("instance") && variables.containsKey(item.text());
    }

    private List<Completion> members(Spot spot, String before, Map<String, Boolean> fits) {
        String type = type(spot, before);
        List<Entry> known = Manual.type(type).map(each -> each.members()).orElse(List.of());
        Map<String, List<Entry>> manual =
                known.stream().collect(Collectors.groupingBy(Entry::name, HashMap::new, Collectors.toList()));
        List<String> order = known.stream().map(Entry::name).distinct().toList();
        String simple = type.replaceFirst("<.*$", "");
        return fits.entrySet().stream()
                .map(each -> {
                    List<Entry> entries = manual.getOrDefault(name(each.getKey()), List.of());
                    return new Completion(
                            each.getKey(), kind(each.getKey()), signature(entries), about(entries), each.getValue());
                })
                .sorted(Comparator.comparing((Completion item) -> !item.fits())
                        .thenComparing(item -> OF_EVERY_OBJECT.contains(name(item.text())))
                        .thenComparing(item -> !isConstant(item.text()))
                        .thenComparing(item -> Vocabulary.rank(simple, name(item.text())))
                        .thenComparing(item -> place(order, name(item.text())))
                        .thenComparing(item -> isFailure(item.text()))
                        .thenComparing(Completion::text))
                .toList();
    }

    private static int place(List<String> order, String name) {
        int at = order.indexOf(name);
        return at < 0 ? Integer.MAX_VALUE : at;
    }

    /** The type of what stands before the dot; empty where it is none of Quire's. */
    private String type(Spot spot, String before) {
        int end = JavaText.endBefore(spot.source(), spot.dot());
        String receiver = spot.source().substring(JavaText.wordStart(spot.source(), end), end);
        int outer = JavaText.endBefore(spot.source(), end - receiver.length()) - 1;
        boolean isPath = outer >= 0 && spot.source().charAt(outer) == '.';
        String declared = isPath ? null : variables().get(receiver);
        if (declared != null) {
            return declared;
        }
        if (!isPath && !receiver.isEmpty() && Character.isUpperCase(receiver.charAt(0))) {
            return receiver;
        }
        int dot = before.lastIndexOf('.', before.length() - spot.prefix().length());
        return dot < 0 ? "" : suggestions.type(before.substring(0, dot));
    }

    private Map<String, String> variables() {
        return jshell.variables()
                .collect(Collectors.toMap(VarSnippet::name, VarSnippet::typeName, (a, b) -> b, HashMap::new));
    }

    private static String signature(List<Entry> entries) {
        return entries.isEmpty()
                ? ""
                : entries.get(0).signature() + (entries.size() > 1 ? "  (+" + (entries.size() - 1) + ")" : "");
    }

    private static String about(List<Entry> entries) {
        return entries.isEmpty() ? "" : entries.get(0).description().summary();
    }

    private static String name(String text) {
        int end = JavaText.wordEnd(text, 0);
        return text.substring(0, end);
    }

    private static boolean isFailure(String text) {
        String name = name(text);
        return name.endsWith("Exception") || name.endsWith("Error");
    }

    private static boolean isConstant(String text) {
        return CONSTANT.matcher(text).matches();
    }

    private static String kind(String text) {
        if (text.endsWith(".")) {
            return "module";
        }
        String name = name(text);
        if (KEYWORDS.contains(name) && !text.endsWith(")")) {
            return "keyword";
        }
        boolean isType = !name.isEmpty() && Character.isUpperCase(name.charAt(0)) && !isConstant(text);
        if (isType) {
            return "class";
        }
        return text.endsWith("(") || text.endsWith(")") ? "function" : "instance";
    }
}
