package dev.quire.manual;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import com.sun.source.util.Trees;
import dev.quire.QuireException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import javax.lang.model.element.Modifier;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/** Reads the sources that lie beside the classes. They are parsed, not compiled. */
final class Sources {
    private static final String FOLDER = "/META-INF/sources/";

    private Sources() {}

    /**
     * The type of a source file, or empty where there is no such file.
     *
     * @param path as {@code dev/quire/Quire}
     */
    static Optional<SourceType> read(String path) {
        try (InputStream in = Sources.class.getResourceAsStream(FOLDER + path + ".java")) {
            return in == null ? Optional.empty() : parse(path, new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("the source of " + path + " cannot be read", e);
        }
    }

    private static Optional<SourceType> parse(String path, String text) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        if (compiler == null) {
            throw new QuireException("this is a Java runtime without a compiler, which reads the documentation: "
                    + "install a JDK, 17 or newer");
        }
        JavacTask task = (JavacTask)
                compiler.getTask(null, null, problem -> {}, List.of("-proc:none"), null, List.of(new Text(path, text)));
        Trees trees = Trees.instance(task);
        for (CompilationUnitTree unit : task.parse()) {
            TreePath root = new TreePath(unit);
            for (Tree type : unit.getTypeDecls()) {
                if (type instanceof ClassTree tree) {
                    return Optional.of(type(trees, new TreePath(root, tree), tree));
                }
            }
        }
        return Optional.empty();
    }

    private static SourceType type(Trees trees, TreePath path, ClassTree tree) {
        String name = tree.getSimpleName().toString();
        boolean isInterface = tree.getKind() == Tree.Kind.INTERFACE;
        List<Entry> members = new ArrayList<>();
        List<SourceType> types = new ArrayList<>();
        for (Tree member : tree.getMembers()) {
            TreePath place = new TreePath(path, member);
            if (member instanceof MethodTree method && isPublic(method, isInterface)) {
                members.add(method(trees, place, name, method));
            } else if (member instanceof ClassTree inner
                    && (isInterface || inner.getModifiers().getFlags().contains(Modifier.PUBLIC))) {
                types.add(type(trees, place, inner));
            }
        }
        Entry entry = new Entry(name, name, "", List.of(), false, description(trees, path));
        return new SourceType(entry, members, types);
    }

    private static boolean isPublic(MethodTree method, boolean isInterface) {
        var flags = method.getModifiers().getFlags();
        boolean isOpen = flags.contains(Modifier.PUBLIC) || (isInterface && !flags.contains(Modifier.PRIVATE));
        return isOpen
                && method.getReturnType() != null
                && method.getModifiers().getAnnotations().stream()
                        .noneMatch(each -> each.getAnnotationType().toString().equals("Override"));
    }

    private static Entry method(Trees trees, TreePath path, String owner, MethodTree method) {
        List<Entry.Parameter> parameters = method.getParameters().stream()
                .map(each -> new Entry.Parameter(type(each), each.getName().toString()))
                .toList();
        String result = Objects.toString(method.getReturnType(), "");
        return new Entry(
                owner,
                method.getName().toString(),
                result.equals("void") ? "" : result,
                parameters,
                true,
                description(trees, path));
    }

    /** The parser gives {@code int...} as an array; its own text says what was written. */
    private static String type(VariableTree parameter) {
        String declaration = parameter.toString();
        String written = String.valueOf(parameter.getType()).replaceAll("@\\w+ ?", "");
        return declaration.contains("... ") ? written.replaceFirst("\\[\\]$", "...") : written;
    }

    private static Description description(Trees trees, TreePath path) {
        String comment = trees.getDocComment(path);
        return comment == null ? Description.NONE : Description.of(comment);
    }

    /** A source held in memory. */
    private static final class Text extends SimpleJavaFileObject {
        private final String text;

        Text(String path, String text) {
            super(URI.create("string:///" + path + ".java"), JavaFileObject.Kind.SOURCE);
            this.text = text;
        }

        @Override
        public @Nullable CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }
}
