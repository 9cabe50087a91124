package dev.quire.train;

import static dev.quire.Quire.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.quire.data.Dataset;
import dev.quire.data.Field;
import dev.quire.data.Split;
import dev.quire.data.Windows;
import dev.quire.graph.DType;
import dev.quire.graph.Shape;
import dev.quire.model.Layer;
import dev.quire.run.Run;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Sets that lie on the device, sets that stream, and text that is read through windows. */
class FeedTest {
    @Test
    void a_set_that_does_not_fit_is_streamed_and_learned() {
        Dataset digits = digits();
        Layer net = sequential(flatten(), dense(64), relu(), dense(10));
        Run whole = train(net, digits, epochs(1), seed(3));
        System.setProperty("quire.resident.bytes", "1000");
        try {
            Run streamed = train(net, digits, epochs(10), adamW(2e-3), seed(3));
            assertThat(streamed.history().last("val_accuracy")).isGreaterThan(0.9);
            assertThat(streamed.history().last("loss"))
                    .isLessThan(whole.history().last("loss"));
            assertThat(streamed.evaluate(Split.TEST).get("accuracy"))
                    .isEqualTo(streamed.history().last("val_accuracy"));
            Run again = train(net, digits, epochs(10), adamW(2e-3), seed(3));
            assertThat(again.weights().get("1.weight"))
                    .isEqualTo(streamed.weights().get("1.weight"));
        } finally {
            System.clearProperty("quire.resident.bytes");
        }
    }

    @Test
    void text_is_learned_through_windows() {
        int length = 2000;
        ByteBuffer tokens = ByteBuffer.allocateDirect(length * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < length; i++) {
            tokens.putLong(i % 5);
        }
        int context = 8;
        Dataset text = Dataset.of(
                "counting",
                List.of(new Field("tokens", DType.INT64, Shape.of(context))),
                new Field("next", DType.INT64, Shape.of(context)),
                List.of("a", "b", "c", "d", "e"),
                Map.of(Split.TRAIN, new Windows(tokens.flip(), context)));
        Layer net = sequential(embedding(5, 16), positionalEmbedding(context), transformerDecoder(2), dense(5));
        Run run = train(net, text, epochs(4), batch(16), adamW(1e-2));
        assertThat(run.history().last("accuracy")).isGreaterThan(0.95);
    }
}
