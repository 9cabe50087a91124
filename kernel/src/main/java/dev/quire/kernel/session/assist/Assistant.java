package dev.quire.kernel.session.assist;

import dev.quire.kernel.session.assist.Completions.Completion;
import dev.quire.kernel.session.assist.Readiness.State;
import dev.quire.view.Display;
import java.util.List;
import java.util.Optional;
import jdk.jshell.JShell;
import jdk.jshell.SourceCodeAnalysis;
import jdk.jshell.SourceCodeAnalysis.CompletionInfo;
import jdk.jshell.SourceCodeAnalysis.Suggestion;

/** Answers questions about a text that is being written. Nothing of it is run. */
public final class Assistant {
    private static final String INDENT = "    ";

    private final SourceCodeAnalysis analysis;

    public Assistant(JShell jshell) {
        this.analysis = jshell.sourceCodeAnalysis();
    }

    /**
     * What could stand at the cursor.
     *
     * @param cursor a position in the text, in characters
     */
    public Completions complete(String source, int cursor) {
        int[] anchor = {cursor};
        List<Suggestion> suggestions = analysis.completionSuggestions(source, cursor, anchor);
        return new Completions(
                anchor[0],
                cursor,
                suggestions.stream()
                        .map(each -> new Completion(each.continuation(), "", "", each.matchesType()))
                        .distinct()
                        .toList());
    }

    /** What is known of the name at the cursor, or of the call around it; empty where nothing is. */
    public Optional<Display> inspect(String source, int cursor) {
        String text = String.join(
                "\n",
                analysis.documentation(source, cursor, true).stream()
                        .map(each -> each.signature())
                        .toList());
        return text.isEmpty() ? Optional.empty() : Optional.of(Display.text(text));
    }

    /** Whether a text can be run as it is. */
    public Readiness readiness(String source) {
        String rest = source;
        while (!rest.isBlank()) {
            CompletionInfo info = analysis.analyzeCompletion(rest);
            switch (info.completeness()) {
                case COMPLETE, COMPLETE_WITH_SEMI, CONSIDERED_INCOMPLETE -> rest = info.remaining();
                case DEFINITELY_INCOMPLETE -> {
                    return new Readiness(State.INCOMPLETE, INDENT);
                }
                case UNKNOWN -> {
                    return new Readiness(State.INVALID, "");
                }
                default -> {
                    return new Readiness(State.COMPLETE, "");
                }
            }
        }
        return new Readiness(State.COMPLETE, "");
    }
}
