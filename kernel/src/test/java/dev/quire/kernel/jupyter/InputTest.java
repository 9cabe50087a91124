package dev.quire.kernel.jupyter;

import static dev.quire.kernel.jupyter.TestClient.JSON;
import static dev.quire.kernel.jupyter.TestClient.PATIENCE;
import static dev.quire.kernel.jupyter.TestClient.code;
import static org.assertj.core.api.Assertions.assertThat;

import dev.quire.kernel.jupyter.wire.Message;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class InputTest {
    @RegisterExtension
    static final TestKernel KERNEL = TestKernel.open();

    private static final TestClient client = KERNEL.client;

    private static String executeAsking(String source) {
        return client.send(client.shell, "execute_request", code(source).put("allow_stdin", true));
    }

    private static Message asked(String answer) {
        Message request = client.receive(client.stdin, PATIENCE);
        assertThat(request.type()).isEqualTo("input_request");
        client.send(client.stdin, "input_reply", JSON.objectNode().put("value", answer));
        return request;
    }

    @Test
    void lines_of_the_standard_input_are_asked_of_the_user() {
        String id = executeAsking("System.out.print(\"Name? \"); var in = new Scanner(System.in);"
                + " System.out.print(in.nextLine() + \" and \" + in.nextLine());");
        Message request = asked("Ada ä😀");
        assertThat(TestClient.parent(request)).isEqualTo(id);
        asked("Bob");
        client.reply(client.shell, id);
        assertThat(TestClient.text("stdout", client.outputs(id))).isEqualTo("Name? Ada ä😀 and Bob");
    }

    @Test
    void a_prompt_and_a_secret_are_passed_on() {
        String id = executeAsking("System.out.print(ask(\"Who? \") + askSecret(\"Token: \"));");
        Message open = asked("me");
        assertThat(open.field("prompt").asText()).isEqualTo("Who? ");
        assertThat(open.field("password").isBoolean()).isTrue();
        assertThat(open.field("password").asBoolean()).isFalse();
        assertThat(asked("1234").field("password").asBoolean()).isTrue();
        client.reply(client.shell, id);
        assertThat(TestClient.text("stdout", client.outputs(id))).isEqualTo("me1234");
    }

    @Test
    void without_leave_reading_fails_with_a_reason() {
        for (String source : new String[] {"System.in.read()", "new Scanner(System.in).nextLine()", "ask(\"Who? \")"}) {
            Message reply = client.run(source);
            assertThat(reply.field("status").asText()).isEqualTo("error");
            assertThat(reply.field("evalue").asText())
                    .contains("cannot read input")
                    .contains("allow_stdin is false");
        }
    }

    @Test
    void an_interrupt_ends_the_wait_for_input() {
        String id = executeAsking("ask(\"Who? \")");
        client.receive(client.stdin, PATIENCE);
        client.ask(client.control, "interrupt_request", JSON.objectNode());
        Message reply = client.reply(client.shell, id);
        assertThat(reply.field("ename").asText()).isEqualTo("Interrupted");
        assertThat(client.value("6 * 7")).isEqualTo("42");
    }
}
