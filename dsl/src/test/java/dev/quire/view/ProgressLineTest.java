package dev.quire.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quire.data.Progress;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProgressLineTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private String shown(boolean interactive) {
        PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
        Progress line = new ProgressLine(
                new TerminalScreen(stream, interactive, () -> new Terminal.Size(24, 120)), Duration.ZERO);
        line.update("mnist: train-images", 5_000_000, 20_000_000, Progress.Unit.BYTES);
        line.close();
        line.close();
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void a_terminal_shows_how_far_it_is_and_is_wiped() {
        assertThat(shown(true))
                .startsWith("mnist: train-images  ██████░░░░░░░░░░░░░░░░░░   25 %  5.0 MB of 20.0 MB")
                .endsWith("\r\u001b[2K");
    }

    @Test
    void a_notebook_keeps_what_came() {
        List<String> shown = new ArrayList<>();
        Progress line = new ProgressLine(new RememberingScreen(shown), Duration.ZERO);
        line.update("mnist: train-images", 5_000_000, 20_000_000, Progress.Unit.BYTES);
        line.update("mnist: train-images", 20_000_000, 20_000_000, Progress.Unit.BYTES);
        line.close();
        assertThat(shown).endsWith("mnist: train-images  20.0 MB", "closed");
    }

    @Test
    void the_last_count_is_the_largest_though_threads_overtake_each_other() {
        List<String> shown = new ArrayList<>();
        Progress line = new ProgressLine(new RememberingScreen(shown), Duration.ZERO);
        line.update("photos: decoding", 450, 450, Progress.Unit.IMAGES);
        line.update("photos: decoding", 438, 450, Progress.Unit.IMAGES);
        line.close();
        assertThat(shown).endsWith("photos: decoding  450", "closed");
    }

    @Test
    void what_is_soon_over_shows_no_line() {
        List<String> shown = new ArrayList<>();
        Progress line = new ProgressLine(new RememberingScreen(shown), Duration.ofHours(1));
        line.update("photos: decoding", 450, 450, Progress.Unit.IMAGES);
        line.close();
        assertThat(shown).isEmpty();
    }

    @Test
    void a_file_or_a_pipe_is_not_flooded() {
        assertThat(shown(false)).isEmpty();
    }
}
