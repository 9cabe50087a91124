package dev.quire.view;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * A terminal, or a file or a pipe in its place. What can still change stays at the bottom and is redrawn in place, at
 * most ten times a second; what is finished is printed above it and scrolls away. Where nothing can be drawn over,
 * only what is finished is printed.
 */
public final class TerminalScreen implements Screen {
    private static final String CLEAR = "\r\u001b[2K";
    private static final String UP = "\u001b[1A";

    private final PrintStream out;
    private final boolean interactive;
    private final Supplier<Terminal.Size> size;
    private final Pace pace = new Pace();
    private final List<Line> open = new ArrayList<>();
    private Terminal.Size room;
    private int drawn;

    TerminalScreen(PrintStream out, boolean interactive, Supplier<Terminal.Size> size) {
        this.out = out;
        this.interactive = interactive;
        this.size = size;
        this.room = new Terminal.Size(24, 80);
    }

    /** A screen on this stream. */
    public static TerminalScreen on(PrintStream out, boolean interactive) {
        return new TerminalScreen(out, interactive, Terminal::size);
    }

    /** The standard output: interactive when it is a terminal that understands ANSI sequences. */
    public static TerminalScreen system() {
        return on(System.out, Terminal.isInteractive(System.console(), System.getenv()));
    }

    @Override
    public boolean isInteractive() {
        return interactive;
    }

    @Override
    public boolean showsHtml() {
        return false;
    }

    @Override
    public synchronized Live show(Display display) {
        if (open.isEmpty() && interactive) {
            room = size.get();
        }
        Line line = new Line(display.plain());
        open.add(line);
        redraw("");
        return line;
    }

    @Override
    public synchronized void print(Display display) {
        redraw(display.plain() + "\n");
    }

    /** Puts finished text above what is open. */
    private void redraw(String finished) {
        StringBuilder frame = new StringBuilder();
        if (drawn > 0) {
            frame.append(CLEAR).append((UP + CLEAR).repeat(drawn - 1));
        }
        frame.append(finished);
        drawn = 0;
        if (interactive) {
            List<String> lines = open.stream()
                    .flatMap(line -> line.text.lines())
                    .map(line -> Ink.cut(line, room.columns() - 1))
                    .toList();
            List<String> visible = lines.subList(Math.max(0, lines.size() - room.lines() + 1), lines.size());
            frame.append(String.join("\n", visible));
            drawn = visible.size();
        }
        if (frame.length() > 0) {
            out.print(frame);
            out.flush();
        }
    }

    private final class Line implements Live {
        private String text;

        private Line(String text) {
            this.text = text;
        }

        @Override
        public void update(Display display) {
            synchronized (TerminalScreen.this) {
                text = display.plain();
                if (interactive && open.contains(this) && pace.isDue()) {
                    redraw("");
                }
            }
        }

        @Override
        public void close() {
            synchronized (TerminalScreen.this) {
                if (open.remove(this)) {
                    redraw(text.isEmpty() ? "" : text + "\n");
                }
            }
        }
    }
}
