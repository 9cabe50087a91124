package dev.quire.kernel.kernelspec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A kernel that Jupyter knows.
 *
 * @param folder where its files lie; the folder's name is the kernel's
 * @param displayName empty where {@code kernel.json} cannot be read
 * @param launcher the script that it starts; empty for a kernel that is not Quire's
 */
public record InstalledKernel(Path folder, String displayName, Optional<Path> launcher) {
    /** The key below {@code metadata} that Quire's own kernels have. */
    static final String MARK = "quire";

    private static final String FILE = "kernel.json";

    /** What lies in a folder; empty where that is no kernel. */
    static Optional<InstalledKernel> in(Path folder) {
        Path file = folder.resolve(FILE);
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        JsonNode json;
        try {
            json = new ObjectMapper().readTree(file.toFile());
        } catch (IOException e) {
            // Damaged, so nobody's: it is listed nowhere, and not overwritten.
            return Optional.of(new InstalledKernel(folder, "", Optional.empty()));
        }
        String launcher = json.path("metadata").path(MARK).path("launcher").asText("");
        return Optional.of(new InstalledKernel(
                folder,
                json.path("display_name").asText(""),
                launcher.isEmpty() ? Optional.empty() : Optional.of(Path.of(launcher))));
    }

    public String name() {
        return String.valueOf(folder.getFileName());
    }
}
