package dev.quire.server;

import dev.quire.QuireException;
import dev.quire.server.http.Id;
import dev.quire.store.WholeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The id of the machine that a server trains on: random, and the same at every start. */
final class Agent {
    private Agent() {}

    static String of(Path folder) {
        Path file = folder.resolve("agent");
        try {
            if (!Files.exists(file)) {
                WholeFile.write(file, Id.fresh() + "\n");
            }
            return Id.of("machine", Files.readString(file).strip());
        } catch (IOException e) {
            throw new QuireException("the id of this machine cannot be kept in " + file + ": " + e, e);
        }
    }
}
