package dev.quire.pretrained;

import static dev.quire.Quire.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.quire.data.Dataset;
import dev.quire.model.Layer;
import dev.quire.run.Run;
import dev.quire.run.RunsBelow;
import dev.quire.run.StoredRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class PretrainedRecordTest {
    @TempDir
    Path root;

    @RegisterExtension
    final RunsBelow runs = new RunsBelow(() -> root.resolve("runs"));

    private static Dataset noise() {
        Random random = new Random(5);
        float[][][][] x = new float[32][3][16][16];
        int[] y = new int[x.length];
        for (int i = 0; i < x.length; i++) {
            y[i] = i % 2;
            for (float[][] channel : x[i]) {
                for (float[] row : channel) {
                    for (int j = 0; j < row.length; j++) {
                        row[j] = (float) random.nextGaussian();
                    }
                }
            }
        }
        return tensors(x, y);
    }

    @Test
    void a_record_names_the_weights_it_began_with_and_does_without_them_afterwards() throws IOException {
        Path folder = Checkpoints.copy("resnet", root);
        Dataset data = noise();
        Layer network = sequential(backbone(folder.toString()), dense(2));
        Run run = train(network, data, epochs(2), batch(8), seed(3), freeze("backbone"), name("first"));
        String model = Files.readString(run.folder().orElseThrow().path().resolve("model.json"));
        String hash = TensorFiles.at(folder).fingerprint();
        assertThat(model).contains("\"type\" : \"pretrained\"", "\"fingerprint\" : \"" + hash + "\"");

        Layer same = sequential(backbone(folder.toString()), dense(2));
        Run again = train(same, data, epochs(2), batch(8), seed(3), freeze("backbone"), name("again"));
        assertThat(again.sentence()).contains("it repeats first and came out the same");

        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        StoredRun stored = runs("first");
        assertThat(stored.model()).isEqualTo(network);
        Run reloaded = stored.reload(data);
        assertThat(reloaded.weights()).hasSameSizeAs(again.weights());
        again.weights()
                .forEach((name, values) ->
                        assertThat(reloaded.weights().get(name)).as(name).isEqualTo(values));
    }
}
