package dev.quire.kernel.session;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.Reader;
import java.io.Writer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.NestingKind;
import javax.tools.JavaFileObject;
import javax.tools.JavaFileObject.Kind;
import org.jspecify.annotations.Nullable;

/** The classes of a jar by package, for the compiler: as this version of Java sees them where the jar has several. */
final class JarListing {
    /** Holds no classes but those for other versions of Java, which the jar gives in place of its own. */
    private static final String META = "META-INF/";

    private final Path path;
    private final @Nullable JarFile jar;
    private final Map<String, List<String>> names = new HashMap<>();
    private final Map<String, List<JavaFileObject>> files = new HashMap<>();

    private JarListing(Path path, @Nullable JarFile jar) {
        this.path = path;
        this.jar = jar;
        if (jar != null) {
            for (Enumeration<JarEntry> entries = jar.entries(); entries.hasMoreElements(); ) {
                add(entries.nextElement().getName());
            }
        }
    }

    /** The listing of a jar; an empty one of a file that is no jar, as the compiler has it. */
    static JarListing of(Path path) throws IOException {
        try {
            return new JarListing(path, new JarFile(path.toFile(), false, ZipFile.OPEN_READ, Runtime.version()));
        } catch (ZipException e) {
            return new JarListing(path, null);
        }
    }

    private void add(String name) {
        if (!name.endsWith(Kind.CLASS.extension) && !name.endsWith(Kind.SOURCE.extension) || name.startsWith(META)) {
            return;
        }
        int slash = name.lastIndexOf('/');
        String folder = slash < 0 ? "" : name.substring(0, slash);
        names.computeIfAbsent(folder, unused -> new ArrayList<>()).add(name);
    }

    /** The files of a package, not of those below it. */
    List<JavaFileObject> list(String packageName, Set<Kind> kinds) {
        List<JavaFileObject> all = files.computeIfAbsent(packageName, this::files);
        return all.stream().allMatch(file -> kinds.contains(file.getKind()))
                ? all
                : all.stream().filter(file -> kinds.contains(file.getKind())).toList();
    }

    private List<JavaFileObject> files(String packageName) {
        List<JavaFileObject> found = new ArrayList<>();
        for (String name : names.getOrDefault(packageName.replace('.', '/'), List.of())) {
            found.add(new Listed(name));
        }
        return found;
    }

    void close() throws IOException {
        if (jar != null) {
            jar.close();
        }
    }

    /** A file of the jar. */
    final class Listed implements JavaFileObject {
        private final String name;

        private Listed(String name) {
            this.name = name;
        }

        /** The name of its class, as {@code java.util.Map$Entry}. */
        String binaryName() {
            return name.substring(0, name.length() - getKind().extension.length())
                    .replace('/', '.');
        }

        @Override
        public Kind getKind() {
            return name.endsWith(Kind.CLASS.extension) ? Kind.CLASS : Kind.SOURCE;
        }

        @Override
        public boolean isNameCompatible(String simpleName, Kind kind) {
            return name.substring(name.lastIndexOf('/') + 1).equals(simpleName + kind.extension);
        }

        @Override
        public @Nullable NestingKind getNestingKind() {
            return null;
        }

        @Override
        public @Nullable Modifier getAccessLevel() {
            return null;
        }

        @Override
        public URI toUri() {
            return URI.create("jar:" + path.toUri() + "!/" + name);
        }

        @Override
        public String getName() {
            return path + "(" + name.replace('/', File.separatorChar) + ")";
        }

        @Override
        public InputStream openInputStream() throws IOException {
            JarFile open = jar;
            JarEntry entry = open == null ? null : open.getJarEntry(name);
            if (open == null || entry == null) {
                throw new IOException("there is no " + name + " in " + path);
            }
            return open.getInputStream(entry);
        }

        @Override
        public Reader openReader(boolean ignoreEncodingErrors) throws IOException {
            return new BufferedReader(new InputStreamReader(openInputStream(), StandardCharsets.UTF_8));
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) throws IOException {
            try (InputStream in = openInputStream()) {
                return new String(in.readAllBytes(), StandardCharsets.UTF_8);
            }
        }

        @Override
        public long getLastModified() {
            JarEntry entry = jar == null ? null : jar.getJarEntry(name);
            return entry == null ? 0 : entry.getTime();
        }

        @Override
        public OutputStream openOutputStream() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Writer openWriter() {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean delete() {
            return false;
        }

        @Override
        public String toString() {
            return getName();
        }
    }
}
