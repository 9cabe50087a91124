package dev.quire.export;

import static dev.quire.Quire.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.quire.QuireException;
import dev.quire.data.Dataset;
import dev.quire.data.Example;
import dev.quire.data.Split;
import dev.quire.model.Layer;
import dev.quire.run.Run;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TorchScriptTest {
    private static final Layer NET =
            sequential(conv(4, 3, same()), batchNorm(), relu(), block("head", flatten(), dense(16), relu(), dense(10)));
    private static final Dataset DIGITS = digits();
    private static final String PYTHON = """
            import json, sys, torch
            extra = {"classes.json": "", "provenance.json": ""}
            net = torch.jit.load(sys.argv[1], _extra_files=extra)
            print(net.training, json.loads(extra["classes.json"])[3], json.loads(extra["provenance.json"])["inputs"])
            print(*(name + ":" + "x".join(map(str, value.shape)) for name, value in net.named_parameters()))
            print(*(name for name, value in net.named_buffers()))
            print(all(value.requires_grad for value in net.parameters()))
            values = torch.tensor([float(word) for word in open(sys.argv[2]).read().split()]).reshape(-1, 1, 8, 8)
            print(net(values).shape[0], net(values[:1]).shape[0], net.forward(values.byte()).equal(net(values)))
            print(*net(values).flatten().tolist())
            """;

    @TempDir
    Path place;

    private static Run run;

    @BeforeAll
    static void trainOnce() {
        run = train(NET, DIGITS, epochs(2), seed(5), unrecorded());
    }

    private static List<Example> examples() {
        return IntStream.range(0, 3).mapToObj(DIGITS.part(Split.TEST)::example).toList();
    }

    private Path values() throws IOException {
        return Files.writeString(
                place.resolve("values.txt"),
                examples().stream()
                        .flatMap(example -> IntStream.range(0, 64).mapToObj(i -> "" + example.floats()[i]))
                        .collect(Collectors.joining(" ")));
    }

    /** Logits of each example give the probabilities that the run tells. */
    private static void assertAgree(List<Double> logits) {
        assertThat(logits).hasSize(30);
        for (int i = 0; i < 3; i++) {
            double[] powers = logits.subList(10 * i, 10 * i + 10).stream()
                    .mapToDouble(Math::exp)
                    .toArray();
            double sum = Arrays.stream(powers).sum();
            float[] told = run.predict(examples().get(i)).values();
            for (int c = 0; c < 10; c++) {
                assertThat(powers[c] / sum).isCloseTo(told[c], within(1e-5));
            }
        }
    }

    @Test
    void python_opens_it_with_its_names_and_answers_as_the_run_does() throws IOException, InterruptedException {
        PythonProcess python = PythonProcess.with("torch");
        Path file = run.export(place.resolve("net.pt").toString());
        List<String> lines = python.run(
                        place,
                        "-W",
                        "ignore",
                        Files.writeString(place.resolve("open.py"), PYTHON).toString(),
                        file.toString(),
                        values().toString())
                .lines()
                .toList();
        assertThat(lines.subList(0, 5))
                .containsExactly(
                        "False 3 image 1x8x8 uint8",
                        "0.weight:4x1x3x3 0.bias:4 1.weight:4 1.bias:4 head.1.weight:16x256 head.1.bias:16"
                                + " head.3.weight:10x16 head.3.bias:10",
                        "1.running_mean 1.running_var 1.num_batches_tracked",
                        "True",
                        "3 1 True");
        assertAgree(Stream.of(lines.get(5).split(" ")).map(Double::valueOf).toList());
    }

    @Test
    void an_application_with_djl_alone_opens_it() throws IOException, InterruptedException {
        Path file = run.export(place.resolve("net.pt").toString());
        Path program = place.resolve("PlainDjl.java");
        try (InputStream in = TorchScriptTest.class.getResourceAsStream("PlainDjl.java")) {
            Files.copy(Objects.requireNonNull(in), program);
        }
        String jars = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> entry.endsWith(".jar"))
                .filter(
                        entry -> Path.of(entry)
                                .getFileName()
                                .toString()
                                .matches(
                                        "(api|pytorch|jna|gson|slf4j|commons-compress|commons-io|commons-codec|commons-lang3)-.*"))
                .collect(Collectors.joining(File.pathSeparator));
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-DOPT_OUT_TRACKING=true",
                        "-cp",
                        jars,
                        program.toString(),
                        file.toString(),
                        values().toString(),
                        "3",
                        "1",
                        "8",
                        "8")
                .redirectError(place.resolve("errors.txt").toFile())
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue())
                .as(Files.readString(place.resolve("errors.txt")))
                .isZero();
        List<String> lines = output.lines().toList();
        assertThat(lines.get(0)).isEqualTo("output (3, 10)");
        assertAgree(lines.subList(1, 31).stream().map(Double::valueOf).toList());
        assertThat(lines.get(31)).startsWith("classes [\"0\",\"1\"");
    }

    @Test
    void a_name_that_every_module_has_is_refused() {
        Run named = train(
                sequential(flatten(), block("forward", dense(10))), DIGITS, epochs(1), maxBatches(1), unrecorded());
        assertThatThrownBy(() -> named.export(place.resolve("net.pt").toString()))
                .isInstanceOf(QuireException.class)
                .hasMessageContaining("forward.weight cannot be in a TorchScript file")
                .hasMessageEndingWith("give the block or parameter another name");
        assertThat(place.toFile().list()).isEmpty();
    }

    @Test
    void a_hundred_million_parameters_take_less_than_three_seconds() throws IOException {
        assumeTrue(Boolean.getBoolean("quire.test.huge"), "writes 400 MB: -Dquire.test.huge runs it");
        Run large = train(
                sequential(flatten(), dense(6144), dense(16_000), dense(10)),
                DIGITS,
                epochs(1),
                maxBatches(1),
                sgd(0.1),
                unrecorded());
        for (String name : List.of("large.safetensors", "large.pt")) {
            long begin = System.nanoTime();
            Path file = large.export(place.resolve(name).toString());
            double seconds = (System.nanoTime() - begin) * 1e-9;
            System.out.printf("%s: %,d bytes in %.2f s%n", name, Files.size(file), seconds);
            assertThat(Files.size(file)).isGreaterThan(390_000_000);
            assertThat(seconds).isLessThan(3);
        }
    }
}
