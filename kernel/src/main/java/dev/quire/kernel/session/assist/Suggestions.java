package dev.quire.kernel.session.assist;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import jdk.jshell.JShell;
import jdk.jshell.SourceCodeAnalysis;
import jdk.jshell.SourceCodeAnalysis.Documentation;
import jdk.jshell.SourceCodeAnalysis.Suggestion;
import org.jspecify.annotations.Nullable;

/**
 * What JShell's analysis answers. The last answer is kept as long as nothing has been declared since, so that the next
 * letters of a word cost nothing.
 */
final class Suggestions {
    private static final int TRIES = 5;
    private static final int PAUSE_MILLIS = 20;

    private final SourceCodeAnalysis analysis;
    private final AtomicLong changes = new AtomicLong();
    private volatile @Nullable Answer last;
    private volatile @Nullable Typed lastType;

    Suggestions(JShell jshell) {
        analysis = jshell.sourceCodeAnalysis();
        jshell.onSnippetEvent(event -> changes.incrementAndGet());
    }

    private record Answer(long changes, String before, String prefix, List<Suggestion> suggestions) {}

    private record Typed(long changes, String expression, String type) {}

    /** What could stand at the end of a text. */
    List<Suggestion> at(String text) {
        int start = JavaText.wordStart(text, text.length());
        String before = text.substring(0, start);
        String prefix = text.substring(start);
        long now = changes.get();
        Answer known = last;
        if (known != null
                && known.changes() == now
                && known.before().equals(before)
                && prefix.startsWith(known.prefix())) {
            return known.suggestions().stream()
                    .filter(each -> each.continuation().startsWith(prefix))
                    .toList();
        }
        List<Suggestion> found =
                patiently(List.of(), () -> analysis.completionSuggestions(text, text.length(), new int[1]));
        last = new Answer(now, before, prefix, found);
        return found;
    }

    /** The type of the expression that a text ends with; empty where it has none. */
    String type(String text) {
        long now = changes.get();
        Typed known = lastType;
        if (known != null && known.changes() == now && known.expression().equals(text)) {
            return known.type();
        }
        String type = patiently("", () -> Objects.requireNonNullElse(analysis.analyzeType(text, text.length()), ""));
        lastType = new Typed(now, text, type);
        return type;
    }

    /** The methods that the innermost call at the end of a text may mean, or the type it ends with. */
    List<Documentation> documentation(String text) {
        return patiently(List.of(), () -> analysis.documentation(text, text.length(), true));
    }

    /**
     * JShell's tables can change under an analysis while a cell is being compiled; then it is asked again, for a tenth of
     * a second in all.
     */
    private static <T> T patiently(T none, Supplier<T> question) {
        for (int i = 0; i < TRIES; i++) {
            try {
                return question.get();
            } catch (IllegalStateException closed) {
                return none;
            } catch (RuntimeException | AssertionError changed) {
                try {
                    Thread.sleep(PAUSE_MILLIS);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    return none;
                }
            }
        }
        return none;
    }
}
