package dev.quire.kernel.session;

import java.util.Map;
import jdk.jshell.spi.ExecutionControl;
import jdk.jshell.spi.ExecutionControlProvider;
import jdk.jshell.spi.ExecutionEnv;

/** Hands JShell one execution control that its owner keeps hold of. */
record FixedControl(ExecutionControl control) implements ExecutionControlProvider {
    @Override
    public String name() {
        return "quire-session";
    }

    @Override
    public ExecutionControl generate(ExecutionEnv environment, Map<String, String> parameters) {
        return control;
    }
}
