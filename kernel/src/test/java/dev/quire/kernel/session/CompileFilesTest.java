package dev.quire.kernel.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.JavaFileObject.Kind;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class CompileFilesTest {
    private static final Set<Kind> KINDS = EnumSet.of(Kind.CLASS, Kind.SOURCE);

    @TempDir
    private Path folder;

    @Test
    void jars_and_folders_are_listed_as_the_compiler_lists_them_itself() throws IOException {
        List<Path> path = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            path.add(Path.of(entry));
        }
        try (StandardJavaFileManager own = standard();
                CompileFiles files = new CompileFiles(standard())) {
            own.setLocationFromPaths(StandardLocation.CLASS_PATH, path);
            files.setLocationFromPaths(StandardLocation.CLASS_PATH, path);
            for (String name : List.of(
                    "",
                    "REPL",
                    "dev.quire",
                    "dev.quire.kernel.session",
                    "com.fasterxml.jackson.core",
                    "org.assertj.core.api")) {
                assertThat(names(files, name)).as(name).containsExactlyInAnyOrderElementsOf(names(own, name));
            }
            assertThat(names(files, "dev.quire.kernel.session")).contains(CompileFiles.class.getName());
            assertThat(names(files, "org.assertj.core.api")).contains("org.assertj.core.api.Assertions");
        }
    }

    @Test
    void of_a_jar_for_several_versions_of_java_the_newest_class_that_fits_is_read() throws IOException {
        Path jar = jar(
                "Multi-Release: true\n",
                Map.of(
                        "p/A.class", "old",
                        "META-INF/versions/17/p/A.class", "new",
                        "META-INF/versions/999/p/A.class", "of the future"));
        try (CompileFiles files = files(jar)) {
            assertThat(names(files, "p")).containsExactly("p.A");
            assertThat(text(files, "p", "p.A")).isEqualTo("new");
        }
    }

    @Test
    void of_any_other_jar_the_versions_are_no_concern() throws IOException {
        Path jar = jar("", Map.of("p/A.class", "one", "META-INF/versions/17/p/A.class", "two"));
        try (CompileFiles files = files(jar)) {
            assertThat(names(files, "p")).containsExactly("p.A");
            assertThat(text(files, "p", "p.A")).isEqualTo("one");
        }
    }

    @Test
    void a_file_that_is_no_jar_holds_nothing() throws IOException {
        Path text = Files.writeString(folder.resolve("text.jar"), "no jar");
        try (CompileFiles files = files(text, folder.resolve("nowhere.jar"))) {
            assertThat(names(files, "p")).isEmpty();
        }
    }

    @Test
    void a_class_that_is_added_to_a_folder_is_seen_and_so_is_a_jar_that_is_added_to_the_path() throws IOException {
        Path classes = Files.createDirectories(folder.resolve("classes/p"));
        Path jar = jar("", Map.of("p/InJar.class", "in the jar"));
        try (CompileFiles files = files(classes.getParent())) {
            assertThat(names(files, "p")).isEmpty();
            Files.writeString(classes.resolve("InFolder.class"), "in the folder");
            assertThat(names(files, "p")).containsExactly("p.InFolder");
            files.setLocationFromPaths(StandardLocation.CLASS_PATH, List.of(classes.getParent(), jar));
            assertThat(names(files, "p")).containsExactly("p.InFolder", "p.InJar");
        }
    }

    private CompileFiles files(Path... path) throws IOException {
        CompileFiles files = new CompileFiles(standard());
        files.setLocationFromPaths(StandardLocation.CLASS_PATH, List.of(path));
        return files;
    }

    private static StandardJavaFileManager standard() {
        return ToolProvider.getSystemJavaCompiler().getStandardFileManager(null, null, StandardCharsets.UTF_8);
    }

    private static List<String> names(JavaFileManager files, String name) throws IOException {
        List<String> names = new ArrayList<>();
        for (JavaFileObject file : files.list(StandardLocation.CLASS_PATH, name, KINDS, false)) {
            names.add(files.inferBinaryName(StandardLocation.CLASS_PATH, file));
        }
        return names;
    }

    private static String text(JavaFileManager files, String packageName, String name) throws IOException {
        for (JavaFileObject file : files.list(StandardLocation.CLASS_PATH, packageName, KINDS, false)) {
            if (name.equals(files.inferBinaryName(StandardLocation.CLASS_PATH, file))) {
                try (InputStream in = file.openInputStream()) {
                    return new String(in.readAllBytes(), StandardCharsets.UTF_8);
                }
            }
        }
        throw new AssertionError("there is no " + name);
    }

    private Path jar(String manifest, Map<String, String> entries) throws IOException {
        Path jar = folder.resolve("library.jar");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
            out.putNextEntry(new ZipEntry("META-INF/MANIFEST.MF"));
            out.write(("Manifest-Version: 1.0\n" + manifest).getBytes(StandardCharsets.UTF_8));
            for (Map.Entry<String, String> entry : entries.entrySet()) {
                out.putNextEntry(new ZipEntry(entry.getKey()));
                out.write(entry.getValue().getBytes(StandardCharsets.UTF_8));
            }
        }
        return jar;
    }
}
