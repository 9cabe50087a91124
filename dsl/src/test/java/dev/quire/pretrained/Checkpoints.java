package dev.quire.pretrained;

import dev.quire.data.Dataset;
import dev.quire.data.Field;
import dev.quire.data.InMemory;
import dev.quire.data.Split;
import dev.quire.engine.Device;
import dev.quire.graph.DType;
import dev.quire.graph.Shape;
import dev.quire.model.Layer;
import dev.quire.store.Safetensors;
import dev.quire.train.Network;
import dev.quire.train.Plan;
import dev.quire.train.TrainingSpec;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** The small networks in the test resources, which {@code make_checkpoints.py} writes, and what they should answer. */
final class Checkpoints {
    private Checkpoints() {}

    static Path folder(String name) {
        try {
            return Path.of(Objects.requireNonNull(Checkpoints.class.getResource("/pretrained"))
                            .toURI())
                    .resolve(name);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A copy that a test may spoil. */
    static Path copy(String name, Path into) throws IOException {
        Path to = Files.createDirectories(into.resolve(name));
        try (Stream<Path> files = Files.list(folder(name))) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(file.getFileName().toString()));
            }
        }
        return to;
    }

    /** Inputs and outputs of transformers, as examples of a regression. */
    static Dataset expected(Path folder) throws IOException {
        Safetensors.Content content = Safetensors.read(folder.resolve("expected.safetensors"));
        Safetensors.Entry input = content.entry("input");
        Safetensors.Entry output = content.entry("output");
        return Dataset.of(
                "expected",
                List.of(field("input", input)),
                field("output", output),
                List.of(),
                Map.of(Split.TRAIN, new InMemory(input.shape().get(0), List.of(input.content(), output.content()))));
    }

    private static Field field(String name, Safetensors.Entry entry) {
        long[] sizes = entry.shape().stream().skip(1).mapToLong(Long::longValue).toArray();
        return new Field(name, entry.dtype().equals("I64") ? DType.INT64 : DType.FLOAT32, Shape.of(sizes));
    }

    /** The largest difference between what a network answers and what it should, relative where it is above 1. */
    static double worst(Layer network, Path folder) throws IOException {
        Dataset data = expected(folder);
        float[] expected = Safetensors.read(folder.resolve("expected.safetensors"))
                .entry("output")
                .floats();
        Plan plan = Plan.of(network, data, TrainingSpec.DEFAULT.batch(1));
        float[] got;
        try (Network loaded = Network.start(plan, Device.CPU)) {
            got = loaded.infer(Split.TRAIN);
        }
        if (got.length != expected.length) {
            throw new AssertionError(got.length + " outputs, expected " + expected.length);
        }
        double worst = 0;
        for (int i = 0; i < got.length; i++) {
            worst = Math.max(worst, Math.abs(got[i] - expected[i]) / Math.max(1, Math.abs(expected[i])));
        }
        return worst;
    }
}
