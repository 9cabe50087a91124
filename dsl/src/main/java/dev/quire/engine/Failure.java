package dev.quire.engine;

import dev.quire.QuireException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What libtorch says, in a user's words where a user can do something about it. */
final class Failure {
    private static final Pattern TRIED = Pattern.compile("[Tt]ried to allocate ([0-9.]+ ?[A-Za-z]*)");

    private Failure() {}

    static RuntimeException of(RuntimeException e) {
        String message = String.valueOf(e.getMessage());
        boolean memory = message.contains("can't allocate memory")
                || message.contains("not enough memory")
                || message.contains("out of memory");
        if (!memory) {
            return e;
        }
        Matcher tried = TRIED.matcher(message);
        return new QuireException(
                "out of memory on the device" + (tried.find() ? ": " + tried.group(1) + " more were wanted" : "")
                        + ". Use a smaller batch, a smaller network, or bf16(); nothing of the session is lost",
                e);
    }
}
