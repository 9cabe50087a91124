package dev.quire.kernel.session;

import dev.quire.kernel.session.weave.Weaver;
import java.lang.instrument.ClassDefinition;
import java.lang.instrument.UnmodifiableClassException;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import jdk.jshell.execution.DirectExecutionControl;
import org.jspecify.annotations.Nullable;

/**
 * Runs snippets in this process, on a thread of their own, and keeps what JShell itself turns into text: the
 * value of the last snippet and what it threw.
 *
 * <p>Redefines classes in place where the JVM was started with {@link Redefinition}. Without that, JShell loads a
 * fresh class whenever an import, a method or a variable changes that a variable depends on, and the variable is null
 * again.
 */
public class CellControl extends DirectExecutionControl {
    /** What the user should know where code was left behind. */
    protected static final String LEFT_BEHIND = "the code did not react and was left behind; it ends where it next"
            + " reaches a loop or a method of a cell, and may use the processor until then";

    private final CellThread thread;
    private final Runnable forget;
    private final Map<String, Field> variables = new ConcurrentHashMap<>();
    private final ReentrantLock compiler = new ReentrantLock();
    private @Nullable Object value;
    private @Nullable Throwable thrown;

    protected CellControl() {
        thread = new CellThread(new ThreadGroup("quire-cells"));
        forget = () -> {};
    }

    /**
     * @param failed is told of errors that end threads which cells started
     */
    CellControl(BiConsumer<Thread, Throwable> failed) {
        CellThreads threads = new CellThreads(failed);
        thread = new CellThread(threads);
        forget = threads::forget;
    }

    @Override
    protected @Nullable String invoke(Method snippet) throws Exception {
        value = null;
        thrown = null;
        try {
            Outcome outcome = interruptibly(() -> {
                Object result = snippet.invoke(null);
                return new Outcome(result, describe(result));
            });
            value = outcome.value();
            return outcome.text();
        } catch (InvocationTargetException e) {
            if (thread.isStopping()) {
                throw new StoppedException();
            }
            thrown = e.getCause();
            throw e;
        } finally {
            remember(snippet.getDeclaringClass());
        }
    }

    private record Outcome(@Nullable Object value, String text) {}

    /** Runs code of the user on the thread of the cells, where {@link #interrupt} reaches it. */
    final <T extends @Nullable Object> T interruptibly(Callable<T> code) throws Exception {
        boolean isCompiling = compiler.isHeldByCurrentThread();
        if (isCompiling) {
            compiler.unlock();
        }
        try {
            return thread.call(code);
        } finally {
            if (isCompiling) {
                compiler.lock();
            }
        }
    }

    /** Uses the compiler, which does one thing at a time. While code of a cell runs, others may have it. */
    final <T extends @Nullable Object> T compiling(Callable<T> work) throws Exception {
        compiler.lockInterruptibly();
        try {
            return work.call();
        } finally {
            compiler.unlock();
        }
    }

    /** How JShell's own events word a value; the objects themselves are what a session hands out. */
    protected String describe(@Nullable Object result) {
        return "";
    }

    /** The value of the snippet that ran last; null where it had none. */
    final @Nullable Object value() {
        return value;
    }

    /** What the snippet that ran last threw. */
    final Optional<Throwable> thrown() {
        return Optional.ofNullable(thrown);
    }

    /** Begins a cell: an earlier interrupt is forgotten. */
    protected final void begin() {
        thread.begin();
    }

    /** Whether the cell that runs has been interrupted. */
    protected final boolean isStopping() {
        return thread.isStopping();
    }

    /** Whether code of the cell was left behind, as it did not react. */
    protected final boolean isAbandoned() {
        return thread.isAbandoned();
    }

    /**
     * Interrupts the code of the cell; a second time, half a second later or more, leaves it behind where it still runs.
     *
     * @return whether there is nothing more to try
     */
    protected final boolean interrupt() {
        return thread.interrupt() == CellThread.Press.FURTHER;
    }

    @Override
    public void close() {
        thread.close();
        forget.run();
        super.close();
    }

    @Override
    public void load(ClassBytecodes[] classes)
            throws ClassInstallException, NotImplementedException, EngineTerminationException {
        super.load(woven(classes));
        if (classes.length > 0) {
            useLoader(classes[0].name());
        }
    }

    private static ClassBytecodes[] woven(ClassBytecodes[] classes) {
        return Arrays.stream(classes)
                .map(each -> new ClassBytecodes(each.name(), Weaver.weave(each.bytecodes())))
                .toArray(ClassBytecodes[]::new);
    }

    private void useLoader(String name) throws ClassInstallException {
        try {
            thread.loader(findClass(name).getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new ClassInstallException("load: " + e.getMessage(), new boolean[1]);
        }
    }

    /**
     * A variable that is declared again lives in another class from then on. What the earlier one held can be
     * collected, or each run of a cell would keep its data for ever.
     */
    private void remember(Class<?> wrapper) throws IllegalAccessException {
        for (Field field : wrapper.getDeclaredFields()) {
            if (field.isSynthetic() || !Modifier.isPublic(field.getModifiers())) {
                continue;
            }
            field.setAccessible(true);
            Field earlier = variables.put(field.getName(), field);
            if (earlier != null && earlier.getDeclaringClass() != wrapper) {
                clear(earlier);
            }
        }
    }

    /** What a variable holds, from any thread; empty where there is none or it is null. */
    final Optional<Object> variable(String name) {
        Field field = variables.get(name);
        try {
            return field == null ? Optional.empty() : Optional.ofNullable(field.get(null));
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("a variable of a cell is not open", e);
        }
    }

    /** Lets go of a variable that is no longer declared. */
    final void forget(String variable) throws IllegalAccessException {
        Field field = variables.remove(variable);
        if (field != null) {
            clear(field);
        }
        value = null;
    }

    private static void clear(Field field) throws IllegalAccessException {
        if (!field.getType().isPrimitive()) {
            field.set(null, null);
        }
    }

    @Override
    public void redefine(ClassBytecodes[] classes)
            throws ClassInstallException, NotImplementedException, EngineTerminationException {
        if (Redefinition.instrumentation().isEmpty()) {
            throw new NotImplementedException("this JVM was started without the redefinition agent");
        }
        try {
            ClassDefinition[] definitions = new ClassDefinition[classes.length];
            for (int i = 0; i < classes.length; i++) {
                definitions[i] =
                        new ClassDefinition(findClass(classes[i].name()), Weaver.weave(classes[i].bytecodes()));
            }
            Redefinition.instrumentation().get().redefineClasses(definitions);
        } catch (UnsupportedOperationException | ClassNotFoundException | UnmodifiableClassException | LinkageError e) {
            // JShell takes this as: load it as a new class instead.
            throw new ClassInstallException("redefine: " + e.getMessage(), new boolean[classes.length]);
        }
        classesRedefined(classes);
    }
}
