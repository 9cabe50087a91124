package dev.quire.server.job;

import dev.quire.QuireException;
import dev.quire.data.table.Nearest;
import dev.quire.server.http.Problem;
import dev.quire.server.http.SafeName;
import dev.quire.store.WholeFile;
import dev.quire.train.TrainingSpec;
import dev.quire.train.json.SpecJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Training specifications as YAML files in a folder, which people edit and clients name. */
public final class Configurations {
    private static final List<String> ENDINGS = List.of(".yaml", ".yml");

    private final Path folder;

    public Configurations(Path folder) {
        this.folder = folder;
    }

    /** The names of the files, in alphabetical order. */
    public List<String> names() {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(folder)) {
            return all.map(each -> String.valueOf(each.getFileName()))
                    .filter(name -> ENDINGS.stream().anyMatch(name::endsWith) && SafeName.isSafe(name))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new QuireException("the configurations in " + folder + " cannot be listed: " + e.getMessage(), e);
        }
    }

    /**
     * The specification in a file.
     *
     * @param name with or without {@code .yaml}
     * @throws Problem 400 when it is no name or no specification, 404 when there is no such file
     */
    public TrainingSpec read(String name) {
        SafeName.of("the name of the configuration", name);
        List<String> names = names();
        String file = names.contains(name) ? name : name + ENDINGS.get(0);
        if (!names.contains(file)) {
            throw Problem.missing(
                    "there is no configuration '" + name + "'"
                            + (names.isEmpty() ? "" : Nearest.of(name, names, ", did you mean", "; there are")),
                    "PUT /v1/configurations/NAME writes one, or put a YAML file into the folder configurations");
        }
        try {
            return SpecJson.readYaml(Files.readString(folder.resolve(file)));
        } catch (IOException e) {
            throw new QuireException("the configuration " + file + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** Writes a specification to a file, in place of one that is there. */
    public String write(String name, TrainingSpec spec) {
        SafeName.of("the name of the configuration", name);
        String file = ENDINGS.stream().anyMatch(name::endsWith) ? name : name + ENDINGS.get(0);
        try {
            Files.createDirectories(folder);
            WholeFile.write(folder.resolve(file), SpecJson.writeYaml(spec));
            return file;
        } catch (IOException e) {
            throw new QuireException("the configuration " + file + " cannot be written: " + e.getMessage(), e);
        }
    }
}
