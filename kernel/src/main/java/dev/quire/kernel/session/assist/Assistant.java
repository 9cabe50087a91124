package dev.quire.kernel.session.assist;

import dev.quire.kernel.session.assist.Completions.Completion;
import dev.quire.kernel.session.assist.Readiness.State;
import dev.quire.view.Display;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jdk.jshell.JShell;
import jdk.jshell.SourceCodeAnalysis;
import jdk.jshell.SourceCodeAnalysis.Completeness;
import jdk.jshell.SourceCodeAnalysis.CompletionInfo;

/**
 * Answers questions about a text that is being written. Nothing of it is run. It answers while a cell runs, too, from
 * what has been declared by then.
 */
public final class Assistant {
    private static final Pattern MAGIC = Pattern.compile("^\\s*(%{1,2}\\w*)$");
    private static final Pattern MAGIC_LINE = Pattern.compile("^\\s*(%{1,2}\\w+).*");
    private static final Pattern CELL_MAGIC = Pattern.compile("(?s)^\\s*%%\\w+.*");
    private static final Pattern TIME = Pattern.compile("(?s)^\\s*%%time\\b.*");

    private final SourceCodeAnalysis analysis;
    private final Completer completer;
    private final Inspector inspector;
    private volatile Supplier<List<String>> magics = List::of;
    private volatile Function<String, Optional<Display>> magicHelp = name -> Optional.empty();

    public Assistant(JShell jshell) {
        this(jshell, name -> Optional.empty());
    }

    /**
     * @param values what a variable of the session holds
     */
    public Assistant(JShell jshell, Function<String, Optional<Object>> values) {
        this.analysis = jshell.sourceCodeAnalysis();
        this.completer = new Completer(jshell);
        this.inspector = new Inspector(jshell, values);
    }

    /**
     * Says which magics there are.
     *
     * @param names with their percent signs, as in {@code %time} and {@code %%bash}
     * @param help what is known of one, by its name with percent signs
     */
    public void magics(Supplier<List<String>> names, Function<String, Optional<Display>> help) {
        magics = names;
        magicHelp = help;
    }

    /**
     * What could stand at the cursor.
     *
     * @param cursor a position in the text, in characters
     */
    public Completions complete(String source, int cursor) {
        Spot spot = Spot.at(source, cursor);
        Matcher magic = MAGIC.matcher(spot.line());
        if (spot.depth() == 0 && magic.matches()) {
            return magics(spot, magic.group(1));
        }
        if (spot.isComment() || isForeign(source)) {
            return new Completions(spot.cursor(), spot.cursor(), List.of());
        }
        return spot.quote() >= 0 ? FileNames.complete(spot) : completer.complete(spot);
    }

    private Completions magics(Spot spot, String typed) {
        List<Completion> items = magics.get().stream()
                .filter(name -> name.startsWith(typed))
                .sorted()
                .map(name -> new Completion(
                        name,
                        "magic",
                        "",
                        magicHelp.apply(name).map(Assistant::last).orElse(""),
                        true))
                .toList();
        return new Completions(spot.cursor() - typed.length(), spot.wordEnd(), items);
    }

    private static String last(Display help) {
        return help.plain().lines().reduce((first, second) -> second).orElse("");
    }

    /** What is known of the name at the cursor, or of the call around it; empty where nothing is. */
    public Optional<Display> inspect(String source, int cursor) {
        Spot spot = Spot.at(source, cursor);
        Matcher magic =
                MAGIC_LINE.matcher(source.substring(spot.cursor() - spot.line().length(), spot.wordEnd()));
        if (spot.depth() == 0 && magic.matches() && magic.end(1) >= spot.line().length()) {
            return magicHelp.apply(magic.group(1));
        }
        return isForeign(source) ? Optional.empty() : inspector.inspect(spot);
    }

    /** Whether a cell is no Java: all of it belongs to its magic. */
    private static boolean isForeign(String source) {
        return CELL_MAGIC.matcher(source).matches() && !TIME.matcher(source).matches();
    }

    /** Whether a text can be run as it is. */
    public Readiness readiness(String source) {
        if (isForeign(source)) {
            return new Readiness(State.COMPLETE, "");
        }
        return switch (ending(source)) {
            // The head of a loop without its body among them.
            case DEFINITELY_INCOMPLETE, CONSIDERED_INCOMPLETE -> new Readiness(State.INCOMPLETE, Indent.after(source));
            case UNKNOWN -> new Readiness(State.INVALID, "");
            default -> new Readiness(State.COMPLETE, "");
        };
    }

    /** How the last snippet of a text ends. */
    private Completeness ending(String source) {
        String rest = HelpWords.withoutLines(source);
        while (!rest.isBlank()) {
            CompletionInfo info = analysis.analyzeCompletion(rest);
            if (!info.completeness().isComplete() || info.completeness() == Completeness.UNKNOWN) {
                return info.completeness();
            }
            rest = info.remaining();
        }
        return Completeness.EMPTY;
    }
}
