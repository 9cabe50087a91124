package dev.quire.kernel.interpreter;

import dev.quire.QuireException;
import dev.quire.kernel.interpreter.Part.Command;
import dev.quire.kernel.interpreter.magic.Call;
import dev.quire.kernel.interpreter.magic.Magic;
import dev.quire.kernel.session.CellError;
import dev.quire.kernel.session.CellResult;
import dev.quire.kernel.session.CellResult.Done;
import dev.quire.kernel.session.CellResult.Failed;
import dev.quire.kernel.session.CellResult.Interrupted;
import dev.quire.kernel.session.Place;
import dev.quire.kernel.session.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Runs one cell after another, whatever front end sends them: its Java in a session, its magics in between. */
public final class Interpreter implements AutoCloseable {
    private static final String DONE = "done";
    private static final String FAILED = "failed";
    private static final String INTERRUPTED = "interrupted";

    private final Session session;
    private final Magics magics = Magics.standard();
    private final ToldCells told = new ToldCells();
    private final Object lock = new Object();
    private @Nullable Thread inMagic;
    private boolean stopping;

    private Interpreter(Session session) {
        this.session = session;
        session.assistant().magics(magics::names, magics::help);
    }

    /**
     * Starts a session of its own.
     *
     * @throws InterruptedException if this thread is interrupted meanwhile
     */
    public static Interpreter open() throws InterruptedException {
        return new Interpreter(Session.open());
    }

    /**
     * Runs a cell and waits for its end. The value is that of its last part.
     *
     * @param cell the number that errors name, as in {@code In[5]}
     * @throws InterruptedException if this thread is interrupted while it waits; the cell is interrupted too, but may
     *     still run
     */
    public CellResult run(int cell, String source) throws InterruptedException {
        return run(cell, source, "");
    }

    /**
     * As {@link #run(int, String)}, for a cell of a notebook.
     *
     * @param id what the notebook calls it; empty where it has no name for it
     */
    public CellResult run(int cell, String source, String id) throws InterruptedException {
        told.begin(cell, source, id);
        String ending = INTERRUPTED;
        try {
            CellResult result = evaluate(cell, source);
            ending = result instanceof Done ? DONE : result instanceof Failed ? FAILED : INTERRUPTED;
            return result;
        } finally {
            told.end(cell, source, id, ending);
        }
    }

    /** As {@link #run(int, String)}, for a text that is no cell of its own: records of runs are not told of it. */
    public CellResult evaluate(int cell, String source) throws InterruptedException {
        synchronized (lock) {
            stopping = false;
        }
        return parts(cell, source, source);
    }

    /**
     * Stops the cell that runs now, from any thread.
     *
     * @return whether there is nothing more to try, as with {@link Session#interrupt()}
     */
    public boolean interrupt() {
        synchronized (lock) {
            stopping = true;
            if (inMagic != null) {
                inMagic.interrupt();
            }
        }
        return session.interrupt();
    }

    /** Where the Java of the cells runs. */
    public Session session() {
        return session;
    }

    /** The magics that cells can use. */
    public Magics magics() {
        return magics;
    }

    /** The Java of a cell, each character at its place, with blanks where magics stand: what can be analysed. */
    public String java(String source) {
        return CellText.java(source, magics);
    }

    /**
     * @param whole the text of the cell, for errors
     * @param source the text to run, each character at its place in the cell
     */
    private CellResult parts(int cell, String whole, String source) throws InterruptedException {
        List<String> notes = new ArrayList<>();
        Done last = new Done(null, List.of());
        for (Part part : CellText.split(source, magics)) {
            if (isStopping()) {
                return new Interrupted();
            }
            CellResult result = part instanceof Command command
                    ? command(cell, whole, command)
                    : java(cell, ((Part.Java) part).source());
            if (!(result instanceof Done done)) {
                return result;
            }
            notes.addAll(done.notes());
            last = done;
        }
        return new Done(last.value(), notes);
    }

    private CellResult java(int cell, String source) throws InterruptedException {
        Thread before = enter(null);
        try {
            return session.run(cell, source);
        } finally {
            enter(before);
        }
    }

    private CellResult command(int cell, String whole, Command command) throws InterruptedException {
        Thread before = enter(Thread.currentThread());
        try {
            Magic magic = magics.named(command.name());
            if (command.isForCell() && command.line() > 1 && !isFirst(whole, command.line())) {
                throw new QuireException(command.name() + " takes the rest of its cell: put it on the first line");
            }
            String body = command.isForCell() || magic.takesJava() ? command.java() : "";
            return magic.run(
                    new Call(magic, command.argument(), command.body(), session, () -> parts(cell, whole, body)));
        } catch (InterruptedException e) {
            if (isStopping()) {
                return new Interrupted();
            }
            throw e;
        } catch (Exception | LinkageError | StackOverflowError e) {
            return isStopping() ? new Interrupted() : new Failed(error(cell, whole, command.line(), e));
        } finally {
            leave(before);
        }
    }

    private static boolean isFirst(String whole, int line) {
        return whole.lines().limit(line - 1L).allMatch(String::isBlank);
    }

    private static CellError error(int cell, String whole, int line, Throwable thrown) {
        String message = Objects.requireNonNullElse(thrown.getMessage(), "");
        String source = whole.lines().skip(line - 1L).findFirst().orElse("");
        return new CellError(
                thrown.getClass().getSimpleName(),
                message.isEmpty() ? thrown.getClass().getSimpleName() : message,
                List.of(new Place(cell, line, source, Place.WHOLE_LINE)));
    }

    private boolean isStopping() {
        synchronized (lock) {
            return stopping;
        }
    }

    /** Says which thread an interrupt reaches, and gives the one before. */
    private @Nullable Thread enter(@Nullable Thread thread) {
        synchronized (lock) {
            Thread before = inMagic;
            inMagic = thread;
            if (thread != null && stopping) {
                thread.interrupt();
            }
            return before;
        }
    }

    /** An interrupt meant for the magic must not reach what comes after it. */
    private void leave(@Nullable Thread before) {
        synchronized (lock) {
            inMagic = before;
            if (stopping) {
                Thread.interrupted();
            }
        }
    }

    @Override
    public void close() {
        session.close();
    }
}
