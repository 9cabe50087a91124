package dev.quire.train;

import static dev.quire.Quire.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.quire.model.Layer;
import dev.quire.model.Sequential;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeepNetworkTest {
    /** libtorch's recursion would end the process on the stack of an ordinary thread. */
    @Test
    void a_network_of_thousands_of_layers_trains() {
        assumeTrue(Boolean.getBoolean("quire.test.huge"), "takes half a minute: -Dquire.test.huge runs it");
        List<Layer> layers = new ArrayList<>(List.of(flatten()));
        for (int i = 0; i < 2000; i++) {
            layers.add(dense(8));
            layers.add(relu());
        }
        layers.add(dense(10));
        assertThat(train(new Sequential(layers), digits(), epochs(1), maxBatches(1), unrecorded())
                        .reason())
                .contains(StopReason.COMPLETED);
    }
}
