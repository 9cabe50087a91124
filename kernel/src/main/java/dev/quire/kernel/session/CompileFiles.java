package dev.quire.kernel.session;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.StreamSupport;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.JavaFileObject.Kind;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;
import org.jspecify.annotations.Nullable;

/**
 * The files of the compiler, with the jars of the class path listed once and for all. The JDK's own file manager walks
 * through every jar as a file system before the first line is compiled, and goes over what it found again for each of the
 * five tasks that a snippet takes.
 */
final class CompileFiles extends ForwardingJavaFileManager<StandardJavaFileManager> implements StandardJavaFileManager {
    /** A part of the class path: what it holds of a package. */
    @FunctionalInterface
    private interface Part {
        Iterable<JavaFileObject> list(String packageName, Set<Kind> kinds) throws IOException;
    }

    /** Where the compiler looks for plug-ins: a class path has none to offer, and need not be searched for each task. */
    private final ClassLoader nothing = new ClassLoader(ClassLoader.getPlatformClassLoader()) {};

    private final Map<Path, Part> parts = new HashMap<>();
    private final Map<Path, Location> folders = new HashMap<>();
    private final List<JarListing> jars = new ArrayList<>();
    private List<Path> path = List.of();
    private List<Part> inOrder = List.of();

    CompileFiles(StandardJavaFileManager standard) {
        super(standard);
    }

    @Override
    public synchronized Iterable<JavaFileObject> list(
            Location location, String packageName, Set<Kind> kinds, boolean recurse) throws IOException {
        if (location != StandardLocation.CLASS_PATH || recurse) {
            return super.list(location, packageName, kinds, recurse);
        }
        List<JavaFileObject> found = new ArrayList<>();
        for (Part part : classPath()) {
            part.list(packageName, kinds).forEach(found::add);
        }
        return found;
    }

    /** The parts of the class path as it is now: it grows. */
    private List<Part> classPath() throws IOException {
        List<Path> now = paths(StandardLocation.CLASS_PATH);
        if (!now.equals(path)) {
            List<Part> changed = new ArrayList<>();
            for (Path entry : now) {
                if (!parts.containsKey(entry)) {
                    parts.put(entry, part(entry));
                }
                changed.add(Objects.requireNonNull(parts.get(entry)));
            }
            path = now;
            inOrder = changed;
        }
        return inOrder;
    }

    private List<Path> paths(Location location) {
        Iterable<? extends Path> paths = fileManager.getLocationAsPaths(location);
        return paths == null
                ? List.of()
                : StreamSupport.stream(paths.spliterator(), false)
                        .map(Path.class::cast)
                        .toList();
    }

    private Part part(Path entry) throws IOException {
        if (Files.isRegularFile(entry)) {
            JarListing jar = JarListing.of(entry);
            jars.add(jar);
            return jar::list;
        }
        // A folder may change, and is the JDK's to list.
        Location folder = StandardLocation.locationFor("QUIRE_FOLDER_" + folders.size());
        fileManager.setLocationFromPaths(folder, List.of(entry));
        folders.put(entry, folder);
        return (packageName, kinds) -> super.list(folder, packageName, kinds, false);
    }

    @Override
    public synchronized @Nullable String inferBinaryName(Location location, JavaFileObject file) {
        if (file instanceof JarListing.Listed listed) {
            return listed.binaryName();
        }
        String name = super.inferBinaryName(location, file);
        for (Location folder : folders.values()) {
            if (name != null) {
                break;
            }
            name = super.inferBinaryName(folder, file);
        }
        return name;
    }

    @Override
    public boolean isSameFile(FileObject first, FileObject second) {
        return first instanceof JarListing.Listed || second instanceof JarListing.Listed
                ? first.equals(second)
                : super.isSameFile(first, second);
    }

    @Override
    public boolean contains(Location location, FileObject file) throws IOException {
        return file instanceof JarListing.Listed
                ? location == StandardLocation.CLASS_PATH
                : super.contains(location, file);
    }

    @Override
    public @Nullable ClassLoader getClassLoader(Location location) {
        return location == StandardLocation.CLASS_PATH ? nothing : super.getClassLoader(location);
    }

    @Override
    public synchronized void close() throws IOException {
        for (JarListing jar : jars) {
            jar.close();
        }
        super.close();
    }

    @Override
    public Iterable<? extends JavaFileObject> getJavaFileObjectsFromFiles(Iterable<? extends File> files) {
        return fileManager.getJavaFileObjectsFromFiles(files);
    }

    @Override
    public Iterable<? extends JavaFileObject> getJavaFileObjects(File... files) {
        return fileManager.getJavaFileObjects(files);
    }

    @Override
    public Iterable<? extends JavaFileObject> getJavaFileObjectsFromStrings(Iterable<String> names) {
        return fileManager.getJavaFileObjectsFromStrings(names);
    }

    @Override
    public Iterable<? extends JavaFileObject> getJavaFileObjects(String... names) {
        return fileManager.getJavaFileObjects(names);
    }

    @Override
    public void setLocation(Location location, @Nullable Iterable<? extends File> files) throws IOException {
        fileManager.setLocation(location, files);
    }

    @Override
    public void setLocationFromPaths(Location location, Collection<? extends Path> paths) throws IOException {
        fileManager.setLocationFromPaths(location, paths);
    }

    @Override
    public @Nullable Iterable<? extends File> getLocation(Location location) {
        return fileManager.getLocation(location);
    }

    @Override
    public @Nullable Iterable<? extends Path> getLocationAsPaths(Location location) {
        return fileManager.getLocationAsPaths(location);
    }
}
