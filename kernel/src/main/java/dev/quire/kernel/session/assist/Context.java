package dev.quire.kernel.session.assist;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Turns the text before the cursor into one that JShell's analysis understands: it takes a text for one snippet, and
 * judges by its first word what kind. Imports and declarations of an unfinished cell are left out, and magics.
 */
final class Context {
    private static final Pattern DECLARATION =
            Pattern.compile("(?s)^\\s*(?:@\\w+\\s+)*(?:(?:public|private|protected|static|final|"
                    + "abstract|sealed|strictfp)\\s+)*(?:import|class|interface|enum|record|@interface|void)\\s+\\w.*");
    private static final Pattern METHOD =
            Pattern.compile("(?s)^\\s*(?:[\\w.<>\\[\\]?, ]+)\\s+\\w+\\s*\\([^()]*\\)\\s*(?:throws [\\w., ]+)?\\{.*");
    private static final Pattern MAGIC = Pattern.compile("(?m)^[ \\t]*%+\\w*");

    private Context() {}

    /** The part of the text that says what can stand at its end; it ends as the text does. */
    static String of(String before) {
        String java = MAGIC.matcher(before)
                .replaceAll(magic -> " ".repeat(magic.group().length()));
        List<String> segments = segments(java);
        String last = segments.get(segments.size() - 1);
        if (isDeclaration(last)) {
            return last;
        }
        StringBuilder out = new StringBuilder();
        segments.stream()
                .limit(segments.size() - 1L)
                .filter(each -> !isDeclaration(each))
                .forEach(out::append);
        return out.append(last).toString();
    }

    private static boolean isDeclaration(String segment) {
        return DECLARATION.matcher(segment).matches() || METHOD.matcher(segment).matches();
    }

    /** Statements and declarations, with what stands between them; the last one may be empty. */
    private static List<String> segments(String text) {
        List<String> segments = new ArrayList<>();
        int depth = 0;
        int start = 0;
        int i = 0;
        while (i < text.length()) {
            int next = JavaText.skip(text, i);
            if (next > i) {
                i = next;
                continue;
            }
            char c = text.charAt(i++);
            depth += c == '(' || c == '[' || c == '{' ? 1 : c == ')' || c == ']' || c == '}' ? -1 : 0;
            if (depth == 0 && (c == ';' || c == '}')) {
                segments.add(text.substring(start, i));
                start = i;
            }
            depth = Math.max(0, depth);
        }
        segments.add(text.substring(start));
        return segments;
    }
}
