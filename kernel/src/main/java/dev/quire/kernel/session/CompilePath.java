package dev.quire.kernel.session;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import jdk.jshell.JShell;

/**
 * Where the compiler looks for classes. It opens and lists every jar before it compiles the first line, so it begins with
 * those that cells name; all others, which are loaded in this process anyway, follow when a cell names a package that is
 * not in them.
 */
final class CompilePath {
    private static final String PROPERTY = "java.class.path";

    /** What the words of Quire take and give. */
    private static final List<String> FIRST =
            List.of("quire-", "tablesaw-core", "xchart", "jackson-core", "jackson-databind", "jackson-annotations");

    private final List<String> first;
    private final List<String> rest;
    private boolean isWhole;

    private CompilePath(List<String> first, List<String> rest) {
        this.first = first;
        this.rest = rest;
    }

    static CompilePath ofThisProcess() {
        List<String> all = Arrays.stream(System.getProperty(PROPERTY).split(File.pathSeparator))
                .filter(entry -> !entry.isEmpty())
                .toList();
        // No file is looked at where its name says enough: there are more than a hundred.
        Predicate<String> isFirst = entry -> {
            String name = entry.substring(entry.lastIndexOf(File.separatorChar) + 1);
            return FIRST.stream().anyMatch(name::startsWith)
                    || !name.endsWith(".jar") && Files.isDirectory(Path.of(entry));
        };
        return new CompilePath(
                all.stream().filter(isFirst).toList(),
                all.stream().filter(isFirst.negate()).toList());
    }

    /** A shell that compiles with the first jars. */
    JShell build(JShell.Builder builder) {
        synchronized (CompilePath.class) {
            String whole = System.getProperty(PROPERTY);
            // JShell takes its path from here and nowhere else: as a compiler option it could not grow.
            System.setProperty(PROPERTY, String.join(File.pathSeparator, first));
            try {
                return builder.build();
            } finally {
                System.setProperty(PROPERTY, whole);
            }
        }
    }

    /** Shows the compiler all jars; false when it knows them already. */
    boolean growAll(JShell jshell) {
        if (isWhole) {
            return false;
        }
        isWhole = true;
        List<String> more =
                Stream.concat(first.stream().limit(1), rest.stream()).toList();
        jshell.addToClasspath(String.join(File.pathSeparator, more));
        return true;
    }
}
