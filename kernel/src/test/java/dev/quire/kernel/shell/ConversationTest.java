package dev.quire.kernel.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quire.kernel.history.History;
import dev.quire.kernel.history.MemoryHistory;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.locks.LockSupport;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal.Signal;
import org.jline.terminal.impl.DumbTerminal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a person at a terminal sees: keys go in, and what is drawn and printed comes out. */
@Timeout(300)
class ConversationTest {
    private static final String TAB = "\t";
    private static final String SHIFT_TAB = "\u001b[Z";
    private static final String UP = "\u001bOA";
    private static final String CLEAR_LINE = "\u0015";
    private static final String ENTER = "\r";

    private final ByteArrayOutputStream drawn = new ByteArrayOutputStream();
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final MemoryHistory history = new MemoryHistory();
    private final PrintStream standardOut = System.out;

    @BeforeEach
    void listen() {
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void restore() {
        System.setOut(standardOut);
    }

    private int type(String... keys) throws Exception {
        return on(terminal(keys));
    }

    private DumbTerminal terminal(String... keys) throws Exception {
        DumbTerminal terminal = new DumbTerminal(
                "test",
                "xterm-256color",
                new ByteArrayInputStream(String.join("", keys).getBytes(StandardCharsets.UTF_8)),
                drawn,
                StandardCharsets.UTF_8);
        terminal.setSize(new Size(100, 40));
        return terminal;
    }

    private int on(DumbTerminal terminal) throws Exception {
        try (Conversation conversation = new Conversation(terminal, StandardCharsets.UTF_8, false, history)) {
            return conversation.run();
        }
    }

    private String drawn() {
        return drawn.toString(StandardCharsets.UTF_8);
    }

    private String printed() {
        return printed.toString(StandardCharsets.UTF_8);
    }

    @Test
    void what_is_typed_runs_under_its_number() throws Exception {
        assertThat(type("20 + 1", ENTER, "nowhere()", ENTER, "relu?", ENTER, "/exit 3", ENTER))
                .isEqualTo(3);
        assertThat(drawn()).contains("In[1]: ", "In[2]: ", "In[3]: ");
        assertThat(printed())
                .contains("TAB completes, /help says more, /exit leaves\n21\nCell In[2], line 1\n    nowhere()\n")
                .contains("relu() → Activation");
    }

    @Test
    void a_snippet_goes_on_until_it_is_complete_and_its_lines_are_indented() throws Exception {
        assertThat(type("int f() {", ENTER, "return 4;", ENTER, "}", ENTER, "f()", ENTER))
                .isZero();
        assertThat(drawn()).contains("  ...: ");
        assertThat(printed()).endsWith("4\n");
        assertThat(history.entries().get(0).source()).isEqualTo("int f() {\n    return 4;\n}");
    }

    @Test
    void tab_puts_in_what_alone_fits() throws Exception {
        type("digi", TAB, ".train().cou", TAB, ENTER, "/he", TAB, ENTER);
        assertThat(printed()).contains("1437\n", "/open FILE", "Ctrl-C stops what runs");
    }

    @Test
    void tab_lists_what_fits_with_a_sentence_for_each_and_then_explains() throws Exception {
        type("sequential(con", TAB, CLEAR_LINE, "relu(", SHIFT_TAB, CLEAR_LINE);
        assertThat(drawn()).contains("conv1d(", "A convolution over images", "max(x, 0).");
    }

    @Test
    void the_arrow_finds_what_ran_in_an_earlier_session_but_no_line_that_begins_with_a_blank() throws Exception {
        history.add(1, "40 + 2", "42");
        type(UP, ENTER, " 50 + 5", ENTER, UP, ENTER);
        assertThat(printed()).endsWith("42\n55\n42\n");
        assertThat(history.entries()).extracting(History.Entry::source).containsExactly("40 + 2", "40 + 2", "40 + 2");
    }

    @Test
    void a_line_that_has_no_end_is_ended_before_the_prompt() throws Exception {
        type("System.out.print(\"half a line\");", ENTER, "1 + 1", ENTER);
        assertThat(printed()).endsWith("half a line\n2\n");
    }

    @Test
    void an_interrupt_stops_what_runs_and_the_conversation_goes_on() throws Exception {
        DumbTerminal terminal =
                terminal("System.out.println(\"begun\"); while (true) { Thread.onSpinWait(); }", ENTER, "6 * 7", ENTER);
        Thread pressing = new Thread(() -> {
            while (!printed().contains("begun\n")) {
                LockSupport.parkNanos(20_000_000);
            }
            terminal.raise(Signal.INT);
        });
        pressing.setDaemon(true);
        pressing.start();
        assertThat(on(terminal)).isZero();
        assertThat(printed()).endsWith("begun\ninterrupted\n42\n");
    }
}
