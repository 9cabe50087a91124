package dev.quire.run;

import static dev.quire.Quire.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quire.QuireException;
import dev.quire.data.Dataset;
import dev.quire.engine.Device;
import dev.quire.metric.History;
import dev.quire.model.Layer;
import dev.quire.train.Attended;
import dev.quire.train.Keeper;
import dev.quire.train.Network;
import dev.quire.train.Option;
import dev.quire.train.Plan;
import dev.quire.train.RunEvent;
import dev.quire.train.Snapshot;
import dev.quire.train.Trainer;
import dev.quire.train.TrainingSpec;
import dev.quire.train.Weights;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointTest {
    private static final Layer NET = sequential(conv(8, 3), batchNorm(), relu(), flatten(), dropout(0.2), dense(10));
    private static final Dataset DIGITS = digits();

    @TempDir
    Path folder;

    /** Writes a checkpoint after every call and every epoch. */
    private final class Each implements Keeper {
        private final Plan plan;
        private final List<Path> files = new ArrayList<>();

        Each(Plan plan) {
            this.plan = plan;
        }

        @Override
        public boolean isDue() {
            return true;
        }

        @Override
        public void keep(Snapshot snapshot, boolean isBest) {
            Path file = folder.resolve("checkpoint-" + files.size() + ".safetensors");
            try {
                Checkpoint.write(file, plan, snapshot);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            files.add(file);
        }

        @Override
        public void close() {}
    }

    private static Plan plan(Option... options) {
        return Plan.of(NET, DIGITS, TrainingSpec.of(List.of(options)));
    }

    private record Outcome(History history, Weights weights) {
        /** Without the times. */
        List<List<Double>> figures() {
            return List.of("loss", "accuracy", "val_loss", "val_accuracy", "learning_rate").stream()
                    .map(name -> java.util.Arrays.stream(history.column(name))
                            .boxed()
                            .toList())
                    .toList();
        }
    }

    private static Outcome train(Plan plan, Attended attended) {
        try (Network network = Network.start(plan, Device.CPU)) {
            RunEvent.Ended ended = Trainer.train(network, attended);
            return new Outcome(ended.history(), network.weights());
        }
    }

    private static Attended alone() {
        return Attended.by(event -> {}, List.of());
    }

    @Test
    void a_run_resumed_from_any_checkpoint_ends_with_the_same_bits() {
        List<Option> common = List.of(epochs(3), batch(32), cosine(warmup(0.1)), seed(4), clip(1));
        for (List<Option> more : List.of(
                List.<Option>of(adamW(3e-3)),
                List.<Option>of(sgd(0.05, momentum(0.9)), ema(0.95), accumulate(2)),
                List.<Option>of(rmsProp(1e-3), mixup(0.2), balanced()))) {
            List<Option> options = new ArrayList<>(common);
            options.addAll(more);
            Plan plan = plan(options.toArray(Option[]::new));
            Each each = new Each(plan);
            Outcome whole = train(plan, alone().keeper(each));
            assertThat(each.files).hasSizeGreaterThan(3);
            for (Path file : each.files) {
                Snapshot from = Checkpoint.read(file).snapshot(plan);
                Outcome resumed = train(plan, alone().from(from, Optional.empty()));
                assertThat(resumed.figures()).as(file + " " + from.step()).isEqualTo(whole.figures());
                assertThat(resumed.weights().flat()).isEqualTo(whole.weights().flat());
                assertThat(resumed.weights().buffers().get(0))
                        .isEqualTo(whole.weights().buffers().get(0));
            }
        }
    }

    private Path checkpoint() {
        Plan plan = plan(epochs(1));
        Each each = new Each(plan);
        train(plan, alone().keeper(each));
        return each.files.get(each.files.size() - 1);
    }

    @Test
    void another_network_is_refused_with_all_that_differs() {
        Path file = checkpoint();
        Plan other = Plan.of(sequential(conv(6, 3), relu(), flatten(), dense(10)), DIGITS, TrainingSpec.DEFAULT);
        assertThatThrownBy(() -> Checkpoint.read(file).snapshot(other))
                .isInstanceOf(QuireException.class)
                .hasMessage(file.getFileName() + " holds another network: 0.weight is [8, 1, 3, 3], the network's is"
                        + " [6, 1, 3, 3]; 0.bias is [8], the network's is [6]; 3.weight is missing; 3.bias is missing;"
                        + " 1.weight is not in the network; 1.bias is not in the network; 5.weight is not in the"
                        + " network; 5.bias is not in the network; 1.running_mean is not in the network;"
                        + " 1.running_var is not in the network; 1.num_batches_tracked is not in the network: resume"
                        + " with the network it was trained with");
    }

    @Test
    void other_data_and_another_optimizer_are_refused() {
        Path file = checkpoint();
        assertThatThrownBy(() -> Checkpoint.read(file).snapshot(Plan.of(NET, DIGITS.limit(500), TrainingSpec.DEFAULT)))
                .isInstanceOf(QuireException.class)
                .hasMessage(file.getFileName() + " was trained on digits, and the data is digits with other examples or"
                        + " transforms: resume on the same data");
        assertThatThrownBy(() -> Checkpoint.read(file).snapshot(plan(rmsProp(0.1, momentum(0.5)))))
                .isInstanceOf(QuireException.class)
                .hasMessageStartingWith(file.getFileName() + " was trained with another optimizer, which does not"
                        + " remember velocity: resume with AdamW[");
    }

    @Test
    void a_damaged_checkpoint_and_foreign_weights_are_refused() throws IOException {
        Path file = checkpoint();
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 4;
        Files.write(file, bytes);
        assertThatThrownBy(() -> Checkpoint.read(file))
                .isInstanceOf(QuireException.class)
                .hasMessage(file.getFileName() + " is no sound safetensors file: it is damaged: its checksum is not the"
                        + " one it was written with");
    }
}
