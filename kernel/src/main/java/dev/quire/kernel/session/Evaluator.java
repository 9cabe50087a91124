package dev.quire.kernel.session;

import dev.quire.kernel.session.CellResult.Done;
import dev.quire.kernel.session.CellResult.Failed;
import dev.quire.kernel.session.CellResult.Interrupted;
import dev.quire.kernel.session.CellResult.Value;
import dev.quire.kernel.session.assist.HelpWords;
import dev.quire.view.Display;
import dev.quire.view.Displays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jdk.jshell.DeclarationSnippet;
import jdk.jshell.EvalException;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.Snippet.Status;
import jdk.jshell.Snippet.SubKind;
import jdk.jshell.SnippetEvent;
import jdk.jshell.UnresolvedReferenceException;
import jdk.jshell.VarSnippet;
import org.jspecify.annotations.Nullable;

/** Takes a cell apart, has JShell run its snippets, and says how it ended. */
final class Evaluator {
    private final JShell jshell;
    private final CellControl control;
    private final Sources sources;
    private final Failures failures;
    private final CompilePath path;
    private final UnsetVariables unset = new UnsetVariables();
    private volatile @Nullable String lastTrace;

    Evaluator(JShell jshell, CellControl control, Sources sources, Failures failures, CompilePath path) {
        this.path = path;
        this.jshell = jshell;
        this.control = control;
        this.sources = sources;
        this.failures = failures;
    }

    /** Everything about the last failure. */
    Optional<String> lastTrace() {
        return Optional.ofNullable(lastTrace);
    }

    CellResult evaluate(int cell, String source) throws Exception {
        List<Piece> pieces = Piece.split(cell, HelpWords.lines(source), jshell.sourceCodeAnalysis());
        for (Piece piece : pieces) {
            if (!piece.isComplete()) {
                return failed(failures.unfinished(piece));
            }
        }
        return withUnset(cell, source, run(pieces));
    }

    private CellResult run(List<Piece> pieces) throws Exception {
        Set<Snippet> snippets = new LinkedHashSet<>();
        Set<String> notes = new LinkedHashSet<>();
        boolean hasValue = false;
        for (Piece piece : pieces) {
            sources.begin(piece);
            String source = HelpWords.snippet(piece.source(), this::typeOf);
            List<SnippetEvent> events = jshell.eval(source);
            if (failures.namesMissingPackage(events) && path.growAll(jshell)) {
                events = jshell.eval(source);
            }
            events.stream().filter(event -> event.causeSnippet() == null).forEach(event -> remember(event, piece));
            if (control.isStopping()) {
                return interrupted();
            }
            for (SnippetEvent event : events) {
                Snippet snippet = event.snippet();
                if (event.causeSnippet() != null) {
                    spoiled(event).ifPresent(notes::add);
                    continue;
                }
                Optional<CellError> error = error(piece, event);
                if (error.isPresent()) {
                    return new Failed(error.get());
                }
                if (snippet instanceof VarSnippet variable) {
                    unset.succeeded(variable.name());
                }
                snippets.add(snippet);
                hasValue = isShown(snippet);
                Traps.note(piece, snippet, piece == pieces.get(pieces.size() - 1))
                        .ifPresent(notes::add);
            }
        }
        return finish(snippets, notes, hasValue);
    }

    /** A variable counts as one without a value until its line has run to the end. */
    private void remember(SnippetEvent event, Piece piece) {
        sources.add(event.snippet(), piece);
        if (event.snippet() instanceof VarSnippet variable
                && event.status() == Status.VALID
                && variable.subKind() != SubKind.TEMP_VAR_EXPRESSION_SUBKIND) {
            unset.failed(variable.name(), piece.line(1));
        }
    }

    private Optional<String> typeOf(String variable) {
        return jshell.variables()
                .filter(each -> each.name().equals(variable))
                .map(VarSnippet::typeName)
                .findFirst();
    }

    private CellResult finish(Set<Snippet> snippets, Set<String> notes, boolean hasValue) throws Exception {
        Object object = hasValue ? control.value() : null;
        for (Snippet snippet : snippets) {
            if (snippet.subKind() == SubKind.TEMP_VAR_EXPRESSION_SUBKIND) {
                // JShell keeps the value of each expression as $1, $2, ...: a network for each run of a cell.
                control.forget(((VarSnippet) snippet).name());
                jshell.drop(snippet);
            }
        }
        unresolved(snippets).forEach(notes::add);
        if (!hasValue) {
            return new Done(null, List.copyOf(notes));
        }
        Display display = control.interruptibly(() -> Shortened.of(Displays.of(object)));
        return control.isStopping() ? interrupted() : new Done(new Value(object, display), List.copyOf(notes));
    }

    Interrupted interrupted() {
        return control.isAbandoned() ? new Interrupted(CellControl.LEFT_BEHIND) : new Interrupted();
    }

    /** A declaration and an assignment show nothing, as nobody asked for their value. */
    private static boolean isShown(Snippet snippet) {
        return switch (snippet.subKind()) {
            case TEMP_VAR_EXPRESSION_SUBKIND, VAR_VALUE_SUBKIND, OTHER_EXPRESSION_SUBKIND -> true;
            default -> false;
        };
    }

    private Optional<CellError> error(Piece piece, SnippetEvent event) {
        Snippet snippet = event.snippet();
        if (event.status() == Status.REJECTED) {
            lastTrace = failures.trace(piece, snippet);
            return Optional.of(failures.compile(piece, snippet));
        }
        if (event.status() == Status.RECOVERABLE_NOT_DEFINED && snippet.kind() == Snippet.Kind.VAR) {
            CellError error = failures.undeclared(piece, (DeclarationSnippet) snippet);
            lastTrace = error.text();
            return Optional.of(error);
        }
        if (event.exception() instanceof EvalException thrown) {
            Throwable actual = control.thrown().orElse(thrown);
            lastTrace = failures.trace(actual);
            return Optional.of(failures.thrown(thrown, actual));
        }
        if (event.exception() instanceof UnresolvedReferenceException unresolved) {
            CellError error = failures.unresolved(unresolved);
            lastTrace = error.text();
            return Optional.of(error);
        }
        return Optional.empty();
    }

    private Failed failed(CellError error) {
        lastTrace = error.text();
        return new Failed(error);
    }

    /** A declaration of an earlier cell that what ran now has made useless. */
    private Optional<String> spoiled(SnippetEvent event) {
        boolean isSpoiled = switch (event.status()) {
            case RECOVERABLE_DEFINED, RECOVERABLE_NOT_DEFINED, REJECTED -> true;
            default -> false;
        };
        return isSpoiled
                        && event.status() != event.previousStatus()
                        && event.snippet() instanceof DeclarationSnippet declaration
                ? Optional.of(failures.broken(declaration, event.causeSnippet()))
                : Optional.empty();
    }

    private List<String> unresolved(Set<Snippet> snippets) {
        return snippets.stream()
                .filter(snippet -> switch (jshell.status(snippet)) {
                    case RECOVERABLE_DEFINED, RECOVERABLE_NOT_DEFINED -> true;
                    default -> false;
                })
                .map(snippet -> failures.note((DeclarationSnippet) snippet))
                .toList();
    }

    /** A variable without a value is why most cells fail that name it. */
    private CellResult withUnset(int cell, String source, CellResult result) {
        List<String> words =
                unset.namedIn(cell, source, name -> control.variable(name).orElse(null));
        if (words.isEmpty()) {
            return result;
        }
        if (result instanceof Failed failed) {
            CellError error = failed.error();
            String message =
                    Stream.concat(Stream.of(error.message()), words.stream()).collect(Collectors.joining("\n"));
            return new Failed(new CellError(error.name(), message, error.places()));
        }
        return result instanceof Done done
                ? new Done(
                        done.value(),
                        Stream.concat(done.notes().stream(), words.stream()).toList())
                : result;
    }
}
