package dev.quire.kernel.jupyter;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A cell that asks what a name means: {@code conv?} or {@code ?conv}, as in other kernels. */
final class Question {
    private static final Pattern ASKED = Pattern.compile("\\s*(?:\\?\\s*([\\w.]+)|([\\w.]+)\\s*\\?)\\s*;?\\s*");

    private Question() {}

    static Optional<String> in(String code) {
        Matcher asked = ASKED.matcher(code);
        return asked.matches()
                ? Optional.ofNullable(asked.group(1)).or(() -> Optional.ofNullable(asked.group(2)))
                : Optional.empty();
    }
}
