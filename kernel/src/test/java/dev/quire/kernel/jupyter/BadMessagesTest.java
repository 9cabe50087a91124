package dev.quire.kernel.jupyter;

import static dev.quire.kernel.jupyter.TestClient.JSON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.quire.kernel.jupyter.wire.Codec;
import dev.quire.kernel.jupyter.wire.Message;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.zeromq.ZMQ;

class BadMessagesTest {
    private static final int COUNT = 10_000;

    @RegisterExtension
    static final TestKernel KERNEL = TestKernel.open();

    private static final TestClient client = KERNEL.client;

    private static List<byte[]> info(Codec codec) {
        return new ArrayList<>(codec.encode(client.request("kernel_info_request", JSON.objectNode())));
    }

    private static void isAlive() {
        for (ZMQ.Socket socket : List.of(client.shell, client.control)) {
            Message reply = client.ask(socket, "kernel_info_request", JSON.objectNode());
            assertThat(reply.field("status").asText()).isEqualTo("ok");
        }
    }

    @Test
    void a_wrong_signature_is_dropped_and_logged() {
        TestClient.send(client.shell, info(new Codec("another key")));
        isAlive();
        assertThat(KERNEL.told()).contains("dropped a message on shell: its signature is wrong");
    }

    @Test
    void an_unsigned_message_is_dropped() {
        TestClient.send(client.shell, info(new Codec("")));
        isAlive();
        assertThat(KERNEL.told()).contains("dropped a message on shell: it is not signed");
    }

    @Test
    void a_message_that_is_sent_again_is_dropped() {
        List<byte[]> frames = info(client.codec);
        TestClient.send(client.control, frames);
        TestClient.send(client.control, frames);
        isAlive();
        assertThat(KERNEL.told()).contains("dropped a message on control: it has come before");
    }

    @Test
    void an_oversized_message_is_dropped_and_logged() {
        List<byte[]> frames = info(client.codec);
        frames.add(new byte[(int) Codec.LIMIT + 1]);
        TestClient.send(client.shell, frames);
        isAlive();
        assertThat(KERNEL.told()).contains("dropped a message on shell: it has 64 MB; at most 64 are taken");
    }

    @Test
    void nothing_that_ten_thousand_bad_messages_hold_stops_the_kernel() {
        Random random = new Random(42);
        List<ZMQ.Socket> sockets = List.of(client.shell, client.control, client.stdin);
        for (int i = 0; i < COUNT; i++) {
            TestClient.send(sockets.get(random.nextInt(sockets.size())), bad(random));
        }
        isAlive();
        assertThat(client.value("6 * 7")).isEqualTo("42");
        assertThat(KERNEL.told())
                .contains("is not JSON")
                .contains("not a JSON object")
                .contains("no delimiter")
                .contains("has no msg_type");
    }

    /** One kind of damage to a good message, some of it signed as it should be. */
    private static List<byte[]> bad(Random random) {
        List<byte[]> frames = info(client.codec);
        int at = random.nextInt(frames.size());
        switch (random.nextInt(8)) {
            case 0 -> frames.set(at, noise(random, 200));
            case 1 -> frames.subList(at, frames.size()).clear();
            case 2 -> frames.get(1)[random.nextInt(frames.get(1).length)] ^= 0x55;
            case 3 -> frames.set(0, noise(random, 9));
            case 4 -> {
                return signed(random, random.nextInt(4), "{\"unfinished\": [");
            }
            case 5 -> {
                return signed(random, random.nextInt(4), "[1, 2]");
            }
            case 6 -> {
                return signed(random, 0, "{\"msg_id\": \"" + random.nextLong() + "\"}");
            }
            default -> {
                return signed(random, 3, "{\"deep\": " + "[".repeat(5_000) + "]".repeat(5_000) + "}");
            }
        }
        if (frames.isEmpty()) {
            frames.add(noise(random, 20));
        }
        return frames;
    }

    private static byte[] noise(Random random, int most) {
        byte[] noise = new byte[random.nextInt(most)];
        random.nextBytes(noise);
        return noise;
    }

    /** A message with one part in the place of another, and a signature that fits. */
    private static List<byte[]> signed(Random random, int part, String text) {
        String header = "{\"msg_id\": \"" + random.nextLong() + "\", \"msg_type\": \"kernel_info_request\"}";
        List<byte[]> parts = new ArrayList<>();
        for (String each : List.of(header, "{}", "{\"n\": " + random.nextInt() + "}", "{}")) {
            parts.add(each.getBytes(StandardCharsets.UTF_8));
        }
        parts.set(part, text.getBytes(StandardCharsets.UTF_8));
        List<byte[]> frames = new ArrayList<>();
        frames.add("<IDS|MSG>".getBytes(StandardCharsets.US_ASCII));
        frames.add(Hmac.sign("secret", parts));
        frames.addAll(parts);
        return frames;
    }
}
