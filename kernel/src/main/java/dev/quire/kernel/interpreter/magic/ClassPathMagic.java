package dev.quire.kernel.interpreter.magic;

import dev.quire.QuireException;
import dev.quire.kernel.session.CellResult;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** Puts jars and folders of classes on the class path of the session. */
public record ClassPathMagic() implements Magic {
    @Override
    public String name() {
        return "%classpath";
    }

    @Override
    public String usage() {
        return "%classpath PATH…";
    }

    @Override
    public String purpose() {
        return "Puts jars (lib/*.jar) and folders of classes on the class path.";
    }

    @Override
    public CellResult run(Call call) throws IOException, InterruptedException {
        if (call.argument().isEmpty()) {
            throw call.misused("it needs at least one path");
        }
        Set<Path> paths = new LinkedHashSet<>();
        for (String word : call.words()) {
            paths.addAll(paths(word));
        }
        call.session().addToClassPath(List.copyOf(paths));
        return Call.done();
    }

    private List<Path> paths(String word) throws IOException {
        Path path = Paths.of(word);
        String last = Objects.requireNonNullElse(path.getFileName(), path).toString();
        if (last.contains("*")) {
            return matching(Objects.requireNonNullElse(path.getParent(), Path.of("")), last);
        }
        if (Files.isDirectory(path) || (Files.isRegularFile(path) && isArchive(path))) {
            return List.of(path.toAbsolutePath().normalize());
        }
        throw new QuireException(name() + ": "
                + (Files.exists(path)
                        ? path + " is neither a jar nor a folder"
                        : "there is no " + path.toAbsolutePath().normalize()));
    }

    private List<Path> matching(Path folder, String pattern) throws IOException {
        List<Path> found = new ArrayList<>();
        if (Files.isDirectory(folder)) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, pattern)) {
                for (Path file : files) {
                    if (isArchive(file)) {
                        found.add(file.toAbsolutePath().normalize());
                    }
                }
            }
        }
        if (found.isEmpty()) {
            throw new QuireException(name() + ": there is no jar " + folder.resolve(pattern));
        }
        Collections.sort(found);
        return found;
    }

    private static boolean isArchive(Path file) {
        return file.toString().endsWith(".jar") || file.toString().endsWith(".zip");
    }
}
