package dev.quire.server.project;

import dev.quire.server.http.Problem;
import dev.quire.server.http.SafeText;
import java.util.regex.Pattern;

/** Names for people: any text of one line that is no path and no address. They never become the name of a file. */
final class Title {
    private static final int LONGEST = 120;
    private static final int LONGEST_TEXT = 2000;
    private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}\\p{Cs}]");
    private static final Pattern CONTROL_IN_TEXT = Pattern.compile("[\\p{Cntrl}\\p{Cs}&&[^\\n\\r\\t]]");
    private static final Pattern PATH = Pattern.compile(
            ".*(?:\\.\\.|%2e|%2f|%5c).*|[/\\\\].*|(?:jdbc|file|data|javascript):.*|[a-z][a-z0-9+.-]*://.*",
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    private Title() {}

    /**
     * One from a client.
     *
     * @param what such as {@code "the name of the project"}
     * @throws Problem 400 when it is none
     */
    static String of(String what, String given) {
        String title = given.strip();
        if (title.isEmpty()) {
            throw Problem.bad(what + " is empty", "send a name of 1 to " + LONGEST + " characters");
        }
        if (title.length() > LONGEST) {
            throw Problem.bad(
                    what + " has " + title.length() + " characters: '" + SafeText.shown(title) + "'",
                    "use at most " + LONGEST);
        }
        if (CONTROL.matcher(title).find() || PATH.matcher(title).matches()) {
            throw Problem.bad(
                    what + " cannot be '" + SafeText.shown(title) + "'",
                    "use one line of text that is no path and no address");
        }
        return title;
    }

    /**
     * A longer text from a client.
     *
     * @throws Problem 400 when it is too long, or holds what is no text
     */
    static String text(String what, String given) {
        if (given.length() > LONGEST_TEXT || CONTROL_IN_TEXT.matcher(given).find()) {
            throw Problem.bad(
                    what + " is too long or no text: '" + SafeText.shown(given) + "'",
                    "use at most " + LONGEST_TEXT + " characters of text");
        }
        return given;
    }
}
