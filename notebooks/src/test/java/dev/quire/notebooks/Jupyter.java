package dev.quire.notebooks;

import dev.quire.kernel.kernelspec.KernelFolder;
import dev.quire.kernel.kernelspec.KernelSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A Jupyter that knows the kernel as this build made it, and nothing of what else is installed for the user. */
final class Jupyter {
    static final Path ROOT = Path.of(System.getProperty("quire.root", ".."));

    private Jupyter() {}

    /** Installs the kernel below a folder; returns the environment in which Jupyter finds it and writes nowhere else. */
    static Map<String, String> in(Path folder) throws IOException {
        Path launcher = ROOT.resolve("quire").toRealPath();
        requirePackaged();
        KernelFolder.below(folder)
                .install(new KernelSpec(
                        "quire", "Quire (Java)", launcher, Path.of(System.getProperty("java.home")), List.of()));
        return Map.of(
                "JUPYTER_PATH", folder.resolve("share/jupyter").toString(),
                "JUPYTER_DATA_DIR", folder.resolve("data").toString(),
                "JUPYTER_CONFIG_DIR", folder.resolve("config").toString(),
                "JUPYTER_RUNTIME_DIR", folder.resolve("runtime").toString(),
                "IPYTHONDIR", folder.resolve("ipython").toString());
    }

    /** The launcher starts the jar, which is not there, or an old one, before the phase package. */
    private static void requirePackaged() throws IOException {
        Path jar = ROOT.resolve("kernel/target/quire-kernel.jar");
        boolean isThere = Files.exists(jar) && Files.exists(ROOT.resolve("kernel/target/classpath"));
        Tool.require(
                isThere && newest(ROOT.resolve("kernel/target/classes")).compareTo(Files.getLastModifiedTime(jar)) <= 0,
                "the kernel is not packaged, or its classes are newer: mvn verify");
    }

    private static FileTime newest(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            FileTime newest = FileTime.fromMillis(0);
            for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
                FileTime time = Files.getLastModifiedTime(file);
                newest = time.compareTo(newest) > 0 ? time : newest;
            }
            return newest;
        }
    }
}
