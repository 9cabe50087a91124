package dev.quire.kernel.jupyter;

import static dev.quire.kernel.jupyter.TestClient.parent;
import static dev.quire.kernel.jupyter.TestClient.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.quire.kernel.jupyter.wire.Message;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class OutputTest {
    @RegisterExtension
    static final TestKernel KERNEL = TestKernel.open();

    private static final TestClient client = KERNEL.client;

    @BeforeAll
    static void warm() {
        client.outputsOf("int warm = 1;");
    }

    @Test
    void a_hundred_thousand_lines_arrive_in_order() {
        String lines = "for (int i = 0; i < 100_000; i++) { System.out.println(\"line \" + i); }";
        List<Message> outputs = client.outputsOf(lines);
        String expected =
                IntStream.range(0, 100_000).mapToObj(i -> "line " + i + "\n").collect(Collectors.joining());
        assertThat(text("stdout", outputs)).isEqualTo(expected);
        assertThat(outputs.size()).as("messages").isLessThan(100);
    }

    @Test
    void twenty_megabytes_in_one_cell_arrive() {
        String printed = client.printed("stdout", "System.out.print(\"0123456789abcdef\".repeat(20 << 16));");
        assertThat(printed.length()).isEqualTo(20 << 20);
        assertThat(printed).endsWith("0123456789abcdef");
    }

    @Test
    void the_order_of_both_streams_is_kept() {
        List<Message> outputs = client.outputsOf("System.out.print(\"a\"); System.err.print(\"b\");"
                + " System.out.print(\"c\"); System.err.print(\"d\");");
        assertThat(outputs.stream().map(message -> message.field("text").asText()))
                .containsExactly("a", "b", "c", "d");
    }

    @Test
    void what_is_printed_comes_before_what_is_shown_after_it() {
        List<Message> outputs = client.outputsOf("System.out.print(1); show(2); System.out.print(3); 4");
        assertThat(outputs.stream().map(Message::type))
                .containsExactly("stream", "display_data", "stream", "execute_result");
        assertThat(client.outputsOf("System.out.print(1); throw new Error(\"x\");").stream()
                        .map(Message::type))
                .containsExactly("stream", "error");
    }

    @Test
    void a_character_is_never_cut() {
        String printed = client.printed(
                "stdout",
                "for (byte b : \"ä€😀\".repeat(20_000).getBytes(java.nio.charset.StandardCharsets.UTF_8))"
                        + " { System.out.write(b); }");
        assertThat(printed).isEqualTo("ä€😀".repeat(20_000));
        assertThat(client.printed("stdout", "System.out.print('\\ud83d'); System.out.print('\\ude00');"))
                .isEqualTo("😀");
    }

    @Test
    void carriage_returns_and_backspaces_pass_unchanged() {
        assertThat(client.printed("stdout", "System.out.print(\"10%\\r20%\\b!\");"))
                .isEqualTo("10%\r20%\b!");
    }

    @Test
    void a_thread_prints_below_the_cell_that_started_it() {
        Message started = client.run("var thread = new Thread(() -> { try { Thread.sleep(300); }"
                + " catch (InterruptedException e) { } System.out.print(\"from behind\"); }); thread.start();");
        assertThat(client.outputs(parent(started))).isEmpty();
        Message other = client.run("System.out.print(\"in front\"); thread.join();");
        assertThat(text("stdout", client.outputs(parent(other)))).isEqualTo("in front");
        Message late = client.heard(message -> message.type().equals("stream"));
        assertThat(parent(late)).isEqualTo(parent(started));
        assertThat(late.field("text").asText()).isEqualTo("from behind");
    }

    @Test
    void a_display_goes_on_after_its_cell_has_ended() {
        long start = System.nanoTime();
        Message started = client.run("var live = Screens.current().show(Display.text(\"0\"));"
                + " var job = new Thread(() -> { for (int i = 1; i <= 50; i++) { try { Thread.sleep(10); }"
                + " catch (InterruptedException e) { } live.update(Display.text(\"\" + i)); } live.close(); });"
                + " job.start();");
        List<Message> outputs = client.outputs(parent(started));
        String id = display(outputs.get(0));
        assertThat(id).isNotEmpty();
        int updates = (int) outputs.stream()
                .filter(message -> message.type().equals("update_display_data"))
                .count();
        Message update;
        do {
            update = client.heard(message -> message.type().equals("update_display_data"));
            updates++;
            assertThat(parent(update)).isEqualTo(parent(started));
            assertThat(display(update)).isEqualTo(id);
        } while (!update.field("data").path("text/plain").asText().equals("50"));
        double seconds = (System.nanoTime() - start) / 1e9;
        assertThat(updates).as("at most ten a second").isBetween(3, (int) (10 * seconds) + 2);
    }

    private static String display(Message message) {
        return message.field("transient").path("display_id").asText();
    }

    @Test
    void the_last_update_of_a_display_comes_before_its_cell_ends() {
        List<Message> outputs = client.outputsOf("var shown = Screens.current().show(Display.text(\"0\"));"
                + " for (int i = 1; i <= 1000; i++) { shown.update(Display.text(\"\" + i)); }");
        assertThat(outputs).hasSizeLessThan(5);
        assertThat(outputs.get(outputs.size() - 1)
                        .field("data")
                        .path("text/plain")
                        .asText())
                .isEqualTo("1000");
    }

    @Test
    void clear_takes_outputs_away() {
        List<Message> outputs = client.outputsOf("System.out.print(\"old\"); clear(); System.out.print(\"new\");");
        assertThat(outputs.stream().map(Message::type)).containsExactly("stream", "clear_output", "stream");
        assertThat(outputs.get(1).field("wait").asBoolean()).isTrue();
    }

    @Test
    void json_is_sent_as_json_and_text_as_text() {
        ObjectNode data = (ObjectNode) client.outputsOf("show((Displayable) () -> Display.text(\"t\")"
                        + ".with(\"application/json\", \"{\\\"a\\\": 1}\")"
                        + ".with(\"application/vnd.vega.v5+json\", \"[2]\")"
                        + ".with(\"application/geo+json\", \"no json\")"
                        + ".with(Display.HTML, \"<b>3</b>\"))")
                .get(0)
                .field("data");
        assertThat(data.at("/application~1json/a").asInt()).isEqualTo(1);
        assertThat(data.at("/application~1vnd.vega.v5+json/0").asInt()).isEqualTo(2);
        assertThat(data.at("/application~1geo+json").isTextual()).isTrue();
        assertThat(data.at("/text~1html").asText()).isEqualTo("<b>3</b>");
    }

    @Test
    void half_a_surrogate_pair_does_not_stop_the_kernel() {
        assertThat(client.value("\"x\\ud83d\"")).isEqualTo("x?");
        assertThat(client.value("6 * 7")).isEqualTo("42");
    }
}
