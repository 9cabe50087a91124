package dev.quire.manual;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A Javadoc comment, read. Code stands between backquotes.
 *
 * @param paragraphs what it says, the first sentence first
 * @param parameters what is said of each parameter, by name
 * @param result what is said of the result; empty where nothing is
 * @param failures when it throws, a sentence each
 * @param examples calls that show its use, each one or more lines of Java
 */
public record Description(
        List<String> paragraphs,
        Map<String, String> parameters,
        String result,
        List<String> failures,
        List<String> examples) {
    static final Description NONE = new Description(List.of(), Map.of(), "", List.of(), List.of());

    private static final Pattern BLOCK_TAG = Pattern.compile("(?m)^\\s*@(\\w+)\\s*");
    private static final Pattern LISTING = Pattern.compile("(?s)<pre>\\s*(?:\\{@code(.*?)\\}\\s*)?</pre>");
    private static final Pattern EXAMPLE = Pattern.compile("Examples?:\\s+\\{@code");
    private static final Pattern SENTENCE = Pattern.compile("(?s)^(.*?[.])(?=\\s+[A-Z`]|\\s*$)");

    public Description {
        paragraphs = List.copyOf(paragraphs);
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
        failures = List.copyOf(failures);
        examples = List.copyOf(examples);
    }

    /** Reads the text of a Javadoc comment, without its stars. */
    public static Description of(String comment) {
        Matcher tag = BLOCK_TAG.matcher(comment);
        boolean hasTags = tag.find();
        List<String> examples = new ArrayList<>();
        String body = withoutExamples(hasTags ? comment.substring(0, tag.start()) : comment, examples);
        Map<String, String> parameters = new LinkedHashMap<>();
        List<String> failures = new ArrayList<>();
        String result = "";
        while (hasTags) {
            String name = tag.group(1);
            int from = tag.end();
            hasTags = tag.find();
            String text = Markup.plain(comment.substring(from, hasTags ? tag.start() : comment.length()));
            String[] parts = text.split("\\s+", 2);
            switch (name) {
                case "param" -> parameters.put(parts[0], parts.length > 1 ? parts[1] : "");
                case "return" -> result = text;
                case "throws", "exception" -> failures.add(text);
                default -> {}
            }
        }
        return new Description(Markup.paragraphs(body), parameters, result, failures, examples);
    }

    /** Its first sentence; empty where there is none. */
    public String summary() {
        if (paragraphs.isEmpty()) {
            return "";
        }
        Matcher first = SENTENCE.matcher(paragraphs.get(0));
        return first.find() ? first.group(1) : paragraphs.get(0);
    }

    private static String withoutExamples(String body, List<String> examples) {
        StringBuilder rest = new StringBuilder();
        Matcher listing = LISTING.matcher(body);
        while (listing.find()) {
            if (listing.group(1) != null) {
                examples.add(Markup.unescape(listing.group(1)).stripIndent().strip());
            }
            listing.appendReplacement(rest, "");
        }
        listing.appendTail(rest);
        Matcher example = EXAMPLE.matcher(rest);
        while (example.find()) {
            int end = Markup.closing(rest, example.end());
            examples.add(rest.substring(example.end(), end).strip().replaceAll("\\s+", " "));
            int after =
                    end + 1 < rest.length() && rest.charAt(end + 1) == '.' ? end + 2 : Math.min(rest.length(), end + 1);
            rest.delete(example.start(), after);
            example.reset(rest);
        }
        return rest.toString();
    }
}
