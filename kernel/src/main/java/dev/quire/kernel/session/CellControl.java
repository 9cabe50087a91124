package dev.quire.kernel.session;

import java.lang.instrument.ClassDefinition;
import java.lang.instrument.UnmodifiableClassException;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import jdk.jshell.execution.DirectExecutionControl;
import org.jspecify.annotations.Nullable;

/**
 * Runs snippets in this process, on the thread that evaluates them, and keeps what JShell itself turns into text: the
 * value of the last snippet and what it threw.
 *
 * <p>Redefines classes in place where the JVM was started with {@link Redefinition}. Without that, JShell loads a
 * fresh class whenever an import, a method or a variable changes that a variable depends on, and the variable is null
 * again.
 */
public class CellControl extends DirectExecutionControl {
    private final Object lock = new Object();
    private final Map<String, Field> variables = new HashMap<>();
    private @Nullable Object value;
    private @Nullable Throwable thrown;
    private @Nullable Thread running;
    private boolean stopping;

    @Override
    protected @Nullable String invoke(Method snippet) throws Exception {
        value = null;
        thrown = null;
        try {
            Object result = interruptibly(() -> snippet.invoke(null));
            value = result;
            return describe(result);
        } catch (InvocationTargetException e) {
            thrown = e.getCause();
            throw e;
        } finally {
            remember(snippet.getDeclaringClass());
        }
    }

    /** Runs code of the user, which {@link #interrupt} reaches. */
    final <T extends @Nullable Object> T interruptibly(Callable<T> code) throws Exception {
        enter();
        try {
            return code.call();
        } finally {
            leave();
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
        synchronized (lock) {
            stopping = false;
        }
    }

    /** Whether the cell that runs has been interrupted. */
    protected final boolean isStopping() {
        synchronized (lock) {
            return stopping;
        }
    }

    /**
     * Interrupts the code of the cell. The compiler is not interrupted: an interrupt would close the files it reads for
     * good.
     */
    protected final void interrupt() {
        synchronized (lock) {
            stopping = true;
            if (running != null) {
                running.interrupt();
            }
        }
    }

    private void enter() throws StoppedException {
        synchronized (lock) {
            if (stopping) {
                throw new StoppedException();
            }
            running = Thread.currentThread();
        }
    }

    private void leave() {
        synchronized (lock) {
            running = null;
            Thread.interrupted();
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
                definitions[i] = new ClassDefinition(findClass(classes[i].name()), classes[i].bytecodes());
            }
            Redefinition.instrumentation().get().redefineClasses(definitions);
        } catch (UnsupportedOperationException | ClassNotFoundException | UnmodifiableClassException | LinkageError e) {
            // JShell takes this as: load it as a new class instead.
            throw new ClassInstallException("redefine: " + e.getMessage(), new boolean[classes.length]);
        }
        classesRedefined(classes);
    }
}
