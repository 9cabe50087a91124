package dev.quire.pretrained;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Networks fresh from transformers, where a Python has it: other weights than those in the resources, and more kinds. */
class TransformersTest {
    private static final long SEED = 7;

    @Test
    void fresh_networks_of_every_kind_answer_as_transformers_does(@TempDir Path folder) throws Exception {
        Optional<String> python = python();
        assumeTrue(
                python.isPresent(),
                "no Python with torch and transformers: pip install them, and name it with QUIRE_PYTHON");
        Path log = folder.resolve("log.txt");
        Process process = new ProcessBuilder(
                        python.orElseThrow(),
                        Checkpoints.folder("make_checkpoints.py").toString(),
                        folder.resolve("all").toString(),
                        Long.toString(SEED))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        assertThat(process.waitFor()).as(Files.readString(log)).isZero();
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
                .hasSize(14)
                .allSatisfy((name, value) -> assertThat(value).isLessThan(1e-5));
    }

    private static boolean hasTransformers(String python) throws InterruptedException {
        try {
            return new ProcessBuilder(python, "-c", "import torch, transformers, safetensors")
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException notThere) {
            return false;
        }
    }

    private static Optional<String> python() throws InterruptedException {
        for (String each : List.of(System.getenv().getOrDefault("QUIRE_PYTHON", "python3"), "python3")) {
            if (hasTransformers(each)) {
                return Optional.of(each);
            }
        }
        return Optional.empty();
    }
}
