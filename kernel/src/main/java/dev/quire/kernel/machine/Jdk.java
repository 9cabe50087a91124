package dev.quire.kernel.machine;

import java.nio.file.Path;

/**
 * The JDK that runs this.
 *
 * @param version as in {@code 17.0.15+6}
 */
public record Jdk(String version, String vendor, Path home) {
    public static Jdk running() {
        return new Jdk(
                Runtime.version().toString(),
                System.getProperty("java.vendor", "unknown vendor"),
                Path.of(System.getProperty("java.home")));
    }

    @Override
    public String toString() {
        return version + " (" + vendor + "), " + home;
    }
}
