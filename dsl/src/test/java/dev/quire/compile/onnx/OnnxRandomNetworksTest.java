package dev.quire.compile.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quire.model.RandomNetworks;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Networks put together at random say the same in ONNX Runtime. */
class OnnxRandomNetworksTest {
    private static final int NETWORKS = 200;

    @TempDir
    Path folder;

    @Test
    void two_hundred_random_networks_compute_the_same_in_onnx_runtime() {
        Agreement agreement = new Agreement(folder);
        for (RandomNetworks.Sample sample : RandomNetworks.first(NETWORKS)) {
            // The batch is another one each time: none of it is written into the file.
            int batch = 1 + sample.number() % 4;
            agreement.of("network " + sample.number(), sample.graph(), sample.state(), sample.values(batch));
        }
        System.out.println(agreement);
        assertThat(agreement.compared()).isEqualTo(NETWORKS);
    }
}
