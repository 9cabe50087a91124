package dev.quire.kernel.jupyter;

import static dev.quire.kernel.jupyter.TestClient.code;
import static dev.quire.kernel.jupyter.TestClient.isStatus;
import static dev.quire.kernel.jupyter.TestClient.parent;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.quire.kernel.jupyter.wire.Message;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ExecuteTest {
    @RegisterExtension
    static final TestKernel KERNEL = TestKernel.open();

    private static final TestClient client = KERNEL.client;

    private static String status(Message reply) {
        return reply.field("status").asText();
    }

    @Test
    void a_cell_is_busy_first_and_idle_last() {
        String id = client.execute("System.out.println(\"hello\"); 6 * 7");
        Message reply = client.reply(client.shell, id);
        List<Message> published = client.published(id);
        assertThat(published.stream().map(Message::type))
                .containsExactly("status", "execute_input", "stream", "execute_result", "status");
        assertThat(isStatus(published.get(0), "busy")).isTrue();
        assertThat(status(reply)).isEqualTo("ok");
        assertThat(reply.field("payload").isArray()).isTrue();
        assertThat(reply.field("execution_count"))
                .isEqualTo(published.get(3).field("execution_count"))
                .isEqualTo(published.get(1).field("execution_count"));
        assertThat(reply.header().path("version").asText()).isEqualTo("5.4");
        assertThat(reply.header().path("date").asText()).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d[.]\\d+Z");
    }

    @Test
    void cells_are_counted_only_where_they_are_kept() {
        int count = client.run("1").field("execution_count").asInt();
        ObjectNode request = code("2").put("store_history", false);
        assertThat(client.ask(client.shell, "execute_request", request)
                        .field("execution_count")
                        .asInt())
                .isEqualTo(count + 1);
        assertThat(client.run("3").field("execution_count").asInt()).isEqualTo(count + 1);
        assertThat(client.run("4").field("execution_count").asInt()).isEqualTo(count + 2);
    }

    @Test
    void an_empty_cell_is_fine() {
        for (String empty : List.of("", "  \n ", "// nothing")) {
            Message reply = client.run(empty);
            assertThat(status(reply)).isEqualTo("ok");
            assertThat(client.outputs(parent(reply))).isEmpty();
        }
    }

    @Test
    void a_silent_cell_publishes_only_its_state() {
        ObjectNode request = code("int quiet = 5; System.out.println(quiet); show(quiet); quiet")
                .put("silent", true);
        Message reply = client.ask(client.shell, "execute_request", request);
        assertThat(client.published(parent(reply)).stream().map(Message::type)).containsExactly("status", "status");
        assertThat(client.value("quiet")).isEqualTo("5");
    }

    @Test
    void a_silent_cell_that_fails_says_so_in_its_reply() {
        ObjectNode request = code("int x = \"no\";").put("silent", true);
        Message reply = client.ask(client.shell, "execute_request", request);
        assertThat(status(reply)).isEqualTo("error");
        assertThat(client.published(parent(reply)).stream().map(Message::type)).containsExactly("status", "status");
    }

    @Test
    void user_expressions_are_evaluated_after_the_cell() {
        ObjectNode request = code("int base = 20;");
        request.putObject("user_expressions")
                .put("sum", "base + 1")
                .put("wrong", "base + nothing")
                .put("none", "int other = 1;");
        Message reply = client.ask(client.shell, "execute_request", request);
        assertThat(status(reply)).isEqualTo("ok");
        ObjectNode answers = (ObjectNode) reply.field("user_expressions");
        assertThat(answers.at("/sum/status").asText()).isEqualTo("ok");
        assertThat(answers.at("/sum/data").path("text/plain").asText()).isEqualTo("21");
        assertThat(answers.at("/wrong/status").asText()).isEqualTo("error");
        assertThat(answers.at("/wrong/evalue").asText()).contains("nothing");
        assertThat(answers.at("/none/data").isEmpty()).isTrue();
        assertThat(client.outputs(parent(reply))).isEmpty();
    }

    @Test
    void an_error_is_published_once_and_repeated_in_the_reply() {
        Message reply = client.run("int before = 1;\nthrow new IllegalStateException(\"meant to fail\");");
        List<Message> outputs = client.outputs(parent(reply));
        assertThat(outputs.stream().map(Message::type)).containsExactly("error");
        assertThat(status(reply)).isEqualTo("error");
        for (ObjectNode error : List.of(outputs.get(0).content(), reply.content())) {
            assertThat(error.path("ename").asText()).isEqualTo("IllegalStateException");
            assertThat(error.path("evalue").asText()).contains("meant to fail");
            String trace = error.path("traceback").toString();
            assertThat(trace).contains("line 2").contains("\\u001B[31m");
        }
    }

    @Test
    void an_error_aborts_the_cells_that_wait() {
        String first = client.execute("throw new IllegalStateException(\"first\");");
        String second = client.execute("int after = 1;");
        String third = client.execute("int later = 1;");
        assertThat(status(client.reply(client.shell, first))).isEqualTo("error");
        assertThat(status(client.reply(client.shell, second))).isEqualTo("aborted");
        assertThat(status(client.reply(client.shell, third))).isEqualTo("aborted");
        assertThat(client.published(second).stream().map(Message::type)).containsExactly("status", "status");
        assertThat(status(client.run("1"))).isEqualTo("ok");
    }

    @Test
    void with_stop_on_error_off_the_cells_that_wait_run() {
        String first = client.send(
                client.shell, "execute_request", code("throw new Error(\"x\");").put("stop_on_error", false));
        String second = client.execute("int after = 1;");
        assertThat(status(client.reply(client.shell, first))).isEqualTo("error");
        assertThat(status(client.reply(client.shell, second))).isEqualTo("ok");
    }

    @Test
    void an_interrupt_ends_a_sleep_and_aborts_the_cells_that_wait() throws InterruptedException {
        String first = client.execute("System.out.println(\"sleeping\"); Thread.sleep(60_000);");
        String second = client.execute("int after = 1;");
        client.heard(
                message -> message.type().equals("stream") && parent(message).equals(first));
        TimeUnit.MILLISECONDS.sleep(50);
        long start = System.nanoTime();
        assertThat(status(client.ask(client.control, "interrupt_request", TestClient.JSON.objectNode())))
                .isEqualTo("ok");
        Message reply = client.reply(client.shell, first);
        assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start)).isLessThan(5_000);
        assertThat(status(reply)).isEqualTo("error");
        assertThat(reply.field("ename").asText()).isEqualTo("Interrupted");
        assertThat(status(client.reply(client.shell, second))).isEqualTo("aborted");
        assertThat(client.value("6 * 7")).isEqualTo("42");
    }

    @Test
    void an_interrupt_while_nothing_runs_does_nothing() {
        client.ask(client.control, "interrupt_request", TestClient.JSON.objectNode());
        assertThat(status(client.run("Thread.sleep(30);"))).isEqualTo("ok");
    }

    @Test
    void an_interrupt_ends_a_value_that_is_never_shown() {
        String id = client.execute("new Object() { public String toString() {"
                + " System.out.println(\"showing\");"
                + " try { Thread.sleep(60_000); } catch (InterruptedException e) { throw new RuntimeException(e); }"
                + " return \"\"; } }");
        client.heard(
                message -> message.type().equals("stream") && parent(message).equals(id));
        client.ask(client.control, "interrupt_request", TestClient.JSON.objectNode());
        assertThat(status(client.reply(client.shell, id))).isEqualTo("error");
        assertThat(status(client.run("1"))).isEqualTo("ok");
    }

    @Test
    void the_kernel_answers_while_a_cell_runs() {
        String cell = client.execute("Thread.sleep(60_000);");
        client.heard(message ->
                message.type().equals("execute_input") && parent(message).equals(cell));
        Message info = client.ask(client.shell, "kernel_info_request", TestClient.JSON.objectNode());
        assertThat(info.field("protocol_version").asText()).isEqualTo("5.4");
        Message complete =
                client.ask(client.shell, "complete_request", code("Math.ab").put("cursor_pos", 7));
        assertThat(complete.field("matches").toString()).contains("abs");
        client.published(parent(complete));
        Message state = client.heard(
                message -> isStatus(message, "busy") && parent(message).equals(cell));
        assertThat(state).as("the cell still runs").isNotNull();
        client.ask(client.control, "interrupt_request", TestClient.JSON.objectNode());
        assertThat(status(client.reply(client.shell, cell))).isEqualTo("error");
    }

    @Test
    void a_cell_of_a_megabyte_runs() {
        String source = "// filler, as long as it takes\n".repeat(35_000) + "6 * 7";
        assertThat(source.length()).isGreaterThan(1 << 20);
        assertThat(client.value(source)).isEqualTo("42");
    }

    @Test
    void a_question_opens_the_pager() {
        Message reply = client.run("Math.abs?");
        assertThat(reply.field("payload").get(0).path("source").asText()).isEqualTo("page");
        assertThat(reply.field("payload").get(0).path("data").path("text/plain").asText())
                .contains("abs");
    }
}
