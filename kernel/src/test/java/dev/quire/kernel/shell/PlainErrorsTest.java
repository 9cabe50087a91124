package dev.quire.kernel.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** What the prompt prints of an error. */
class PlainErrorsTest {
    private static final String UNKNOWN = "|  Error:\n|  cannot find symbol\n|    symbol:   variable conv\n";

    @Test
    void help_on_a_bare_word_is_told_how_to_write_it() throws IOException {
        assertThat(printed(UNKNOWN + "|  help(conv)\n|       ^--^\n"))
                .endsWith("|       ^--^\n|  At this prompt a word stands in quotes: help(\"conv\")\n");
        assertThat(printed("|  Error:\n", "|    symbol:   variable conv\n", "|  help(conv)\n", "|       ^--^\n"))
                .endsWith("|       ^--^\n|  At this prompt a word stands in quotes: help(\"conv\")\n");
    }

    @Test
    void another_error_stays_as_it_is() throws IOException {
        String other = UNKNOWN + "|  print(conv)\n|        ^--^\n";

        assertThat(printed(other)).isEqualTo(other);
    }

    private static String printed(String... pieces) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (PlainErrors out = new PlainErrors(bytes)) {
            for (String piece : pieces) {
                byte[] text = piece.getBytes(StandardCharsets.UTF_8);
                out.write(text, 0, text.length);
            }
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
