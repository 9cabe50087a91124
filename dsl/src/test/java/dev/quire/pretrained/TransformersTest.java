package dev.quire.pretrained;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quire.export.PythonProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Networks fresh from transformers, where a Python has it: other weights than those in the resources, and more kinds. */
class TransformersTest {
    private static final long SEED = 7;

    @Test
    void fresh_networks_of_every_kind_answer_as_transformers_does(@TempDir Path folder) throws Exception {
        PythonProcess.with("torch", "transformers", "safetensors")
                .run(
                        folder,
                        Checkpoints.folder("make_checkpoints.py").toString(),
                        folder.resolve("all").toString(),
                        Long.toString(SEED));
        Map<String, Double> worst = new TreeMap<>();
        try (Stream<Path> all = Files.list(folder.resolve("all"))) {
            for (Path each : all.sorted().toList()) {
                worst.put(
                        each.getFileName().toString(),
                        Checkpoints.worst(ModelFolder.of(each.toString()).whole(), each));
            }
        }
        worst.forEach((name, value) -> System.out.printf(Locale.ROOT, "%-14s differs by %.1e%n", name, value));
        assertThat(worst)
                .hasSize(16)
                .allSatisfy((name, value) -> assertThat(value).isLessThan(1e-5));
    }
}
