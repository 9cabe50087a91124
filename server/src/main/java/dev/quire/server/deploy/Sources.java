package dev.quire.server.deploy;

import dev.quire.QuireException;
import dev.quire.inference.Model;
import dev.quire.inference.Models;
import dev.quire.server.http.Problem;
import dev.quire.server.http.SafeName;
import dev.quire.server.infer.ServedRuns;
import dev.quire.store.Safetensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/** Makes models of runs, and of files that lie in the data root. */
public final class Sources {
    private final ServedRuns runs;
    private final Path root;

    /**
     * @param root where model files lie
     */
    public Sources(ServedRuns runs, Path root) {
        this.runs = runs;
        this.root = root;
    }

    /**
     * The model of a source.
     *
     * @throws Problem 400 when its name is none, 404 when there is none of this name, 415 when it is no model file
     */
    public Model load(Source source) {
        return source.kind() == Source.Kind.RUN ? runs.load(source.name()) : file(source.name());
    }

    private Model file(String name) {
        SafeName.of("the name of the file", name);
        Path file = root.resolve(name);
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw Problem.missing("there is no file " + name + " in the data root", "copy it there");
        }
        try {
            requireSound(file, name);
            return Models.load(file);
        } catch (QuireException e) {
            // Where the server keeps files is nobody's business.
            String why = String.valueOf(e.getMessage())
                    .replace(file.toString(), name)
                    .replace(root.toString(), "the data root");
            throw new Problem(415, why, "deploy a run, or a TorchScript or ONNX file");
        }
    }

    /** Weights alone are no model; where they are damaged besides, that is said first. */
    private static void requireSound(Path file, String name) {
        if (!name.endsWith(".safetensors")) {
            return;
        }
        try {
            Safetensors.read(file);
        } catch (QuireException e) {
            throw Problem.bad(
                    String.valueOf(e.getMessage()), "copy it again; a run, TorchScript or ONNX can be deployed");
        } catch (IOException e) {
            throw Problem.bad(name + " cannot be read", "see the log of the server");
        }
    }
}
