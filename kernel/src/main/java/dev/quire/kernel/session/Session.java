package dev.quire.kernel.session;

import dev.quire.QuireException;
import dev.quire.kernel.session.CellResult.Done;
import dev.quire.kernel.session.CellResult.Failed;
import dev.quire.kernel.session.assist.Assistant;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.stream.Stream;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.Snippet.SubKind;
import jdk.jshell.VarSnippet;

/**
 * A running Java session that takes one cell after another. Cells share this process with everything else in it, so
 * their values are plain objects; each runs on the one thread of the cells.
 */
public final class Session implements AutoCloseable {
    private static final String SCRIPT = "/dev/quire/kernel/startup.jsh";

    private final CellControl control = new CellControl(this::failedInBackground);
    private final JShell jshell;
    private final Sources sources;
    private final Failures failures;
    private final Evaluator evaluator;
    private final Assistant assistant;
    private volatile Startup startup = Startup.DONE;
    private final List<ExecutedCell> cells = new CopyOnWriteArrayList<>();
    private final List<Path> added = new CopyOnWriteArrayList<>();
    private final ExecutorService thread = Executors.newSingleThreadExecutor(task -> {
        Thread compiling = new Thread(task, "quire-session");
        compiling.setDaemon(true);
        return compiling;
    });

    private Session() {
        CompilePath path = CompilePath.ofThisProcess();
        jshell = path.build(JShell.builder()
                .executionEngine(new FixedControl(control), Map.of())
                .fileManager(CompileFiles::new)
                .compilerOptions("-Xlint:none"));
        sources = new Sources(jshell);
        failures = new Failures(jshell, sources);
        evaluator = new Evaluator(jshell, control, sources, failures, path);
        assistant = new Assistant(jshell, control::variable);
    }

    /**
     * Starts a session, with everything of {@link #script()} at hand.
     *
     * @throws InterruptedException if this thread is interrupted meanwhile
     */
    public static Session open() throws InterruptedException {
        Session session = new Session();
        // An import resets variables where classes cannot be changed in place.
        session.startup =
                Redefinition.instrumentation().isPresent() ? Startup.inTwo(script()) : Startup.whole(script());
        if (session.outcome(() -> session.evaluator.evaluate(0, session.startup.now())) instanceof Failed failed) {
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
        CellResult result = outcome(() -> {
            if (startup.isNeededBy(source)) {
                finishStartup();
            }
            return evaluator.evaluate(cell, source);
        });
        cells.add(ExecutedCell.of(cell, source, result));
        if (!startup.later().isEmpty()) {
            thread.execute(this::finishWhileIdle);
        }
        return result;
    }

    private void finishStartup() throws Exception {
        if (!startup.later().isEmpty() && evaluator.evaluate(0, startup.later()) instanceof Done) {
            startup = Startup.DONE;
        }
    }

    /** What goes wrong here goes wrong again, and is told, in the cell that needs it. */
    private void finishWhileIdle() {
        try {
            control.compiling(() -> {
                finishStartup();
                return true;
            });
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            System.getLogger(Session.class.getName())
                    .log(System.Logger.Level.DEBUG, "the startup script does not finish", e);
        }
    }

    private CellResult outcome(Callable<CellResult> code) throws InterruptedException {
        control.begin();
        try {
            return thread.submit(() -> control.compiling(code)).get();
        } catch (ExecutionException e) {
            if (control.isStopping()) {
                return evaluator.interrupted();
            }
            return new Failed(Failures.internal(Objects.requireNonNullElse(e.getCause(), e)));
        } catch (InterruptedException e) {
            control.interrupt();
            throw e;
        }
    }

    /** The cells that have run so far, in order. */
    public List<ExecutedCell> cells() {
        return List.copyOf(cells);
    }

    /** Everything about the last failure of a cell: all frames, or all that the compiler says. */
    public Optional<String> lastTrace() {
        return evaluator.lastTrace();
    }

    /** Where cells find classes: jars and folders. */
    public List<Path> classPath() {
        return Stream.concat(
                        Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                                .filter(entry -> !entry.isEmpty())
                                .map(Path::of),
                        added.stream())
                .toList();
    }

    /**
     * Makes jars, and folders of classes, known to the cells that come after. What is known already is left out.
     *
     * @throws QuireException if one of them does not exist
     * @throws InterruptedException if this thread is interrupted meanwhile
     */
    public void addToClassPath(List<Path> entries) throws InterruptedException {
        for (Path entry : entries) {
            if (!Files.exists(entry)) {
                throw new QuireException("there is no " + entry + " to add to the class path");
            }
        }
        try {
            thread.submit(() -> entries.stream()
                            .filter(entry -> !classPath().contains(entry))
                            .forEach(entry -> {
                                jshell.addToClasspath(entry.toString());
                                added.add(entry);
                            }))
                    .get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("the class path cannot be changed", e.getCause());
        }
    }

    private void failedInBackground(Thread failed, Throwable thrown) {
        System.err.println(failures.background(failed, thrown));
    }

    /**
     * Stops the cell that runs now, from any thread: its thread is interrupted, and what comes after is left out. A
     * second time, half a second later or more, leaves behind code that does not react.
     *
     * @return whether there is nothing more to try
     */
    public boolean interrupt() {
        return control.interrupt();
    }

    /**
     * The variables of the cells, in the order they were declared.
     *
     * @throws InterruptedException if this thread is interrupted meanwhile
     */
    public List<Variable> variables() throws InterruptedException {
        return compiling(() -> jshell.variables()
                .filter(variable -> jshell.status(variable) == Snippet.Status.VALID)
                .filter(variable -> variable.subKind() != SubKind.TEMP_VAR_EXPRESSION_SUBKIND)
                .map(variable -> new Variable(variable.name(), variable.typeName()))
                .toList());
    }

    /** What a variable holds now; empty where there is none or it is null. */
    public Optional<Object> value(String variable) {
        return control.variable(variable);
    }

    /**
     * The methods of the cells, each as it is called.
     *
     * @throws InterruptedException if this thread is interrupted meanwhile
     */
    public List<String> methods() throws InterruptedException {
        return compiling(() -> jshell.methods()
                .map(method -> method.name() + "(" + method.parameterTypes() + ")")
                .toList());
    }

    /**
     * The imports, those of {@link #script()} first.
     *
     * @throws InterruptedException if this thread is interrupted meanwhile
     */
    public List<String> imports() throws InterruptedException {
        return compiling(() -> Stream.concat(script().lines(), jshell.imports().map(each -> each.source()))
                .map(each -> each.strip().replaceFirst(";$", ""))
                .distinct()
                .toList());
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
        return compiling(() -> question.apply(assistant));
    }

    private <T> T compiling(Callable<T> question) throws InterruptedException {
        try {
            return control.compiling(question);
        } catch (InterruptedException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("the text cannot be analysed", e);
        }
    }

    /** Ends the session. A cell that still runs is interrupted. */
    @Override
    public void close() {
        control.interrupt();
        thread.shutdown();
        jshell.close();
    }
}
