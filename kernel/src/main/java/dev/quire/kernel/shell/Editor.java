package dev.quire.kernel.shell;

import dev.quire.kernel.session.assist.Completions;
import dev.quire.kernel.session.assist.Completions.Completion;
import dev.quire.view.Display;
import java.util.List;
import java.util.Optional;
import org.jline.reader.Buffer;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.Reference;
import org.jline.reader.Widget;
import org.jline.reader.impl.DefaultParser;
import org.jline.terminal.Terminal;

/** Lets a person write a snippet: over several lines until it is complete, with what the session knows at hand. */
final class Editor {
    private static final String STEP = "    ";
    private static final String EXPLAIN = "explain";
    private static final String SHIFT_TAB = "\u001b[Z";
    private static final int MOST_ROWS = 16;
    private static final int USUAL_ROWS = 24;
    private static final int USUAL_COLUMNS = 80;

    private final Prompt prompt;
    private final Commands commands;
    private final Terminal terminal;
    private final LineReader reader;

    /** What Tab was pressed on last, and how often. */
    private String asked = "";

    private int presses;

    Editor(Prompt prompt, Commands commands, Terminal terminal) {
        this.prompt = prompt;
        this.commands = commands;
        this.terminal = terminal;
        DefaultParser parser = new DefaultParser();
        parser.setEofOnUnclosedQuote(false);
        parser.setQuoteChars(new char[0]);
        parser.setEscapeChars(new char[0]);
        LineReaderBuilder builder = LineReaderBuilder.builder()
                .terminal(terminal)
                .appName("Quire")
                .parser(parser)
                .history(new TypedLines(prompt.history()))
                .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
                .option(LineReader.Option.HISTORY_IGNORE_SPACE, true)
                .option(LineReader.Option.HISTORY_REDUCE_BLANKS, false)
                .option(LineReader.Option.CASE_INSENSITIVE_SEARCH, true);
        if (prompt.printer().isColored()) {
            builder.highlighter(new Colors());
        } else {
            builder.option(LineReader.Option.DISABLE_HIGHLIGHTER, true);
        }
        reader = builder.build();
        put(LineReader.ACCEPT_LINE, this::enter);
        put(LineReader.EXPAND_OR_COMPLETE, this::tab);
        put(EXPLAIN, this::explain);
        Optional.ofNullable(reader.getKeyMaps().get(LineReader.MAIN))
                .ifPresent(keys -> keys.bind(new Reference(EXPLAIN), SHIFT_TAB));
        put(LineReader.INSERT_CLOSE_CURLY, this::closeBlock);
    }

    private void put(String name, Key key) {
        Widget widget = () -> {
            try {
                return key.press();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            } catch (IllegalStateException e) {
                reader.printAbove(String.valueOf(e.getMessage()));
                return true;
            }
        };
        reader.getWidgets().put(name, widget);
    }

    @FunctionalInterface
    private interface Key {
        boolean press() throws InterruptedException;
    }

    /**
     * Reads one snippet.
     *
     * @throws org.jline.reader.UserInterruptException when Ctrl-C was pressed
     * @throws org.jline.reader.EndOfFileException when Ctrl-D was pressed on an empty line
     */
    String read() {
        String label = "In[" + prompt.next() + "]: ";
        reader.setVariable(LineReader.SECONDARY_PROMPT_PATTERN, " ".repeat(label.length() - 5) + "...: ");
        return reader.readLine(label);
    }

    /** Whether somebody writes now. */
    boolean isReading() {
        return reader.isReading();
    }

    /** Prints above what is being written. */
    void printAbove(String text) {
        reader.printAbove(text);
    }

    private boolean enter() throws InterruptedException {
        String text = reader.getBuffer().toString();
        if (!text.isBlank() && !Commands.isCommand(text)) {
            Optional<String> indent = prompt.indent(text);
            if (indent.isPresent()) {
                Buffer buffer = reader.getBuffer();
                boolean isAtEnd = buffer.cursor() == buffer.length();
                buffer.write("\n" + (isAtEnd ? indent.get() : ""));
                return true;
            }
        }
        return builtIn(LineReader.ACCEPT_LINE);
    }

    private boolean builtIn(String name) {
        reader.callWidget("." + name);
        return true;
    }

    /** A bracket that closes a block stands one step to the left. */
    private boolean closeBlock() {
        String before = reader.getBuffer().upToCursor();
        String line = before.substring(before.lastIndexOf('\n') + 1);
        if (line.isBlank() && line.endsWith(STEP)) {
            reader.getBuffer().backspace(STEP.length());
        }
        return builtIn(LineReader.INSERT_CLOSE_CURLY);
    }

    private boolean tab() throws InterruptedException {
        Buffer buffer = reader.getBuffer();
        String before = buffer.upToCursor();
        if (before.substring(before.lastIndexOf('\n') + 1).isBlank() && !isInCall(before)) {
            buffer.write(STEP);
            return true;
        }
        String text = buffer.toString();
        String question = before + "\0" + text;
        presses = question.equals(asked) ? presses + 1 : 1;
        asked = question;
        Completions found = Offers.at(prompt, commands, text, before.length());
        List<Completion> items = found.items();
        String typed = before.substring(Math.min(found.start(), before.length()));
        if (items.isEmpty()) {
            return explain();
        }
        String common = Offers.common(items);
        if (common.length() > typed.length()) {
            return replace(before, found, common);
        }
        if (items.size() == 1) {
            return explain();
        }
        return show(items);
    }

    private static boolean isInCall(String before) {
        String text = before.stripTrailing();
        return text.endsWith("(") || text.endsWith(",");
    }

    private boolean replace(String before, Completions found, String text) {
        Buffer buffer = reader.getBuffer();
        int right = buffer.toString().codePointCount(before.length(), Math.max(before.length(), found.end()));
        buffer.backspace(before.codePointCount(found.start(), before.length()));
        buffer.delete(right);
        buffer.write(text);
        return true;
    }

    /** First what fits in a part of the screen, then all, then what the call means. */
    private boolean show(List<Completion> items) throws InterruptedException {
        int rows = Math.max(4, Math.min(MOST_ROWS, height() - 6));
        boolean isLong = items.size() > rows;
        if (presses > (isLong ? 2 : 1)) {
            return explain();
        }
        List<Completion> shown = isLong && presses == 1 ? items.subList(0, rows) : items;
        String more = shown.size() < items.size()
                ? "\n" + prompt.printer().faint("  and " + (items.size() - shown.size()) + " more: Tab again")
                : "";
        reader.printAbove(Offers.list(shown, width(), prompt.printer()::faint) + more);
        return true;
    }

    private boolean explain() throws InterruptedException {
        Optional<Display> found = prompt.inspect(
                reader.getBuffer().toString(), reader.getBuffer().upToCursor().length());
        if (found.isEmpty()) {
            return builtIn(LineReader.BEEP);
        }
        reader.printAbove(found.get().plain().stripTrailing() + "\n");
        return true;
    }

    private int width() {
        return terminal.getColumns() > 0 ? terminal.getColumns() : USUAL_COLUMNS;
    }

    private int height() {
        return terminal.getRows() > 0 ? terminal.getRows() : USUAL_ROWS;
    }
}
