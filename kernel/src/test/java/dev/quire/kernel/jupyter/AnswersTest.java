package dev.quire.kernel.jupyter;

import static dev.quire.kernel.jupyter.TestClient.JSON;
import static dev.quire.kernel.jupyter.TestClient.code;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.quire.kernel.comm.Comm;
import dev.quire.kernel.comm.CommMessage;
import dev.quire.kernel.jupyter.wire.Message;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is asked beside the cells. */
class AnswersTest {
    @RegisterExtension
    static final TestKernel KERNEL = TestKernel.open();

    private static final TestClient client = KERNEL.client;

    private static Message shell(String type, ObjectNode content) {
        return client.ask(client.shell, type, content);
    }

    @Test
    void the_kernel_says_what_it_is() {
        Message info = shell("kernel_info_request", JSON.objectNode());
        assertThat(info.type()).isEqualTo("kernel_info_reply");
        assertThat(info.field("implementation").asText()).isEqualTo("quire");
        assertThat(info.field("language_info").path("name").asText()).isEqualTo("java");
        assertThat(info.field("language_info").path("file_extension").asText()).isEqualTo(".java");
        assertThat(info.field("debugger").asBoolean(true)).isFalse();
        assertThat(client.ask(client.control, "kernel_info_request", JSON.objectNode())
                        .content())
                .isEqualTo(info.content());
    }

    @Test
    void the_ports_are_told() {
        Message reply = shell("connect_request", JSON.objectNode());
        assertThat(reply.field("iopub_port").asInt()).isEqualTo(KERNEL.connection.iopub());
    }

    @Test
    void the_heart_beats() {
        client.heartbeat.send("ping");
        assertThat(client.heartbeat.recvStr()).isEqualTo("ping");
    }

    @Test
    void positions_are_counted_in_characters_as_people_see_them() {
        String source = "var s = \"😀😀\"; Math.flo";
        int length = source.codePointCount(0, source.length());
        Message reply = shell("complete_request", code(source).put("cursor_pos", length));
        assertThat(reply.field("matches").toString()).contains("floor(");
        assertThat(reply.field("cursor_start").asInt()).isEqualTo(length - "flo".length());
        assertThat(reply.field("cursor_end").asInt()).isEqualTo(length);
        ObjectNode first = (ObjectNode)
                reply.field("metadata").path("_jupyter_types_experimental").get(0);
        assertThat(first.path("start").asInt()).isEqualTo(length - "flo".length());
        assertThat(first.has("type") && first.has("signature")).isTrue();
    }

    @Test
    void a_position_outside_the_text_is_no_fault() {
        assertThat(shell("complete_request", code("Math.").put("cursor_pos", 99))
                        .field("status")
                        .asText())
                .isEqualTo("ok");
        assertThat(shell("inspect_request", code("Math").put("cursor_pos", -3))
                        .field("status")
                        .asText())
                .isEqualTo("ok");
    }

    @Test
    void a_name_is_explained() {
        Message reply = shell("inspect_request", code("Math.floorMod(").put("cursor_pos", 14));
        assertThat(reply.field("found").asBoolean()).isTrue();
        assertThat(reply.field("data").path("text/plain").asText()).contains("floorMod");
        assertThat(shell("inspect_request", code("nowhere").put("cursor_pos", 7))
                        .field("found")
                        .asBoolean())
                .isFalse();
    }

    @Test
    void an_unfinished_cell_goes_on_with_an_indent() {
        Message open = shell("is_complete_request", code("for (int i = 0; i < 3; i++) {"));
        assertThat(open.field("status").asText()).isEqualTo("incomplete");
        assertThat(open.field("indent").asText()).isBlank().isNotEmpty();
        assertThat(shell("is_complete_request", code("1 + 1")).field("status").asText())
                .isEqualTo("complete");
        assertThat(shell("is_complete_request", code("class }")).field("status").asText())
                .isEqualTo("invalid");
    }

    @Test
    void a_debugger_is_refused_honestly() {
        Message reply = client.ask(client.control, "debug_request", JSON.objectNode());
        assertThat(reply.type()).isEqualTo("debug_reply");
        assertThat(reply.field("status").asText()).isEqualTo("error");
    }

    @Test
    void an_unknown_request_is_refused_and_logged() {
        Message reply = shell("dream_request", JSON.objectNode());
        assertThat(reply.type()).isEqualTo("dream_reply");
        assertThat(reply.field("status").asText()).isEqualTo("error");
        assertThat(KERNEL.told()).contains("nothing here answers a dream_request on shell");
    }

    @Test
    void a_comm_carries_messages_and_bytes_both_ways() throws InterruptedException {
        BlockingQueue<CommMessage> received = new LinkedBlockingQueue<>();
        KERNEL.kernel.comms().register("test", (comm, first) -> {
            received.add(first);
            comm.send(JSON.objectNode().put("hello", "you"), List.of(new byte[] {1, 2}));
            return received::add;
        });
        ObjectNode opening = JSON.objectNode().put("comm_id", "c1").put("target_name", "test");
        opening.putObject("data").put("a", 1);
        client.send(client.shell, "comm_open", opening);
        Message answer = client.heard(message -> message.type().equals("comm_msg"));
        assertThat(answer.field("comm_id").asText()).isEqualTo("c1");
        assertThat(answer.buffers().get(0)).containsExactly(1, 2);
        assertThat(take(received).data().path("a").asInt()).isEqualTo(1);
        Message info = shell("comm_info_request", JSON.objectNode().put("target_name", "test"));
        assertThat(info.field("comms").path("c1").path("target_name").asText()).isEqualTo("test");
        ObjectNode closing = JSON.objectNode().put("comm_id", "c1");
        closing.putObject("data");
        client.send(client.shell, "comm_close", closing);
        assertThat(take(received).isClosing()).isTrue();
        assertThat(shell("comm_info_request", JSON.objectNode()).field("comms").has("c1"))
                .isFalse();
    }

    @Test
    void the_kernel_opens_a_comm_and_hears_what_comes() throws InterruptedException {
        BlockingQueue<CommMessage> received = new LinkedBlockingQueue<>();
        Comm comm = KERNEL.kernel
                .comms()
                .open(
                        "jupyter.widget",
                        JSON.objectNode().put("value", 3),
                        JSON.objectNode().put("version", "2.1.0"),
                        List.of(),
                        received::add);
        Message opened = client.heard(message -> message.type().equals("comm_open"));
        assertThat(opened.field("comm_id").asText()).isEqualTo(comm.id());
        assertThat(opened.field("target_name").asText()).isEqualTo("jupyter.widget");
        assertThat(opened.metadata().path("version").asText()).isEqualTo("2.1.0");
        ObjectNode message = JSON.objectNode().put("comm_id", comm.id());
        message.putObject("data").put("value", 4);
        client.send(client.shell, "comm_msg", message);
        assertThat(take(received).data().path("value").asInt()).isEqualTo(4);
        comm.close();
        assertThat(client.heard(heard -> heard.type().equals("comm_close"))
                        .field("comm_id")
                        .asText())
                .isEqualTo(comm.id());
    }

    @Test
    void a_comm_for_nobody_is_closed() {
        client.send(
                client.shell,
                "comm_open",
                JSON.objectNode().put("comm_id", "lost").put("target_name", "nobody"));
        Message closed = client.heard(message -> message.type().equals("comm_close")
                && message.field("comm_id").asText().equals("lost"));
        assertThat(closed).isNotNull();
    }

    private static CommMessage take(BlockingQueue<CommMessage> received) throws InterruptedException {
        CommMessage message = received.poll(20, TimeUnit.SECONDS);
        assertThat(message).isNotNull();
        return message;
    }
}
