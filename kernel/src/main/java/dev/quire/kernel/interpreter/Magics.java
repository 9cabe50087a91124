package dev.quire.kernel.interpreter;

import dev.quire.QuireException;
import dev.quire.data.table.Nearest;
import dev.quire.kernel.interpreter.magic.BashMagic;
import dev.quire.kernel.interpreter.magic.ClassPathMagic;
import dev.quire.kernel.interpreter.magic.LoadMagic;
import dev.quire.kernel.interpreter.magic.Magic;
import dev.quire.kernel.interpreter.magic.MagicsMagic;
import dev.quire.kernel.interpreter.magic.MarkupMagic;
import dev.quire.kernel.interpreter.magic.RunsMagic;
import dev.quire.kernel.interpreter.magic.TimeMagic;
import dev.quire.kernel.interpreter.magic.TraceMagic;
import dev.quire.kernel.interpreter.magic.maven.MavenMagic;
import dev.quire.view.Display;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The magics of one interpreter, by name. */
public final class Magics {
    private final Map<String, Magic> magics;

    Magics(List<Magic> magics) {
        this.magics = magics.stream()
                .collect(Collectors.toMap(Magic::name, Function.identity(), (first, second) -> second, TreeMap::new));
    }

    /** All there are. Here a new one is added. */
    static Magics standard() {
        List<Magic> magics = List.of(
                new MavenMagic(),
                new ClassPathMagic(),
                new LoadMagic(),
                TimeMagic.ofLine(),
                TimeMagic.ofCell(),
                new TraceMagic(),
                new RunsMagic(),
                new BashMagic(),
                MarkupMagic.html(),
                MarkupMagic.markdown());
        return new Magics(Stream.concat(magics.stream(), Stream.of(new MagicsMagic(magics)))
                .toList());
    }

    /** What cells call them, with percent signs, in alphabetical order. */
    public List<String> names() {
        return List.copyOf(magics.keySet());
    }

    /** How a magic is written and what it does; empty where there is none of this name. */
    public Optional<Display> help(String name) {
        return find(name)
                .map(magic -> Display.text(magic.usage() + "\n" + magic.purpose())
                        .with(Display.MARKDOWN, "`" + magic.usage() + "`\n\n" + magic.purpose()));
    }

    Optional<Magic> find(String name) {
        return Optional.ofNullable(magics.get(name));
    }

    /**
     * The magic of a name.
     *
     * @throws QuireException when there is none: names the nearest
     */
    Magic named(String name) {
        return find(name)
                .orElseThrow(() -> new QuireException("there is no magic " + name
                        + Nearest.of(name, names(), ": did you mean", ", and none like it: there are")));
    }
}
