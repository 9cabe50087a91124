package dev.quire.model.json;

import dev.quire.QuireException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Collects what is wrong and what is worth a remark while a network is read. */
final class Findings {
    private static final Pattern MUST = Pattern.compile("(.+?) must ((?:be|have) .+), got (.*)");

    private final List<Problem> problems = new ArrayList<>();
    private final List<String> remarks = new ArrayList<>();

    void add(Problem.Kind kind, String node, String message, String remedy) {
        problems.add(new Problem(kind, node, message, remedy));
    }

    void add(Problem.Kind kind, Place place, String message, String remedy) {
        add(kind, place.node(), place.inside() + message, remedy);
    }

    /**
     * What a layer refused: a sentence such as {@code dense: units must be at least 1, got 0}, or one that ends in its remedy.
     *
     * @param otherwise the remedy where the sentence has none
     */
    void refused(Problem.Kind kind, Place place, QuireException refusal, String otherwise) {
        String sentence = String.valueOf(refusal.getMessage());
        int word = sentence.indexOf(": ");
        boolean named = word > 0 && sentence.substring(0, word).matches("[A-Za-z0-9]+");
        String prefix = named ? sentence.substring(0, word + 2) : "";
        String rest = sentence.substring(prefix.length());
        Matcher must = MUST.matcher(rest);
        int colon = rest.lastIndexOf(": ");
        if (colon >= 0) {
            add(kind, place, prefix + rest.substring(0, colon), rest.substring(colon + 2));
        } else if (must.matches()) {
            add(kind, place, prefix + must.group(1) + " is " + must.group(3), "it must " + must.group(2));
        } else {
            add(kind, place, sentence, otherwise);
        }
    }

    void remark(String text) {
        remarks.add(text);
    }

    boolean isClean() {
        return problems.isEmpty();
    }

    Problems problems() {
        return new Problems(problems);
    }

    List<String> remarks() {
        return List.copyOf(remarks);
    }

    /** Throws what was found, if anything was. */
    void refuse() {
        if (!problems.isEmpty()) {
            throw new InvalidNetwork(problems());
        }
    }
}
