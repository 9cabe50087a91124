package dev.quire.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quire.view.Screen.Live;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class TerminalScreenTest {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);

    private TerminalScreen screen(boolean interactive) {
        return new TerminalScreen(out, interactive, () -> new Terminal.Size(24, 20));
    }

    private String printed() {
        return bytes.toString(StandardCharsets.UTF_8)
                .replace("\u001b[2K", "<clear>")
                .replace("\u001b[1A", "<up>");
    }

    @Test
    void a_pipe_gets_the_last_state_only() {
        TerminalScreen screen = screen(false);
        try (Live bar = screen.show(Display.text("0 %"))) {
            bar.update(Display.text("50 %"));
            screen.print(Display.text("a line"));
            bar.update(Display.text("100 %"));
        }
        assertThat(printed()).isEqualTo("a line\n100 %\n");
    }

    @Test
    void a_terminal_draws_over_what_is_open_and_puts_what_is_finished_above() {
        TerminalScreen screen = screen(true);
        Live bar = screen.show(Display.text("first\nsecond"));
        assertThat(printed()).isEqualTo("first\nsecond");
        bytes.reset();
        screen.print(Display.text("a line"));
        assertThat(printed()).isEqualTo("\r<clear><up>\r<clear>a line\nfirst\nsecond");
        bytes.reset();
        bar.close();
        bar.close();
        assertThat(printed()).isEqualTo("\r<clear><up>\r<clear>first\nsecond\n");
    }

    @Test
    void lines_that_would_wrap_are_cut_while_they_change() {
        Live bar = screen(true).show(Display.text("x".repeat(50)));
        assertThat(printed()).isEqualTo("x".repeat(18) + "…");
        bytes.reset();
        bar.close();
        assertThat(printed()).endsWith("x".repeat(50) + "\n");
    }

    @Test
    void a_flood_of_updates_is_drawn_ten_times_a_second() {
        Live bar = screen(true).show(Display.text("0"));
        for (int i = 1; i <= 10_000; i++) {
            bar.update(Display.text("" + i));
        }
        bar.close();
        assertThat(printed().split("<clear>").length).isLessThan(50);
        assertThat(printed()).endsWith("10000\n");
    }

    @Test
    void what_the_environment_says_decides() {
        assertThat(Terminal.isInteractive(null, java.util.Map.of("TERM", "xterm")))
                .isFalse();
    }
}
