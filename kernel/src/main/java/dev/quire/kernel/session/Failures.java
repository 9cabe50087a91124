package dev.quire.kernel.session;

import dev.quire.QuireException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jdk.jshell.DeclarationSnippet;
import jdk.jshell.Diag;
import jdk.jshell.EvalException;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.UnresolvedReferenceException;

/** Words what went wrong in terms of cells and lines. Frames that are not the user's own are left out. */
final class Failures {
    private static final int MOST_CALLERS = 3;
    private static final Pattern PACKAGE = Pattern.compile("\\b(?:[a-z_]\\w*\\.)+(?=[A-Z])");
    static final String COMPILE_ERROR = "CompileError";

    private final JShell jshell;
    private final Map<String, Piece> pieces;

    /**
     * @param pieces where the snippets that JShell knows came from, by their id
     */
    Failures(JShell jshell, Map<String, Piece> pieces) {
        this.jshell = jshell;
        this.pieces = pieces;
    }

    CellError unfinished(Piece piece) {
        String text = "this is not finished: a bracket, a quote or a comment is not closed";
        return new CellError(COMPILE_ERROR, text, List.of(piece.line(1)));
    }

    CellError compile(Piece piece, Snippet snippet) {
        return jshell.diagnostics(snippet)
                .filter(Diag::isError)
                .findFirst()
                .map(diag -> new CellError(
                        COMPILE_ERROR,
                        readable(diag.getMessage(Locale.ENGLISH)),
                        List.of(piece.place(Math.max(diag.getPosition(), diag.getStartPosition())))))
                .orElseGet(() -> new CellError(COMPILE_ERROR, "this is not Java", List.of(piece.line(1))));
    }

    /** A declaration that names something not declared so far. */
    CellError undeclared(Piece piece, DeclarationSnippet snippet) {
        return new CellError(COMPILE_ERROR, "cannot find " + missing(snippet), List.of(piece.line(1)));
    }

    CellError unresolved(UnresolvedReferenceException exception) {
        DeclarationSnippet snippet = exception.getSnippet();
        return new CellError(COMPILE_ERROR, note(snippet), places(exception.getStackTrace()));
    }

    /** What a user should know about a declaration that cannot be used yet. */
    String note(DeclarationSnippet snippet) {
        return snippet.name() + " cannot be used until there is " + missing(snippet);
    }

    private String missing(DeclarationSnippet snippet) {
        String names = jshell.unresolvedDependencies(snippet).collect(Collectors.joining(", "));
        return names.isEmpty() ? "a name in \"" + snippet.source().strip() + "\"" : names;
    }

    CellError thrown(EvalException exception, Throwable actual) {
        List<Place> places = places(exception.getStackTrace());
        Optional<QuireException> own = causes(actual)
                .filter(QuireException.class::isInstance)
                .map(QuireException.class::cast)
                .findFirst();
        if (own.isPresent()) {
            return new CellError(name(own.get()), message(own.get()), places);
        }
        String causes = causes(actual).map(Failures::sentence).distinct().collect(Collectors.joining("\ncaused by "));
        return new CellError(name(actual), causes, places);
    }

    static CellError internal(Throwable thrown) {
        return new CellError(name(thrown), "the session failed: " + sentence(thrown), List.of());
    }

    private List<Place> places(StackTraceElement[] trace) {
        return Arrays.stream(trace)
                .map(this::place)
                .flatMap(Optional::stream)
                .distinct()
                .limit(MOST_CALLERS)
                .toList();
    }

    /** JShell gives the frames of snippets the file name {@code #ID}. */
    private Optional<Place> place(StackTraceElement frame) {
        String file = Objects.requireNonNullElse(frame.getFileName(), "");
        return file.startsWith("#") && frame.getLineNumber() > 0
                ? Optional.ofNullable(pieces.get(file.substring(1))).map(piece -> piece.line(frame.getLineNumber()))
                : Optional.empty();
    }

    private static Stream<Throwable> causes(Throwable thrown) {
        return Stream.iterate(thrown, Objects::nonNull, Throwable::getCause).limit(10);
    }

    private static String sentence(Throwable thrown) {
        String message = message(thrown);
        return message.isEmpty() ? name(thrown) : name(thrown) + ": " + message;
    }

    private static String message(Throwable thrown) {
        return Objects.requireNonNullElse(thrown.getMessage(), "");
    }

    private static String name(Throwable thrown) {
        String simple = thrown.getClass().getSimpleName();
        return simple.isEmpty() ? thrown.getClass().getName() : simple;
    }

    /** The compiler's message without package names and the wrapper class that JShell puts around a snippet. */
    private static String readable(String message) {
        StringBuilder out = new StringBuilder();
        for (String line : message.lines().map(String::strip).toList()) {
            if (line.startsWith("symbol:")) {
                out.append(": ").append(line.substring("symbol:".length()).strip());
            } else if (line.startsWith("location:")) {
                String location = line.substring("location:".length()).strip();
                out.append(location.equals("class") ? "" : " in " + location);
            } else {
                out.append(out.isEmpty() ? "" : "\n").append(line);
            }
        }
        return PACKAGE.matcher(out).replaceAll("");
    }
}
