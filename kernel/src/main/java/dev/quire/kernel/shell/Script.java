package dev.quire.kernel.shell;

import java.io.IOException;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Runs text that nobody types: line by line, each snippet as soon as it is complete. */
final class Script {
    private static final int UNFINISHED = 1;

    private final Prompt prompt;
    private final Commands commands;

    /** Lines of text, one after another. */
    @FunctionalInterface
    interface Lines {
        /** The next line without its end; null when there is none. */
        @Nullable
        String next() throws IOException;
    }

    Script(Prompt prompt, Commands commands) {
        this.prompt = prompt;
        this.commands = commands;
    }

    /**
     * Runs all of it, or up to a command to leave.
     *
     * @param name what errors call it; empty for the input of this process
     * @return the exit code, where it said to leave or ended in the middle of a snippet
     */
    OptionalInt run(String name, Lines lines) throws IOException, InterruptedException {
        StringBuilder snippet = new StringBuilder();
        int first = 1;
        int number = 0;
        for (String line = lines.next(); line != null; line = lines.next()) {
            number++;
            if (snippet.isEmpty()) {
                if (line.isBlank()) {
                    continue;
                }
                if (Commands.isCommand(line)) {
                    OptionalInt code = commands.run(line);
                    if (code.isPresent()) {
                        return code;
                    }
                    continue;
                }
                first = number;
            } else {
                snippet.append('\n');
            }
            snippet.append(line);
            if (prompt.indent(snippet.toString()).isEmpty()) {
                if (!prompt.run(snippet.toString(), new Origin(name, first))) {
                    return OptionalInt.empty();
                }
                snippet.setLength(0);
            }
        }
        if (snippet.isEmpty()) {
            return OptionalInt.empty();
        }
        boolean isUnfinished = prompt.indent(snippet + "\n").isPresent();
        prompt.run(snippet.toString(), new Origin(name, first));
        if (!isUnfinished) {
            return OptionalInt.empty();
        }
        prompt.printer().wrong((name.isEmpty() ? "the input" : name) + " ended before line " + first + " was finished");
        return OptionalInt.of(UNFINISHED);
    }
}
