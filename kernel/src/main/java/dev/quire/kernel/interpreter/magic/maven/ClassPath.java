package dev.quire.kernel.interpreter.magic.maven;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Which artifacts a class path has already, read from the names of its jars and of the folders they lie in. */
final class ClassPath {
    private final List<Path> jars;

    ClassPath(List<Path> jars) {
        this.jars = new ArrayList<>(jars);
    }

    static ClassPath ofThisProcess() {
        return new ClassPath(Stream.of(System.getProperty("java.class.path", "").split(File.pathSeparator))
                .filter(entry -> entry.endsWith(".jar"))
                .map(Path::of)
                .toList());
    }

    synchronized void add(Library library) {
        jars.add(library.file());
    }

    /** The version that is there of an artifact, whatever version is asked for. */
    synchronized Optional<String> version(Coordinates wanted) {
        Pattern name = Pattern.compile(Pattern.quote(wanted.artifact()) + "-(\\d.*?)"
                + (wanted.classifier().isEmpty() ? "" : "-" + Pattern.quote(wanted.classifier())) + "\\.jar");
        return jars.stream().flatMap(jar -> version(jar, name, wanted).stream()).findFirst();
    }

    private static Optional<String> version(Path jar, Pattern name, Coordinates wanted) {
        Matcher matcher =
                name.matcher(Objects.requireNonNullElse(jar.getFileName(), jar).toString());
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String version = matcher.group(1);
        Path folder = jar.getParent();
        if (folder == null
                || !folder.endsWith(
                        Path.of(wanted.artifact(), folder.getFileName().toString()))) {
            // A folder of jars: the name of the file is all that is known.
            return Optional.of(version);
        }
        // A repository, group/artifact/version/artifact-version[-classifier].jar.
        Path place = Path.of(wanted.group().replace('.', '/'), wanted.artifact(), version);
        return folder.endsWith(place) ? Optional.of(version) : Optional.empty();
    }
}
