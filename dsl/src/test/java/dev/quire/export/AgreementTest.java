package dev.quire.export;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.quire.compile.torchscript.ModuleArchive;
import dev.quire.engine.GraphRun;
import dev.quire.engine.GraphRun.Values;
import dev.quire.graph.DType;
import dev.quire.graph.Graph;
import dev.quire.graph.Parameter;
import dev.quire.model.RandomNetworks;
import dev.quire.model.RandomNetworks.Sample;
import dev.quire.source.PytorchSource;
import dev.quire.store.Safetensors;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Networks of every layer, exported and opened by PyTorch: {@code |a - b| <= 1e-5 * max(1, |b|)}. */
class AgreementTest {
    private static final int NETWORKS = 200;
    private static final int BATCH = 3;
    private static final double TOLERANCE = 1e-5;

    @TempDir
    Path place;

    @Test
    void two_hundred_networks_agree_with_pytorch() throws IOException, InterruptedException {
        PythonProcess python = PythonProcess.with("torch", "safetensors");
        Path networks = Files.createDirectory(place.resolve("networks"));
        for (Sample sample : RandomNetworks.first(NETWORKS)) {
            write(sample, Files.createDirectory(networks.resolve(String.format(Locale.ROOT, "%03d", sample.number()))));
        }
        Path script = place.resolve("agreement.py");
        try (InputStream in = AgreementTest.class.getResourceAsStream("agreement.py")) {
            Files.copy(Objects.requireNonNull(in), script);
        }
        List<String> failures = new ArrayList<>();
        List<JsonNode> answers = new ArrayList<>();
        for (String line : python.run(place, script.toString(), networks.toString())
                .lines()
                .toList()) {
            JsonNode answer = line.startsWith("{")
                    ? new ObjectMapper().readTree(line.replace("Infinity", "1e99"))
                    : new ObjectMapper().createObjectNode().put("error", line);
            if (answer.has("error") || answer.path("difference").asDouble() > TOLERANCE) {
                failures.add(line);
            } else {
                answers.add(answer);
            }
        }
        for (String target : List.of("model.pt", "model.py")) {
            double[] differences = answers.stream()
                    .filter(answer -> answer.path("target").asText().equals(target))
                    .mapToDouble(answer -> answer.path("difference").asDouble())
                    .toArray();
            System.out.printf(
                    Locale.ROOT,
                    "%s: %d networks agree with PyTorch, the worst to %.1e%n",
                    target,
                    differences.length,
                    java.util.Arrays.stream(differences).max().orElse(0));
        }
        assertThat(failures).isEmpty();
        assertThat(answers).hasSize(2 * NETWORKS);
    }

    private static void write(Sample sample, Path folder) throws IOException {
        Graph graph = sample.graph();
        Map<String, Values> state = sample.state();
        List<Safetensors.Entry> tensors = Stream.concat(graph.parameters().stream(), graph.buffers().stream())
                .map(each -> entry(each.name(), Objects.requireNonNull(state.get(each.name())), type(each)))
                .toList();
        Safetensors.write(folder.resolve("model.safetensors"), new Safetensors.Content(Map.of(), tensors));
        ModuleArchive.write(folder.resolve("model.pt"), graph, tensors, Map.of());
        Files.writeString(folder.resolve("model.py"), PytorchSource.network(sample.network(), sample.inputs()));
        List<Values> inputs = sample.values(BATCH);
        List<Values> outputs = GraphRun.run(graph, state, inputs).outputs();
        List<Safetensors.Entry> figures = new ArrayList<>();
        for (int i = 0; i < inputs.size(); i++) {
            figures.add(entry("input" + i, inputs.get(i), graph.inputs().get(i).dtype()));
        }
        for (int i = 0; i < outputs.size(); i++) {
            figures.add(entry("output" + i, outputs.get(i), DType.FLOAT32));
        }
        Safetensors.write(folder.resolve("figures.safetensors"), new Safetensors.Content(Map.of(), figures));
    }

    private static DType type(Parameter parameter) {
        return parameter.type().dtype();
    }

    private static Safetensors.Entry entry(String name, Values values, DType dtype) {
        List<Long> shape = LongStream.of(values.sizes()).boxed().toList();
        if (dtype != DType.INT64) {
            return Safetensors.Entry.of(name, shape, values.data(), 0, values.data().length);
        }
        ByteBuffer bytes =
                ByteBuffer.allocate(Long.BYTES * values.data().length).order(ByteOrder.LITTLE_ENDIAN);
        for (float value : values.data()) {
            bytes.putLong((long) value);
        }
        return new Safetensors.Entry(name, "I64", shape, bytes.flip());
    }
}
