package dev.quire.kernel.machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The libtorch that would be loaded, told without loading it.
 *
 * @param version as in {@code 2.7.1}
 * @param kind where it comes from and what it is built for
 */
public record Libtorch(String version, String kind) {
    private static final String BUNDLED = "/native/lib/pytorch.properties";

    /**
     * What the class path and the environment lead to.
     *
     * @param environment that of the process
     */
    public static Libtorch onClassPath(Map<String, String> environment) {
        String folder = environment.getOrDefault("PYTORCH_LIBRARY_PATH", "");
        if (!folder.isEmpty()) {
            return new Libtorch(version(Path.of(folder)), "PYTORCH_LIBRARY_PATH=" + folder);
        }
        boolean isBundled = Libtorch.class.getResource(BUNDLED) != null;
        return new Libtorch(Build.libtorch(), isBundled ? "for the CPU" : "for the GPU, downloaded on first use");
    }

    /** A pip-installed libtorch says its version in the folder above its libraries. */
    private static String version(Path folder) {
        return Stream.of("build-version", "../build-version", "../version.py")
                .map(name -> text(folder.resolve(name)))
                .filter(text -> !text.isEmpty())
                .findFirst()
                .map(text -> text.replaceAll("(?s).*?__version__ = '([^']*)'.*", "$1"))
                .orElse("of unknown version");
    }

    private static String text(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException notThere) {
            return "";
        }
    }

    @Override
    public String toString() {
        return version + " (" + kind + ")";
    }
}
