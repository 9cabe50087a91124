package dev.quire.server.deploy;

import dev.quire.QuireException;
import dev.quire.inference.Model;
import dev.quire.inference.Models;
import dev.quire.server.http.Problem;
import dev.quire.server.http.SafeName;
import dev.quire.server.infer.ServedRuns;
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
            return Models.load(file);
        } catch (QuireException e) {
            String why = String.valueOf(e.getMessage()).replace(file.toString(), name);
            throw new Problem(415, why, "deploy a run, or a TorchScript or ONNX file");
        }
    }
}
