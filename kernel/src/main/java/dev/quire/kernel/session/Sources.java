package dev.quire.kernel.session;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.SourceCodeAnalysis.SnippetWrapper;
import org.jspecify.annotations.Nullable;

/** Which line of which cell a stack frame belongs to. */
final class Sources {
    private static final int MOST_CALLERS = 3;
    private static final String SNIPPETS = "REPL.";
    private static final Pattern FRAME = Pattern.compile("at (REPL\\.[^\\s(]+)\\.([^.(]+)\\(([^:)]*):(\\d+)\\)");

    private final JShell jshell;
    private final Map<String, Piece> pieces = new ConcurrentHashMap<>();
    private volatile @Nullable Piece current;

    Sources(JShell jshell) {
        this.jshell = jshell;
    }

    /** Says what is about to be evaluated: JShell tells the number of a snippet when it has run. */
    void begin(Piece piece) {
        current = piece;
    }

    /** Says where a snippet came from. */
    void add(Snippet snippet, Piece piece) {
        pieces.put(snippet.id(), piece);
    }

    Optional<Piece> of(Snippet snippet) {
        return Optional.ofNullable(pieces.get(snippet.id()));
    }

    /** The lines of cells that took part, innermost first. */
    List<Place> places(StackTraceElement[] trace) {
        return Arrays.stream(trace)
                .flatMap(frame -> place(frame).stream())
                .distinct()
                .limit(MOST_CALLERS)
                .toList();
    }

    /** A stack trace as the JVM prints it, with cells and lines in place of the classes that JShell makes. */
    String readable(String trace) {
        return FRAME.matcher(trace).replaceAll(match -> {
            StackTraceElement frame = new StackTraceElement(
                    match.group(1), match.group(2), match.group(3), Integer.parseInt(match.group(4)));
            return Matcher.quoteReplacement(
                    place(frame).map(place -> "at " + place).orElse(match.group()));
        });
    }

    private Optional<Place> place(StackTraceElement frame) {
        if (frame.getLineNumber() <= 0) {
            return Optional.empty();
        }
        // In an exception that JShell hands over, the file is the number of the snippet.
        String file = Objects.requireNonNullElse(frame.getFileName(), "");
        if (file.startsWith("#")) {
            return Optional.ofNullable(pieces.get(file.substring(1))).map(piece -> piece.line(frame.getLineNumber()));
        }
        return frame.getClassName().startsWith(SNIPPETS) ? wrapped(frame) : Optional.empty();
    }

    private Optional<Place> wrapped(StackTraceElement frame) {
        return latestFirst(jshell.snippets().toList())
                .flatMap(snippet -> wrapped(snippet, frame).stream())
                .findFirst();
    }

    private Optional<Place> wrapped(Snippet snippet, StackTraceElement frame) {
        Piece piece = snippet.id() == null ? current : pieces.getOrDefault(snippet.id(), current);
        if (piece == null || !isClassOf(snippet)) {
            return Optional.empty();
        }
        SnippetWrapper wrapper = jshell.sourceCodeAnalysis().wrapper(snippet);
        String name = frame.getClassName();
        if (!name.equals(wrapper.fullClassName()) && !name.startsWith(wrapper.fullClassName() + "$")) {
            return Optional.empty();
        }
        int position = wrapper.wrappedToSourcePosition(start(wrapper.wrapped(), frame.getLineNumber()));
        if (position < 0 || position > snippet.source().length()) {
            return Optional.empty();
        }
        return Optional.of(piece.place(position).wholeLine());
    }

    private static boolean isClassOf(Snippet snippet) {
        return switch (snippet.kind()) {
            case IMPORT, ERRONEOUS -> false;
            default -> true;
        };
    }

    private static Stream<Snippet> latestFirst(List<Snippet> snippets) {
        return java.util.stream.IntStream.range(0, snippets.size())
                .mapToObj(i -> snippets.get(snippets.size() - 1 - i));
    }

    /** Where a line, counted from 1, begins with something else than white space. */
    private static int start(String text, int line) {
        int at = 0;
        for (int i = 1; i < line; i++) {
            at = text.indexOf('\n', at) + 1;
        }
        while (at < text.length() - 1 && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        return at;
    }
}
