package dev.quire.bench;

import java.io.PrintStream;

/** A Markdown table that prints each row as it comes, in columns wide enough for a terminal to look tidy. */
final class Table {
    private static final int[] WIDTHS = {34, 42, 26, 8, 10};

    private final PrintStream out;

    Table(PrintStream out) {
        this.out = out;
        row("workload", "who", "median of rounds", "Quire is", "goal");
        StringBuilder line = new StringBuilder("|");
        for (int width : WIDTHS) {
            line.append(' ').append("-".repeat(width)).append(" |");
        }
        out.println(line);
    }

    void row(String... cells) {
        StringBuilder line = new StringBuilder("|");
        for (int i = 0; i < cells.length; i++) {
            line.append((" %-" + WIDTHS[i] + "s |").formatted(cells[i].replace('|', '/')));
        }
        out.println(line);
        out.flush();
    }
}
