package dev.quire.kernel.session;

import dev.quire.QuireException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jdk.jshell.DeclarationSnippet;
import jdk.jshell.Diag;
import jdk.jshell.EvalException;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.SnippetEvent;
import jdk.jshell.UnresolvedReferenceException;
import jdk.jshell.VarSnippet;

/** Words what went wrong in terms of cells and lines. Frames that are not the user's own are left out. */
final class Failures {
    private static final Pattern WRAPPER = Pattern.compile("REPL\\.\\$JShell\\$\\d+[A-Z]*[.$]");
    private static final Pattern LOADERS = Pattern.compile(" \\([^()]* in (?:unnamed )?module [^()]*\\)");
    private static final Pattern UNKNOWN = Pattern.compile("symbol: +(?:variable|method|class) (\\w+)");
    private static final Pattern PACKAGE = Pattern.compile("\\b(?:[a-z_]\\w*\\.)+(?=[A-Z])");
    private static final int MEGABYTE = 1 << 20;
    static final String COMPILE_ERROR = "CompileError";

    private final JShell jshell;
    private final Sources sources;
    private final NearestName nearest;

    Failures(JShell jshell, Sources sources) {
        this.jshell = jshell;
        this.sources = sources;
        this.nearest = new NearestName(jshell.sourceCodeAnalysis());
    }

    CellError unfinished(Piece piece) {
        String source = piece.source().stripTrailing();
        String last = source.substring(source.length() - 1);
        String why = "=+-*/%<>&|^?:,.".contains(last)
                ? "something must follow " + last
                : "a bracket, a quote or a comment is not closed";
        return new CellError(COMPILE_ERROR, "this is not finished: " + why, List.of(piece.line(1)));
    }

    /** Whether a snippet was rejected for a class that the compiler may not have been shown yet. */
    boolean namesMissingPackage(List<SnippetEvent> events) {
        return events.stream()
                .filter(event -> event.status() == Snippet.Status.REJECTED)
                .flatMap(event -> jshell.diagnostics(event.snippet()))
                .map(diag -> diag.getMessage(Locale.ENGLISH))
                .anyMatch(message -> (message.contains("package ") && message.contains(" does not exist"))
                        || message.contains("class file for ")
                        || message.contains("cannot access "));
    }

    CellError compile(Piece piece, Snippet snippet) {
        return jshell.diagnostics(snippet)
                .filter(Diag::isError)
                .findFirst()
                .map(diag -> compile(piece, diag))
                .orElseGet(() -> new CellError(COMPILE_ERROR, "this is not Java", List.of(piece.line(1))));
    }

    private CellError compile(Piece piece, Diag diag) {
        long position = Math.max(diag.getPosition(), diag.getStartPosition());
        Place place = piece.place(position);
        String message = diag.getMessage(Locale.ENGLISH);
        String words = readable(message);
        if (words.equals("';' expected") && place.isAtEnd()) {
            words += ": end the line with ;";
        }
        return new CellError(COMPILE_ERROR, words + suggestion(piece, position, message), List.of(place));
    }

    private String suggestion(Piece piece, long position, String message) {
        Matcher unknown = UNKNOWN.matcher(message);
        if (!unknown.find()) {
            return "";
        }
        String name = unknown.group(1);
        int at = piece.source().indexOf(name, (int)
                Math.max(0, Math.min(position, piece.source().length())));
        return at < 0
                ? ""
                : nearest.of(piece.source().substring(0, at), name)
                        .map(known -> "; did you mean " + known + "?")
                        .orElse("");
    }

    /** A declaration that names something not declared so far. */
    CellError undeclared(Piece piece, DeclarationSnippet snippet) {
        String words = Traps.twoNames(piece).orElseGet(() -> "cannot find " + missing(snippet));
        return new CellError(COMPILE_ERROR, words, List.of(piece.line(1)));
    }

    CellError unresolved(UnresolvedReferenceException exception) {
        DeclarationSnippet snippet = exception.getSnippet();
        return new CellError(COMPILE_ERROR, note(snippet), sources.places(exception.getStackTrace()));
    }

    /** What a user should know about a declaration that cannot be used yet. */
    String note(DeclarationSnippet snippet) {
        return jshell.unresolvedDependencies(snippet).findAny().isPresent()
                ? snippet.name() + " cannot be used until there is " + missing(snippet)
                : snippet.name() + " cannot be used: " + why(snippet);
    }

    private String why(DeclarationSnippet snippet) {
        return jshell.diagnostics(snippet)
                .filter(Diag::isError)
                .findFirst()
                .map(diag -> readable(diag.getMessage(Locale.ENGLISH)))
                .orElseGet(() -> "there is no " + missing(snippet));
    }

    private String missing(DeclarationSnippet snippet) {
        String names = jshell.unresolvedDependencies(snippet).collect(Collectors.joining(", "));
        return names.isEmpty() ? "a name in \"" + snippet.source().strip() + "\"" : names;
    }

    /** What a user should know of a declaration that another one has spoiled. */
    String broken(DeclarationSnippet snippet, Snippet cause) {
        String where =
                sources.of(snippet).map(piece -> " (" + piece.line(1) + ")").orElse("");
        String changed = cause instanceof VarSnippet variable
                ? ", as " + variable.name() + " is of type " + readable(variable.typeName()) + " now"
                : "";
        return snippet.name() + where + " cannot be used any more" + changed + ": " + why(snippet);
    }

    CellError thrown(EvalException exception, Throwable actual) {
        List<Place> places = sources.places(exception.getStackTrace());
        return new CellError(name(own(actual).orElse(actual)), words(actual), places);
    }

    private static String words(Throwable thrown) {
        return own(thrown)
                .map(Failures::message)
                .orElseGet(() ->
                        causes(thrown).map(Failures::sentence).distinct().collect(Collectors.joining("\ncaused by ")));
    }

    private static Optional<Throwable> own(Throwable thrown) {
        return causes(thrown).filter(QuireException.class::isInstance).findFirst();
    }

    static CellError internal(Throwable thrown) {
        return new CellError(name(thrown), "the session failed: " + sentence(thrown), List.of());
    }

    /** What a thread that a cell started, and nobody waits for, ended with. */
    String background(Thread thread, Throwable thrown) {
        List<Place> places = causes(thrown)
                .map(cause -> sources.places(cause.getStackTrace()))
                .filter(found -> !found.isEmpty())
                .findFirst()
                .orElse(List.of());
        return "thread " + thread.getName() + " of a cell ended with an error\n"
                + new CellError(name(thrown), words(thrown), places).text();
    }

    /** Everything about what a cell threw. */
    String trace(Throwable thrown) {
        StringWriter text = new StringWriter();
        thrown.printStackTrace(new PrintWriter(text));
        return sources.readable(text.toString());
    }

    /** Everything that the compiler says. */
    String trace(Piece piece, Snippet snippet) {
        return jshell.diagnostics(snippet)
                .map(diag -> compile(piece, diag).text())
                .collect(Collectors.joining("\n\n"));
    }

    private static Stream<Throwable> causes(Throwable thrown) {
        return Stream.iterate(thrown, Objects::nonNull, Throwable::getCause).limit(10);
    }

    private static String sentence(Throwable thrown) {
        if (thrown instanceof StackOverflowError) {
            return "StackOverflowError: calls are nested too deeply; does a method call itself without end?";
        }
        if (thrown instanceof OutOfMemoryError) {
            return "OutOfMemoryError: " + message(thrown) + "; Java may use "
                    + Runtime.getRuntime().maxMemory() / MEGABYTE
                    + " MB: let go of what variables hold, or start with more, such as QUIRE_JAVA_OPTIONS=-Xmx8g";
        }
        String message = message(thrown);
        return message.isEmpty() ? name(thrown) : name(thrown) + ": " + message;
    }

    private static String message(Throwable thrown) {
        String message = Objects.requireNonNullElse(thrown.getMessage(), "");
        return LOADERS.matcher(WRAPPER.matcher(message).replaceAll("")).replaceAll("");
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
        return PACKAGE.matcher(WRAPPER.matcher(out).replaceAll("")).replaceAll("");
    }
}
