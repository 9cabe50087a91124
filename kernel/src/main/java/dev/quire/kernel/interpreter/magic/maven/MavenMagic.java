package dev.quire.kernel.interpreter.magic.maven;

import dev.quire.kernel.interpreter.magic.Call;
import dev.quire.kernel.interpreter.magic.Magic;
import dev.quire.kernel.session.CellResult;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Puts artifacts of Maven repositories on the class path, with all they need. */
public final class MavenMagic implements Magic {
    private static final int NAMED = 6;

    private final @Nullable Path home;
    private final ClassPath classPath;

    /** As Maven is set up for the user of this machine. */
    public MavenMagic() {
        this(null, ClassPath.ofThisProcess());
    }

    /**
     * @param home where {@code settings.xml} and the local repository lie; null for the user's own {@code .m2}
     */
    MavenMagic(@Nullable Path home, ClassPath classPath) {
        this.home = home;
        this.classPath = classPath;
    }

    @Override
    public String name() {
        return "%maven";
    }

    @Override
    public String usage() {
        return "%maven GROUP:ARTIFACT:VERSION[:CLASSIFIER]…";
    }

    @Override
    public String purpose() {
        return "Puts a library and all that it needs on the class path, from the local Maven repository or a remote one.";
    }

    @Override
    public CellResult run(Call call) throws Exception {
        if (call.argument().isEmpty()) {
            throw call.misused("it needs coordinates");
        }
        List<Coordinates> wanted = call.words().stream()
                .map(word -> Coordinates.of(word).orElseThrow(() -> call.misused("'" + word + "' is not of that form")))
                .toList();
        Found found = Background.run(() -> new Resolution(home, classPath).find(wanted));
        call.session().addToClassPath(found.added().stream().map(Library::file).toList());
        found.added().forEach(classPath::add);
        found.kept().forEach(System.out::println);
        System.out.println(sentence(found.added()));
        return Call.done();
    }

    private static String sentence(List<Library> added) {
        if (added.isEmpty()) {
            return "everything is on the class path already";
        }
        String names = added.stream()
                .limit(NAMED)
                .map(library -> library.coordinates().brief())
                .collect(Collectors.joining(", "));
        int others = added.size() - NAMED;
        return "added " + names + (others > 0 ? " and " + others + " more" : "");
    }
}
