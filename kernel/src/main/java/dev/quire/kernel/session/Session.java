package dev.quire.kernel.session;

import dev.quire.kernel.session.CellResult.Done;
import dev.quire.kernel.session.CellResult.Failed;
import dev.quire.kernel.session.CellResult.Interrupted;
import dev.quire.kernel.session.CellResult.Value;
import dev.quire.kernel.session.assist.Assistant;
import dev.quire.kernel.session.assist.HelpWords;
import dev.quire.view.Display;
import dev.quire.view.Displays;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
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

/**
 * A running Java session that takes one cell after another. Cells share this process with everything else in it, so
 * their values are plain objects; each runs on the session's one thread.
 */
public final class Session implements AutoCloseable {
    private static final String SCRIPT = "/dev/quire/kernel/quire.jsh";

    private final CellControl control = new CellControl();
    private final JShell jshell;
    private final Map<String, Piece> pieces = new HashMap<>();
    private final Failures failures;
    private final Assistant assistant;
    private volatile @Nullable Throwable lastThrown;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(task -> {
        Thread cells = new Thread(task, "quire-session");
        cells.setDaemon(true);
        return cells;
    });

    private Session() {
        String classPath = System.getProperty("java.class.path");
        jshell = JShell.builder()
                .executionEngine(new FixedControl(control), Map.of())
                .compilerOptions("-Xlint:none")
                .build();
        // As a compiler option the class path could not grow later; this says it too, whatever CLASSPATH holds.
        jshell.addToClasspath(classPath.split(File.pathSeparator, 2)[0]);
        failures = new Failures(jshell, pieces);
        assistant = new Assistant(jshell, control::variable);
    }

    /**
     * Starts a session, with everything of {@link #script()} at hand.
     *
     * @throws InterruptedException if this thread is interrupted meanwhile
     */
    public static Session open() throws InterruptedException {
        Session session = new Session();
        if (session.run(0, script()) instanceof Failed failed) {
            throw new IllegalStateException(
                    "the startup script fails: " + failed.error().text());
        }
        return session;
    }

    /** The startup script, as JShell reads it. */
    public static String script() {
        try (InputStream in = Session.class.getResourceAsStream(SCRIPT)) {
            if (in == null) {
                throw new IllegalStateException(SCRIPT + " is not on the class path");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Runs a cell and waits for its end.
     *
     * @param cell the number that errors name, as in {@code In[5]}
     * @throws InterruptedException if this thread is interrupted while it waits; the cell is interrupted too, but may
     *     still run
     */
    public CellResult run(int cell, String source) throws InterruptedException {
        control.begin();
        try {
            return thread.submit(() -> control.compiling(() -> evaluate(cell, source)))
                    .get();
        } catch (ExecutionException e) {
            if (control.isStopping()) {
                return interrupted();
            }
            return new Failed(Failures.internal(Objects.requireNonNullElse(e.getCause(), e)));
        } catch (InterruptedException e) {
            control.interrupt();
            throw e;
        }
    }

    /** Stops the cell that runs now, from any thread: its thread is interrupted, and what comes after is left out. */
    public void interrupt() {
        control.interrupt();
    }

    /**
     * The variables that a text declares. The text is read, not run.
     *
     * @throws InterruptedException if this thread is interrupted meanwhile
     */
    public List<Variable> declarations(String source) throws InterruptedException {
        try {
            return thread.submit(() -> Piece.split(0, source, jshell.sourceCodeAnalysis()).stream()
                            .filter(Piece::isComplete)
                            .flatMap(piece -> jshell.sourceCodeAnalysis().sourceToSnippets(piece.source()).stream())
                            .filter(VarSnippet.class::isInstance)
                            .map(VarSnippet.class::cast)
                            .filter(variable -> variable.subKind() != SubKind.TEMP_VAR_EXPRESSION_SUBKIND)
                            .map(variable -> new Variable(variable.name(), variable.typeName()))
                            .toList())
                    .get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("the text cannot be analysed", e.getCause());
        }
    }

    /**
     * Puts jars and folders of classes behind what is on the class path already; cells and the compiler see them from
     * then on.
     *
     * @throws InterruptedException if this thread is interrupted meanwhile
     */
    public void addToClassPath(List<Path> entries) throws InterruptedException {
        try {
            thread.submit(() -> entries.forEach(entry -> jshell.addToClasspath(entry.toString())))
                    .get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("the class path cannot be extended", e.getCause());
        }
    }

    /** The whole stack trace of the last exception that a cell has thrown, as Java prints it; empty before the first. */
    public Optional<String> lastTrace() {
        return Optional.ofNullable(lastThrown).map(thrown -> {
            StringWriter out = new StringWriter();
            thrown.printStackTrace(new PrintWriter(out));
            return out.toString();
        });
    }

    /** What helps to write the next cell. Ask it within {@link #assist}, as the compiler does one thing at a time. */
    public Assistant assistant() {
        return assistant;
    }

    /**
     * Asks for help with a text that is being written. It waits while a cell is compiled, not while one runs.
     *
     * @throws InterruptedException if this thread is interrupted meanwhile
     */
    public <T> T assist(Function<Assistant, T> question) throws InterruptedException {
        try {
            return control.compiling(() -> question.apply(assistant));
        } catch (InterruptedException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("the text cannot be analysed", e);
        }
    }

    private CellResult evaluate(int cell, String source) throws Exception {
        List<Piece> split = Piece.split(cell, HelpWords.lines(source), jshell.sourceCodeAnalysis());
        for (Piece piece : split) {
            if (!piece.isComplete()) {
                return new Failed(failures.unfinished(piece));
            }
        }
        List<Snippet> snippets = new ArrayList<>();
        boolean hasValue = false;
        for (Piece piece : split) {
            List<SnippetEvent> events = jshell.eval(HelpWords.snippet(piece.source(), this::typeOf));
            for (SnippetEvent event : events) {
                pieces.put(event.snippet().id(), piece);
            }
            if (control.isStopping()) {
                return interrupted();
            }
            for (SnippetEvent event : events) {
                Optional<CellError> error = error(piece, event);
                if (error.isPresent()) {
                    return new Failed(error.get());
                }
                snippets.add(event.snippet());
                hasValue = event.causeSnippet() == null ? isShown(event.snippet()) : hasValue;
            }
        }
        return finish(snippets, hasValue);
    }

    private Optional<String> typeOf(String variable) {
        return jshell.variables()
                .filter(each -> each.name().equals(variable))
                .map(VarSnippet::typeName)
                .findFirst();
    }

    private CellResult finish(List<Snippet> snippets, boolean hasValue) throws Exception {
        Object object = hasValue ? control.value() : null;
        for (Snippet snippet : snippets) {
            if (snippet.subKind() == SubKind.TEMP_VAR_EXPRESSION_SUBKIND) {
                // JShell keeps the value of each expression as $1, $2, ...: a network for each run of a cell.
                control.forget(((VarSnippet) snippet).name());
                jshell.drop(snippet);
            }
        }
        if (!hasValue) {
            return new Done(null, notes(snippets));
        }
        Display display = control.interruptibly(() -> Displays.of(object));
        return control.isStopping() ? interrupted() : new Done(new Value(object, display), notes(snippets));
    }

    private Interrupted interrupted() {
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
            return Optional.of(failures.compile(piece, snippet));
        }
        if (event.status() == Status.RECOVERABLE_NOT_DEFINED && snippet.kind() == Snippet.Kind.VAR) {
            return Optional.of(failures.undeclared(piece, (DeclarationSnippet) snippet));
        }
        if (event.exception() instanceof EvalException thrown) {
            Throwable actual = control.thrown().orElse(thrown);
            lastThrown = actual;
            return Optional.of(failures.thrown(thrown, actual));
        }
        return event.exception() instanceof UnresolvedReferenceException unresolved
                ? Optional.of(failures.unresolved(unresolved))
                : Optional.empty();
    }

    private List<String> notes(List<Snippet> snippets) {
        return snippets.stream()
                .distinct()
                .filter(snippet -> switch (jshell.status(snippet)) {
                    case RECOVERABLE_DEFINED, RECOVERABLE_NOT_DEFINED -> true;
                    default -> false;
                })
                .map(snippet -> failures.note((DeclarationSnippet) snippet))
                .toList();
    }

    /** Ends the session. A cell that still runs is interrupted. */
    @Override
    public void close() {
        control.interrupt();
        thread.shutdown();
        jshell.close();
    }
}
