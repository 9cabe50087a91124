package dev.quire.kernel.shell;

import dev.quire.QuireException;
import dev.quire.kernel.session.CellControl;
import dev.quire.kernel.session.weave.Refusals;
import dev.quire.view.Displays;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import jdk.jshell.spi.ExecutionControl;
import jdk.jshell.spi.ExecutionControlProvider;
import jdk.jshell.spi.ExecutionEnv;
import org.jspecify.annotations.Nullable;

/** How the prompt runs snippets: in this process, with values and errors worded for a reader. */
public final class ShellControl extends CellControl {
    /** What {@code --execution} calls it. */
    static final String NAME = "quire";

    private static final int INTERRUPTED = 130;

    /** Where JShell puts the classes it makes of snippets. */
    private static final String SNIPPETS = "REPL.";

    ShellControl() {
        Refusals.remedy("leave with /exit");
    }

    @Override
    protected @Nullable String invoke(Method snippet) throws Exception {
        begin();
        try {
            return super.invoke(snippet);
        } finally {
            if (isAbandoned()) {
                System.err.println(LEFT_BEHIND);
            }
        }
    }

    /** Ctrl-C: the first press ends the code, the second leaves it behind, the third leaves the process. */
    @Override
    public void stop() {
        if (interrupt()) {
            new Thread(() -> System.exit(INTERRUPTED), "quire-leave").start();
        }
    }

    @Override
    protected String describe(@Nullable Object result) {
        // JShell's own words for what it knows best: a text is quoted, an array says what is in it.
        if (result == null
                || result instanceof CharSequence
                || result.getClass().isArray()
                || result.getClass().getName().startsWith("java.lang.")) {
            return valueString(result);
        }
        String text = Displays.plain(result).stripTrailing();
        return text.indexOf('\n') < 0 ? text : "\n" + text;
    }

    /** Leaves out frames that are not the user's; of a {@link QuireException}, says its message alone. */
    @Override
    protected String throwConvertedInvocationException(Throwable thrown) throws RunException {
        if (isStopping()) {
            throw new StoppedException();
        }
        Optional<QuireException> own = Stream.iterate(thrown, Objects::nonNull, Throwable::getCause)
                .filter(QuireException.class::isInstance)
                .map(QuireException.class::cast)
                .findFirst();
        if (own.isPresent()) {
            throw new UserException(own.get().getMessage(), "", new StackTraceElement[0]);
        }
        throw new UserException(
                thrown.getMessage(),
                thrown.getClass().getName(),
                Arrays.stream(thrown.getStackTrace())
                        .filter(frame -> frame.getClassName().startsWith(SNIPPETS))
                        .toArray(StackTraceElement[]::new));
    }

    /** Makes it known to JShell by its name. */
    public static final class Provider implements ExecutionControlProvider {
        @Override
        public String name() {
            return NAME;
        }

        @Override
        public ExecutionControl generate(ExecutionEnv environment, Map<String, String> parameters) {
            return new ShellControl();
        }
    }
}
