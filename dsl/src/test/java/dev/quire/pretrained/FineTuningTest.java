package dev.quire.pretrained;

import static dev.quire.Quire.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quire.QuireException;
import dev.quire.data.Dataset;
import dev.quire.engine.Device;
import dev.quire.graph.DType;
import dev.quire.model.Layer;
import dev.quire.model.json.ModelJson;
import dev.quire.store.Safetensors;
import dev.quire.train.Attended;
import dev.quire.train.Keeper;
import dev.quire.train.Network;
import dev.quire.train.Plan;
import dev.quire.train.RunEvent;
import dev.quire.train.Snapshot;
import dev.quire.train.Trainer;
import dev.quire.train.TrainingSpec;
import dev.quire.train.Weights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FineTuningTest {
    private static final String RESNET = Checkpoints.folder("resnet").toString();

    @TempDir
    Path temporary;

    private static TrainingSpec spec(dev.quire.train.Option... options) {
        return TrainingSpec.of(List.of(options));
    }

    /** A bright bar that lies in the quarter of its class, and noise. */
    private static Dataset bars() {
        Random random = new Random(3);
        float[][][][] x = new float[400][3][16][16];
        int[] y = new int[x.length];
        for (int i = 0; i < x.length; i++) {
            y[i] = i % 4;
            for (int c = 0; c < 3; c++) {
                for (int row = 0; row < 16; row++) {
                    for (int column = 0; column < 16; column++) {
                        boolean isBar =
                                y[i] < 2 ? row / 8 == y[i] && row % 2 == 0 : column / 8 == y[i] - 2 && column % 2 == 0;
                        x[i][c][row][column] = (isBar ? 1.5f : 0) + 0.2f * (float) random.nextGaussian();
                    }
                }
            }
        }
        return tensors(x, y).split(0.2, 0.2);
    }

    private static List<float[]> ofBackbone(Plan plan, Weights weights) {
        List<float[]> out = new ArrayList<>();
        weights.byName(plan.parameters()).forEach((name, values) -> {
            if (name.startsWith("backbone.")) {
                out.add(values);
            }
        });
        return out;
    }

    @Test
    void a_new_head_on_a_frozen_resnet_learns_and_leaves_every_bit_of_it() {
        Layer network = sequential(backbone(RESNET), dense(4));
        Plan plan = Plan.of(network, bars(), spec(epochs(30), batch(32), adamW(1e-2), seed(1), freeze("backbone")));
        try (Network loaded = Network.start(plan, Device.CPU)) {
            Weights before = loaded.weights();
            RunEvent.Ended ended = Trainer.train(loaded, event -> {}, List.of());
            Weights after = loaded.weights();
            assertThat(ended.history().last("val_accuracy")).isGreaterThan(0.9);
            assertThat(ofBackbone(plan, before)).hasSize(36);
            assertThat(ofBackbone(plan, after)).usingRecursiveComparison().isEqualTo(ofBackbone(plan, before));
            assertThat(after.buffers()).usingRecursiveComparison().isEqualTo(before.buffers());
        }
    }

    @Test
    void what_is_not_frozen_learns_and_its_batch_norm_follows_the_data() {
        Plan plan = Plan.of(
                sequential(backbone(RESNET), dense(4)),
                bars(),
                spec(epochs(1), batch(32), seed(1), freeze("backbone.stem", "backbone.stage0")));
        List<String> buffers = plan.buffers().stream().map(each -> each.name()).toList();
        try (Network loaded = Network.start(plan, Device.CPU)) {
            Weights before = loaded.weights();
            Trainer.train(loaded, event -> {}, List.of());
            Weights after = loaded.weights();
            for (int i = 0; i < buffers.size(); i++) {
                boolean isFrozen = buffers.get(i).matches("backbone\\.(stem|stage0).*");
                assertThat(java.util.Arrays.equals(
                                before.buffers().get(i), after.buffers().get(i)))
                        .as(buffers.get(i))
                        .isEqualTo(isFrozen);
            }
        }
    }

    @Test
    void a_frozen_backbone_says_the_same_in_training_and_outside() {
        Plan plan = Plan.of(
                sequential(backbone(RESNET), dense(4)),
                bars(),
                spec(epochs(1), batch(240), sgd(1e-12), seed(1), freeze("backbone")));
        try (Network loaded = Network.start(plan, Device.CPU)) {
            double outside = loaded.evaluate(dev.quire.data.Split.TRAIN).get("loss");
            double inside =
                    Trainer.train(loaded, event -> {}, List.of()).history().last("loss");
            assertThat(inside).isCloseTo(outside, org.assertj.core.api.Assertions.within(1e-5));
        }
    }

    @Test
    void a_run_that_goes_on_from_a_checkpoint_ends_with_the_same_bits() {
        Plan plan = Plan.of(
                sequential(backbone(RESNET), dense(4)),
                bars(),
                spec(epochs(3), batch(32), seed(1), freeze("backbone.stem")));
        List<Snapshot> kept = new ArrayList<>();
        float[] whole;
        try (Network loaded = Network.start(plan, Device.CPU)) {
            Trainer.train(
                    loaded,
                    new Attended(
                            event -> {},
                            List.of(),
                            () -> false,
                            Keeper.giving(kept::add),
                            Optional.empty(),
                            Optional.empty()));
            whole = loaded.weights().flat();
        }
        try (Network loaded = Network.start(plan, Device.CPU)) {
            Trainer.train(loaded, Attended.by(event -> {}, List.of()).from(kept.get(0), Optional.empty()));
            assertThat(loaded.weights().flat()).isEqualTo(whole);
        }
    }

    @Test
    void weights_that_changed_since_the_network_was_described_are_refused() throws IOException {
        Path folder = Checkpoints.copy("resnet", temporary);
        Layer network = pretrained(folder.toString());
        String recorded = ModelJson.write(network);
        Files.copy(
                Checkpoints.folder("resnet-basic").resolve("model.safetensors"),
                folder.resolve("model.safetensors"),
                StandardCopyOption.REPLACE_EXISTING);
        Plan plan = Plan.of(ModelJson.read(recorded), Checkpoints.expected(Path.of(RESNET)), spec(batch(1)));
        assertThatThrownBy(() -> Network.start(plan, Device.CPU))
                .isInstanceOf(QuireException.class)
                .hasMessageStartingWith("the weights of " + folder + " are not those that the network was made with:"
                        + " their SHA-256 is ")
                .hasMessageEndingWith(": put the others back, or make the network anew from these");
    }

    @Test
    void a_network_starts_from_a_file_with_its_own_names() throws IOException {
        Layer network = sequential(dense(3), relu(), batchNorm(), dense(2));
        Dataset data = tensors(new float[4][5], new int[] {0, 1, 0, 1});
        Plan drawn = Plan.of(network, data, spec(batch(4), seed(7)));
        Path file = temporary.resolve("net.safetensors");
        Weights weights;
        try (Network loaded = Network.start(drawn, Device.CPU)) {
            weights = loaded.weights();
        }
        List<Safetensors.Entry> entries = new ArrayList<>();
        weights.byName(drawn.parameters())
                .forEach((name, values) -> entries.add(Safetensors.Entry.of(
                        name,
                        drawn.parameters().stream()
                                .filter(each -> each.name().equals(name))
                                .flatMap(each -> java.util.stream.LongStream.of(
                                                each.type().shape().sizes())
                                        .boxed())
                                .toList(),
                        values,
                        0,
                        values.length)));
        entries.add(Safetensors.Entry.of("2.running_mean", List.of(3L), new float[] {1, 2, 3}, 0, 3));
        entries.add(Safetensors.Entry.of("2.running_var", List.of(3L), new float[] {4, 5, 6}, 0, 3));
        Safetensors.write(file, new Safetensors.Content(java.util.Map.of(), entries));
        Layer given = startFrom(file.toString(), network);
        Plan plan = Plan.of(given, data, spec(batch(4), seed(8)));
        try (Network loaded = Network.start(plan, Device.CPU)) {
            assertThat(loaded.weights().flat()).isEqualTo(weights.flat());
            assertThat(Safetensors.read(file).entry("2.running_var").floats()).containsExactly(4, 5, 6);
            int at = IntStream.range(0, plan.buffers().size())
                    .filter(i -> plan.buffers().get(i).name().equals("2.running_var"))
                    .findFirst()
                    .orElseThrow();
            assertThat(java.nio.ByteBuffer.wrap(loaded.weights().buffers().get(at))
                            .order(java.nio.ByteOrder.nativeOrder())
                            .getFloat())
                    .isEqualTo(4f);
        }
        Plan other = Plan.of(startFrom(file.toString(), dense(4), dense(2)), data, spec(batch(4)));
        assertThatThrownBy(() -> Network.start(other, Device.CPU))
                .hasMessageContaining("0.weight has shape 3x5, expected 4x5")
                .hasMessageContaining("1.weight is missing, expected shape 2x4")
                .hasMessageContaining("3.weight of shape 2x3 is not expected");
    }

    @Test
    void well_known_networks_learn_from_scratch() {
        Dataset bars = bars();
        List<Layer> networks = List.of(
                vit(4, imageSize(16), patch(4), units(24), layers(2), heads(2)),
                convnext(4, patch(2), widths(8, 16), depths(1, 1)));
        for (Layer network : networks) {
            Plan plan = Plan.of(network, bars, spec(epochs(12), batch(32), adamW(3e-3), seed(1)));
            try (Network loaded = Network.start(plan, Device.CPU)) {
                assertThat(Trainer.train(loaded, event -> {}, List.of())
                                .history()
                                .last("val_accuracy"))
                        .as(network.toString())
                        .isGreaterThan(0.9);
            }
        }
    }

    @Test
    void sizes_are_those_of_the_papers() {
        assertThat(resnet(18, 1000).summary(3, 224, 224).parameters()).isEqualTo(11_689_512);
        assertThat(resnet(34, 1000).summary(3, 224, 224).parameters()).isEqualTo(21_797_672);
        assertThat(resnet(50, 1000).summary(3, 224, 224).parameters()).isEqualTo(25_557_032);
        assertThat(vit(1000).summary(3, 224, 224).parameters()).isEqualTo(86_567_656);
        assertThat(convnext(1000).summary(3, 224, 224).parameters()).isEqualTo(28_589_128);
        assertThat(tokens(gpt2(50257), 64)).isEqualTo(124_439_808);
        // Of the 109,483,778 in all, the rows of two kinds of sentence are one with the places.
        assertThat(tokens(bert(30522, 2), 64)).isEqualTo(109_483_778 - 2 * 768);
    }

    private static long tokens(Layer network, int length) {
        return dev.quire.model.Summary.of(
                        network, List.of(new dev.quire.graph.TensorType(DType.INT64, dev.quire.graph.Shape.of(length))))
                .parameters();
    }

    @Test
    void sizes_that_do_not_go_together_are_refused_in_words() {
        assertThatThrownBy(() -> resnet(20, 10)).hasMessage("resnet: expected 18, 34 or 50 layers, got 20");
        assertThatThrownBy(() -> vit(10, imageSize(30), patch(4)))
                .hasMessage(
                        "vit: patches of 4 pixels do not divide images of 30: use another patch(…) or imageSize(…)");
        assertThatThrownBy(() -> gpt2(65, units(100), heads(3))).hasMessage("gpt2: heads(3) must divide units(100)");
        assertThatThrownBy(() -> convnext(10, widths(8, 16), depths(1)))
                .hasMessage("convnext: 2 widths and 1 depths: give as many of each, one for each stage");
        assertThatThrownBy(() -> bert(100, 2, patch(4)))
                .hasMessageStartingWith("bert: patch(4) does not apply to it; its options are length(…)");
    }
}
