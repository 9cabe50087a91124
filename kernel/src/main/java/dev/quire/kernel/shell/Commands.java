package dev.quire.kernel.shell;

import dev.quire.QuireException;
import dev.quire.kernel.history.History;
import dev.quire.kernel.session.Session;
import dev.quire.kernel.session.Variable;
import dev.quire.view.Display;
import dev.quire.view.Displays;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The commands of the prompt, which begin with a slash: those of JShell that make sense beside the words of Quire. */
final class Commands {
    private static final Pattern COMMAND = Pattern.compile("\\s*/[a-zA-Z?].*");
    private static final Pattern NUMBER = Pattern.compile("\\d{1,6}");
    private static final int LINES = 20;
    private static final int VALUE = 60;
    private static final int DEEPEST = 8;

    private final Prompt prompt;
    private final List<Command> all;
    private int depth;

    /** What a command does with its argument; gives the exit code where it leaves. */
    @FunctionalInterface
    private interface Work {
        OptionalInt run(String argument) throws IOException, InterruptedException;
    }

    /** The same for commands that never leave. */
    @FunctionalInterface
    private interface Answer {
        void give(String argument) throws IOException, InterruptedException;
    }

    private record Command(String name, String usage, String purpose, Work work) {}

    Commands(Prompt prompt) {
        this.prompt = prompt;
        this.all = List.of(
                new Command("/exit", "/exit [CODE]", "leaves, as Ctrl-D does", this::exit),
                command("/help", "/help [WORD]", "this list, or what a word means", this::help),
                command("/vars", "/vars", "the variables with their types and values", this::vars),
                command(
                        "/methods",
                        "/methods",
                        "the methods you declared",
                        argument -> each(session().methods())),
                command(
                        "/imports",
                        "/imports",
                        "what is imported",
                        argument -> each(session().imports())),
                command("/list", "/list", "what ran in this session", argument -> list()),
                command("/history", "/history [COUNT]", "what was typed last, in earlier sessions too", this::history),
                new Command("/open", "/open FILE", "runs a file line by line", this::open),
                command("/save", "/save FILE", "writes what ran in this session into a file", this::save),
                command("/reset", "/reset", "begins anew: nothing is declared", argument -> prompt.reset()));
    }

    private static Command command(String name, String usage, String purpose, Answer answer) {
        return new Command(name, usage, purpose, argument -> {
            answer.give(argument);
            return OptionalInt.empty();
        });
    }

    /** Whether a line is a command, known or not: a comment of Java begins with a slash too. */
    static boolean isCommand(String line) {
        return COMMAND.matcher(line).matches() && line.indexOf('\n') < 0;
    }

    /** What commands are called, with their slash. */
    List<String> names() {
        return all.stream().map(Command::name).toList();
    }

    /** What a command does, in a few words. */
    String purpose(String name) {
        return all.stream()
                .filter(each -> each.name().equals(name))
                .map(Command::purpose)
                .findFirst()
                .orElse("");
    }

    /**
     * Runs a command; what is wrong with it is said.
     *
     * @return the exit code, where the command leaves
     */
    OptionalInt run(String line) throws InterruptedException {
        String[] parts = line.strip().split("\\s+", 2);
        try {
            return named(parts[0]).work().run(parts.length > 1 ? parts[1] : "");
        } catch (QuireException e) {
            prompt.printer().wrong(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            prompt.printer().wrong(parts[0] + ": " + e.getMessage());
        }
        return OptionalInt.empty();
    }

    /** Its beginning is enough where only one command begins so. */
    private Command named(String name) {
        List<Command> found = all.stream()
                .filter(each -> each.name().startsWith(name.equals("/?") ? "/help" : name))
                .toList();
        if (found.size() == 1) {
            return found.get(0);
        }
        throw new QuireException(
                found.isEmpty()
                        ? "there is no command " + name + ": there are " + String.join(", ", names())
                        : name + " may be " + found.stream().map(Command::name).collect(Collectors.joining(" or ")));
    }

    private OptionalInt exit(String argument) {
        if (argument.isEmpty()) {
            return OptionalInt.of(0);
        }
        if (!NUMBER.matcher(argument).matches()) {
            throw new QuireException("/exit takes a number, not '" + argument + "'");
        }
        return OptionalInt.of(Integer.parseInt(argument));
    }

    private void help(String word) throws InterruptedException {
        if (!word.isEmpty()) {
            prompt.printer()
                    .say(prompt.inspect(word, word.length())
                            .map(Display::plain)
                            .orElseGet(() -> "Nothing is known of " + word + "."));
            return;
        }
        int width = all.stream().mapToInt(each -> each.usage().length()).max().orElse(0);
        all.forEach(each -> prompt.printer().say("  " + padded(each.usage(), width) + "  " + each.purpose()));
        prompt.printer().say("""

                help() lists the words of Quire, conv? or help(conv) says what one means, %magics lists the magics.
                Tab completes, again Tab or Shift-Tab explains, Ctrl-R searches what was typed before.
                Ctrl-C stops what runs, Ctrl-D leaves. A line that begins with a blank is not kept.""");
    }

    private void vars(String argument) throws InterruptedException {
        Session session = session();
        for (Variable variable : session.variables()) {
            String value = Displays.plain(session.value(variable.name()).orElse(null))
                    .lines()
                    .findFirst()
                    .orElse("");
            String shown = value.length() > VALUE ? value.substring(0, VALUE) + "..." : value;
            prompt.printer().say(variable.type() + " " + variable.name() + " = " + shown);
        }
    }

    private void each(List<String> lines) {
        lines.forEach(prompt.printer()::say);
    }

    private void list() {
        prompt.entries().stream()
                .filter(Prompt.Entry::isDone)
                .forEach(each -> prompt.printer().say(numbered(each.number(), each.source())));
    }

    private void history(String argument) {
        if (!argument.isEmpty() && !NUMBER.matcher(argument).matches()) {
            throw new QuireException("/history takes how many, not '" + argument + "'");
        }
        List<History.Entry> last = prompt.history().tail(argument.isEmpty() ? LINES : Integer.parseInt(argument));
        last.forEach(each -> prompt.printer().say(numbered(each.line(), each.source())));
    }

    private static String numbered(int number, String source) {
        String label = padded(String.valueOf(number), 3) + "  ";
        return label + source.strip().replace("\n", "\n" + " ".repeat(label.length()));
    }

    private static String padded(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }

    private OptionalInt open(String argument) throws IOException, InterruptedException {
        Path file = path("/open", argument);
        if (!Files.isRegularFile(file)) {
            throw new QuireException(
                    "/open: there is no file " + file.toAbsolutePath().normalize());
        }
        if (depth == DEEPEST) {
            throw new QuireException("/open: " + file + " is opened by a file that it opens");
        }
        depth++;
        try (BufferedReader reader = Files.newBufferedReader(file)) {
            return new Script(prompt, this).run(String.valueOf(file), reader::readLine);
        } catch (MalformedInputException e) {
            throw new QuireException("/open: " + file + " is not text in UTF-8", e);
        } finally {
            depth--;
        }
    }

    private void save(String argument) throws IOException {
        Path file = path("/save", argument);
        List<String> sources = prompt.entries().stream()
                .filter(Prompt.Entry::isDone)
                .map(each -> each.source().stripTrailing())
                .toList();
        Files.write(file, sources);
        prompt.printer()
                .say("wrote " + file + ": " + (sources.size() == 1 ? "1 snippet" : sources.size() + " snippets"));
    }

    /** {@code ~} stands for the home folder. */
    private static Path path(String command, String argument) {
        if (argument.isEmpty()) {
            throw new QuireException(command + " needs a file: " + command + " FILE");
        }
        String plain = argument.replaceAll("^\"(.*)\"$", "$1");
        try {
            return Path.of(plain.startsWith("~/") ? System.getProperty("user.home") + plain.substring(1) : plain);
        } catch (InvalidPathException e) {
            throw new QuireException("'" + plain + "' is not a path: " + e.getReason(), e);
        }
    }

    private Session session() throws InterruptedException {
        return prompt.interpreter().session();
    }
}
