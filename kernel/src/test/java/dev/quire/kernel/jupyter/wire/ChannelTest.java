package dev.quire.kernel.jupyter.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.zeromq.SocketType;
import org.zeromq.ZMQ;

@Timeout(30)
class ChannelTest {
    private final ByteArrayOutputStream log = new ByteArrayOutputStream();

    @Test
    void a_thread_that_is_interrupted_while_it_sends_closes_nothing() throws InterruptedException {
        try (ZMQ.Context context = ZMQ.context(1);
                ZMQ.Socket here = context.socket(SocketType.PAIR)) {
            here.setReceiveTimeOut(10_000);
            here.bind("inproc://here");
            ZMQ.Socket there = context.socket(SocketType.PAIR);
            there.connect("inproc://here");
            try (Channel channel = new Channel(
                    "test",
                    context,
                    there,
                    frames -> {},
                    new KernelLog(new PrintStream(log, true, StandardCharsets.UTF_8)))) {
                channel.start();
                Thread sender = new Thread(() -> {
                    Thread.currentThread().interrupt();
                    channel.send(List.of(text("while interrupted")));
                });
                sender.start();
                sender.join();
                assertThat(here.recvStr()).isEqualTo("while interrupted");
                channel.send(List.of(text("afterwards")));
                assertThat(here.recvStr()).isEqualTo("afterwards");
            }
        }
        assertThat(log.toString(StandardCharsets.UTF_8)).isEmpty();
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
