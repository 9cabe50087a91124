package dev.quire.kernel.interpreter.magic.maven;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What names a jar in Maven repositories.
 *
 * @param classifier such as {@code linux-x86_64}; mostly empty
 */
record Coordinates(String group, String artifact, String version, String classifier) {
    private static final Pattern PART = Pattern.compile("[\\w.+\\-]+");

    /** Reads {@code group:artifact:version[:classifier]}; empty where a text is something else. */
    static Optional<Coordinates> of(String text) {
        String[] parts = text.split(":", -1);
        if (parts.length < 3 || parts.length > 4) {
            return Optional.empty();
        }
        for (String part : parts) {
            if (!PART.matcher(part).matches()) {
                return Optional.empty();
            }
        }
        return Optional.of(new Coordinates(parts[0], parts[1], parts[2], parts.length == 4 ? parts[3] : ""));
    }

    /** As one says it in a sentence. */
    String brief() {
        return artifact + " " + version + (classifier.isEmpty() ? "" : " (" + classifier + ")");
    }

    @Override
    public String toString() {
        return group + ":" + artifact + ":" + version + (classifier.isEmpty() ? "" : ":" + classifier);
    }
}
