package dev.quire.kernel.interpreter.magic.maven;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quire.QuireException;
import dev.quire.kernel.interpreter.magic.Call;
import dev.quire.kernel.session.CellResult.Done;
import dev.quire.kernel.session.Session;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Against a repository in a folder, which the user's settings name as a mirror of all others: the network is not asked. */
@Timeout(60)
class MavenMagicTest {
    @TempDir
    private Path folder;

    private final PrintStream out = System.out;
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private Session session;
    private Path home;
    private Path repository;

    @BeforeEach
    void open() throws Exception {
        session = Session.open();
        home = Files.createDirectory(folder.resolve("home"));
        repository = Files.createDirectory(folder.resolve("repository"));
        settings(false);
        publish("base", "1.0", "package base; public class Base { public static int number() { return 40; } }", "");
        publish(
                "top",
                "2.1",
                "package top; public class Top { public static int number() { return base.Base.number() + 2; } }",
                """
                <dependency><groupId>far.away</groupId><artifactId>base</artifactId><version>1.0</version></dependency>
                <dependency><groupId>far.away</groupId><artifactId>absent</artifactId><version>1</version>
                  <scope>test</scope></dependency>
                """);
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void close() {
        System.setOut(out);
        session.close();
    }

    @Test
    void a_library_comes_with_what_it_needs() throws Exception {
        run("far.away:top:2.1", List.of());
        assertThat(printed()).isEqualTo("added top 2.1, base 1.0\n");
        assertThat(((Done) session.run(1, "top.Top.number()")).value().object()).isEqualTo(42);
    }

    @Test
    void offline_the_local_repository_is_enough() throws Exception {
        run("far.away:top:2.1", List.of());
        settings(true);
        printed.reset();
        run("far.away:top:2.1", List.of());
        assertThat(printed()).isEqualTo("added top 2.1, base 1.0\n");
        assertThatThrownBy(() -> run("far.away:other:1", List.of()))
                .isInstanceOf(QuireException.class)
                .hasMessage(
                        "%maven: far.away:other:1 is not in the local repository, and Maven's settings say offline");
    }

    @Test
    void what_is_on_the_class_path_stays() throws Exception {
        Path known = Path.of("/libraries/far/away/base/0.9/base-0.9.jar");
        run("far.away:top:2.1", List.of(known, Path.of("/libraries/not/here/top/1/top-1.jar")));
        assertThat(printed())
                .isEqualTo("base 0.9 is on the class path already and stays; 1.0 is not added\nadded top 2.1\n");
    }

    @Test
    void what_is_asked_for_twice_is_added_once() throws Exception {
        MavenMagic magic = new MavenMagic(home, new ClassPath(List.of()));
        run(magic, "far.away:base:1.0");
        run(magic, "far.away:base:1.0 far.away:top:2.1");
        run(magic, "far.away:top:2.1");
        assertThat(printed()).isEqualTo("added base 1.0\nadded top 2.1\neverything is on the class path already\n");
    }

    @Test
    void what_is_not_found_names_where_it_was_sought() {
        assertThatThrownBy(() -> run("far.away:top:9", List.of()))
                .isInstanceOf(QuireException.class)
                .hasMessage("%maven: far.away:top:9 was not found in the local repository and here ("
                        + repository.toUri() + ")");
    }

    @Test
    void a_repository_that_does_not_answer_is_named_with_the_reason() throws Exception {
        settings("http://localhost:1/", false);
        assertThatThrownBy(() -> run("far.away:top:2.1", List.of()))
                .isInstanceOf(QuireException.class)
                .hasMessageStartingWith(
                        "%maven: far.away:top:2.1 is not in the local repository, and cannot be fetched from here"
                                + " (http://localhost:1/): ")
                .hasMessageContaining("refused");
    }

    @Test
    void coordinates_that_are_none_show_how_it_is_written() {
        assertThatThrownBy(() -> run("top", List.of()))
                .hasMessage(
                        "%maven: 'top' is not of that form; it is written %maven GROUP:ARTIFACT:VERSION[:CLASSIFIER]…");
        assertThatThrownBy(() -> run("", List.of())).hasMessageContaining("it needs coordinates");
    }

    private void run(String argument, List<Path> classPath) throws Exception {
        run(new MavenMagic(home, new ClassPath(classPath)), argument);
    }

    private void run(MavenMagic magic, String argument) throws Exception {
        magic.run(new Call(magic, argument, "", session, Call::done));
    }

    private String printed() {
        return printed.toString(StandardCharsets.UTF_8);
    }

    private void settings(boolean isOffline) throws IOException {
        settings(repository.toUri().toString(), isOffline);
    }

    private void settings(String address, boolean isOffline) throws IOException {
        Files.writeString(home.resolve("settings.xml"), """
                <settings>
                  <localRepository>%s</localRepository>
                  <offline>%s</offline>
                  <mirrors><mirror><id>here</id><mirrorOf>*</mirrorOf><url>%s</url></mirror></mirrors>
                </settings>
                """.formatted(home.resolve("local"), isOffline, address));
    }

    private void publish(String artifact, String version, String source, String dependencies) throws IOException {
        Path place = Files.createDirectories(
                repository.resolve("far/away").resolve(artifact).resolve(version));
        String name = artifact + "-" + version;
        Files.writeString(place.resolve(name + ".pom"), """
                <project><modelVersion>4.0.0</modelVersion>
                  <groupId>far.away</groupId><artifactId>%s</artifactId><version>%s</version>
                  <dependencies>%s</dependencies>
                </project>
                """.formatted(artifact, version, dependencies));
        Path classes = Files.createDirectories(folder.resolve("classes"));
        String type = Character.toUpperCase(artifact.charAt(0)) + artifact.substring(1);
        Path file = Files.writeString(folder.resolve(type + ".java"), source);
        int status = ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, "-d", classes.toString(), "-cp", classes.toString(), file.toString());
        assertThat(status).isZero();
        try (ZipOutputStream jar = new ZipOutputStream(Files.newOutputStream(place.resolve(name + ".jar")))) {
            String entry = artifact + "/" + type + ".class";
            jar.putNextEntry(new ZipEntry(entry));
            jar.write(Files.readAllBytes(classes.resolve(entry)));
        }
        for (String extension : List.of(".pom", ".jar")) {
            Path published = place.resolve(name + extension);
            Files.writeString(place.resolve(name + extension + ".sha1"), sha1(Files.readAllBytes(published)));
        }
    }

    private static String sha1(byte[] content) throws IOException {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IOException(e);
        }
    }
}
