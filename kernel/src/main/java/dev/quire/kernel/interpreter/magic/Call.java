package dev.quire.kernel.interpreter.magic;

import dev.quire.QuireException;
import dev.quire.kernel.session.CellResult;
import dev.quire.kernel.session.CellResult.Done;
import dev.quire.kernel.session.CellResult.Value;
import dev.quire.kernel.session.Session;
import dev.quire.view.Display;
import dev.quire.view.Displays;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A magic as it stands in a cell.
 *
 * @param magic which one
 * @param argument what follows on its line, without white space around it
 * @param body the lines below; empty for the magic of one line
 * @param session where the Java of the cell runs
 * @param java runs the argument, or for the magic of a cell the body, as Java at its own place in the cell
 */
public record Call(Magic magic, String argument, String body, Session session, Java java) {
    private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|'([^']*)'|(\\S+)");

    /** Java that stands in a cell. */
    @FunctionalInterface
    public interface Java {
        CellResult run() throws InterruptedException;
    }

    /** The words of the argument; quotes keep white space together. */
    public List<String> words() {
        List<String> words = new ArrayList<>();
        Matcher matcher = WORD.matcher(argument);
        while (matcher.find()) {
            words.add(matcher.group().replaceAll("^([\"'])(.*)\\1$", "$2"));
        }
        return words;
    }

    /**
     * The error for arguments that are none.
     *
     * @param what is wrong, as in "it needs a path"
     */
    public QuireException misused(String what) {
        return new QuireException(magic.name() + ": " + what + "; it is written " + magic.usage());
    }

    /** A magic that needs nothing says so of what it is given. */
    void expectNoArgument() {
        if (!argument.isEmpty()) {
            throw misused("it takes no argument, not '" + argument + "'");
        }
    }

    /** It is done, and there is nothing to show. */
    public static CellResult done() {
        return new Done(null, List.of());
    }

    /** It is done, and this is the value of its line. */
    public static CellResult value(Object value) {
        return new Done(new Value(value, value instanceof Display display ? display : Displays.of(value)), List.of());
    }
}
