package dev.quire.kernel.command;

import dev.quire.kernel.machine.Build;
import dev.quire.kernel.machine.Jdk;
import dev.quire.kernel.machine.Libtorch;
import picocli.CommandLine.IVersionProvider;

/** The answer to {@code --version}. */
final class Versions implements IVersionProvider {
    @Override
    public String[] getVersion() {
        return new String[] {
            "Quire " + Build.version(), "JDK " + Jdk.running(), "libtorch " + Libtorch.onClassPath(System.getenv())
        };
    }
}
