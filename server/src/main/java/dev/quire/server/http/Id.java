package dev.quire.server.http;

import java.util.UUID;
import java.util.regex.Pattern;

/** Ids of what the server keeps: random UUIDs. */
public final class Id {
    private static final Pattern FORM = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    private Id() {}

    /** A new one. */
    public static String fresh() {
        return UUID.randomUUID().toString();
    }

    /**
     * One from a client.
     *
     * @param what such as {@code "job"}
     * @throws Problem 400 when it is none
     */
    public static String of(String what, String value) {
        if (!FORM.matcher(value).matches()) {
            throw Problem.bad(
                    "this is no id of a " + what + ": '" + SafeText.shown(value) + "'",
                    "use an id as the server gave it, such as 123e4567-e89b-12d3-a456-426614174000");
        }
        return value;
    }
}
