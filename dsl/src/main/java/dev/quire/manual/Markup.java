package dev.quire.manual;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Javadoc's markup as plain text, with code between backquotes. */
final class Markup {
    private static final Pattern INLINE = Pattern.compile("\\{@(\\w+)\\s*");
    private static final Pattern PARAGRAPH =
            Pattern.compile("(?i)</?(?:p|ul|ol|dl|table|tr|h[1-6]|blockquote|pre)\\b[^>]*>");
    private static final Pattern ITEM = Pattern.compile("(?i)<(?:li|dt)\\b[^>]*>");
    private static final Pattern TAG = Pattern.compile("</?[A-Za-z][^<>]*>");
    private static final Pattern LINK = Pattern.compile("(?s)^([^\\s(]+(?:\\([^)]*\\))?)(?:\\s+(.*))?$");

    private Markup() {}

    /** One line of text. */
    static String plain(String markup) {
        return String.join(" ", paragraphs(markup));
    }

    static List<String> paragraphs(String markup) {
        String text = ITEM.matcher(markup).replaceAll("\n\n– ");
        text = PARAGRAPH.matcher(text).replaceAll("\n\n");
        text = unescape(TAG.matcher(text).replaceAll(""));
        return Arrays.stream(inline(text).split("\\n\\s*\\n"))
                .map(each -> each.strip().replaceAll("\\s+", " "))
                .filter(each -> !each.isEmpty())
                .toList();
    }

    static String unescape(String text) {
        return text.replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&nbsp;", " ")
                .replace("&amp;", "&");
    }

    /** Where the brace is that closes one opened before {@code from}; the end of the text where there is none. */
    static int closing(CharSequence text, int from) {
        int depth = 1;
        for (int i = from; i < text.length(); i++) {
            depth += text.charAt(i) == '{' ? 1 : text.charAt(i) == '}' ? -1 : 0;
            if (depth == 0) {
                return i;
            }
        }
        return text.length();
    }

    private static String inline(String text) {
        StringBuilder out = new StringBuilder();
        Matcher tag = INLINE.matcher(text);
        int from = 0;
        while (tag.find(from)) {
            int end = closing(text, tag.end());
            String content = text.substring(tag.end(), end);
            out.append(text, from, tag.start()).append(word(tag.group(1), content));
            from = Math.min(text.length(), end + 1);
        }
        return out.append(text, from, text.length()).toString();
    }

    private static String word(String tag, String content) {
        return switch (tag) {
            case "code", "value" -> "`" + content.strip() + "`";
            case "link", "linkplain", "see" -> link(content.strip());
            case "inheritDoc" -> "";
            default -> inline(content);
        };
    }

    /** What a link is called: its label, or what it leads to without packages and the types of parameters. */
    private static String link(String content) {
        Matcher link = LINK.matcher(content);
        if (!link.matches()) {
            return content;
        }
        if (link.group(2) != null) {
            return link.group(2);
        }
        String target = link.group(1).replaceFirst("\\(.+\\)$", "()");
        List<String> parts = new ArrayList<>(List.of(target.split("#", 2)));
        parts.set(0, parts.get(0).replaceFirst("^(?:[a-z]\\w*\\.)+", ""));
        return "`" + String.join(parts.get(0).isEmpty() ? "" : ".", parts) + "`";
    }
}
