package dev.quire.kernel.session;

import java.lang.instrument.Instrumentation;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The Java agent that lets a session change a class in place; the launcher names it with {@code -javaagent}. */
public final class Redefinition {
    private static volatile @Nullable Instrumentation instrumentation;

    private Redefinition() {}

    /** Called by the JVM where the agent was named on the command line. */
    public static void premain(@Nullable String arguments, Instrumentation given) {
        instrumentation = given;
    }

    /** Called by the JVM where the agent was named in the manifest of the main jar, or attached later. */
    public static void agentmain(@Nullable String arguments, Instrumentation given) {
        instrumentation = given;
    }

    static Optional<Instrumentation> instrumentation() {
        return Optional.ofNullable(instrumentation);
    }
}
