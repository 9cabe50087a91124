package dev.quire.export;

import static dev.quire.Quire.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quire.QuireException;
import dev.quire.data.Dataset;
import dev.quire.data.Split;
import dev.quire.graph.DType;
import dev.quire.graph.Shape;
import dev.quire.graph.TensorType;
import dev.quire.model.Layer;
import dev.quire.run.Run;
import dev.quire.source.PytorchSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PytorchSourceTest {
    private static final Dataset DIGITS = digits();
    private static final TensorType IMAGE = new TensorType(DType.FLOAT32, Shape.of(1, 28, 28));

    @TempDir
    Path place;

    private static String network(Layer layer) {
        return PytorchSource.network(layer, List.of(IMAGE));
    }

    @Test
    void a_chain_prints_as_people_write_it() {
        assertThat(network(sequential(
                        conv(32, 3, same()), batchNorm(), relu(), maxPool(2), flatten(), dropout(0.25), dense(10))))
                .contains("""
                        class Network(nn.Sequential):
                            def __init__(self):
                                super().__init__(
                                    nn.Conv2d(1, 32, kernel_size=3, padding=1),
                                    nn.BatchNorm2d(32),
                                    nn.ReLU(),
                                    nn.MaxPool2d(2),
                                    nn.Flatten(),
                                    nn.Dropout(0.25),
                                    nn.Linear(6272, 10),
                                )
                        """);
    }

    @Test
    void blocks_keep_their_names_and_own_layers_print_from_their_ops() {
        Layer swish = layer("my swish", x -> x.mul(x.sigmoid()));
        assertThat(network(sequential(flatten(), swish, block("head", dense(10)))))
                .contains("""
                        class MySwish(nn.Module):
                            \"""layer('my swish'), from its ops.\"""

                            def forward(self, x):
                                v1 = torch.sigmoid(x)
                                v2 = x * v1
                                return v2
                        """, """
                                super().__init__(OrderedDict({
                                    "0": nn.Flatten(),
                                    "1": MySwish(),
                                    "head": nn.Linear(784, 10),
                                }))
                        """);
    }

    @Test
    void a_block_with_a_name_of_every_module_is_refused() {
        assertThatThrownBy(() -> network(sequential(flatten(), block("train", dense(10)))))
                .isInstanceOf(QuireException.class)
                .hasMessageContaining("a block named \"train\" cannot be in PyTorch source")
                .hasMessageEndingWith("give the block another name");
    }

    @Test
    void an_op_without_python_is_refused_by_its_name() {
        assertThatThrownBy(() -> network(layer(
                        "odd",
                        x -> x.with(
                                dev.quire.graph.ActivationOps.SOFTMAX_BACKWARD,
                                dev.quire.graph.Attributes.of("axis", 1),
                                x))))
                .isInstanceOf(QuireException.class)
                .hasMessageContaining("the op softmax_backward")
                .hasMessageEndingWith("has no PyTorch source: export to .pt, which has it");
    }

    @Test
    void the_script_trains_and_its_network_says_what_the_run_says() throws IOException, InterruptedException {
        PythonProcess python = PythonProcess.with("torch", "safetensors");
        Layer net = sequential(block("body", flatten(), dense(32), relu()), dense(10));
        Run run = train(
                net,
                DIGITS.augment(shift(1)),
                epochs(2),
                batch(32),
                adamW(2e-3),
                oneCycle(4e-3),
                clip(1.0),
                labelSmoothing(0.1),
                ema(0.9),
                decayMatrices(),
                rate("1", 0.5),
                accumulate(2),
                seed(3),
                unrecorded());
        Path source = run.export(place.resolve("model.py").toString());
        run.export(place.resolve("model.safetensors").toString());
        float[] first = DIGITS.part(Split.TEST).example(0).floats();
        StringBuilder values = new StringBuilder();
        for (float value : first) {
            values.append(value).append(", ");
        }
        String check = "import torch, model\n"
                + "x = torch.tensor([" + values + "], dtype=torch.uint8).reshape(1, 1, 8, 8)\n"
                + "print(*model.load()(model.prepare(x)).softmax(1).flatten().tolist())\n"
                + "g = torch.Generator().manual_seed(1)\n"
                + "x = torch.randint(0, 17, (200, 1, 8, 8), generator=g).byte()\n"
                + "model.datasets = lambda: [[x, torch.arange(200) % 10]] * 2\n"
                + "model.main()\n"
                + "import builtins, importlib, sys\n"
                + "sys.modules['safetensors'] = sys.modules['safetensors.torch'] = None\n"
                + "model.load().load_state_dict(torch.load('trained.pth'))\n"
                + "print(importlib.reload(model).load_file.__module__, model.load().training)\n";
        List<String> lines = python.run(
                        place,
                        Files.writeString(place.resolve("check.py"), check).toString())
                .lines()
                .toList();
        float[] told = run.predict(DIGITS.part(Split.TEST).example(0)).values();
        String[] words = lines.get(0).split(" ");
        for (int i = 0; i < 10; i++) {
            assertThat(Double.parseDouble(words[i])).isCloseTo(told[i], org.assertj.core.api.Assertions.within(1e-5));
        }
        assertThat(lines.get(1)).matches("epoch 1: loss \\d\\.\\d{4}, accuracy 0\\.\\d{4}");
        assertThat(lines.get(2)).startsWith("epoch 2: loss");
        assertThat(lines.get(3)).isEqualTo("model False");
        assertThat(Files.readString(source))
                .contains(
                        "EPOCHS = 2\nBATCH = 32\nRATE = 0.002\nSEED = 3\n",
                        "# The run also changed its training examples at random:",
                        "return F.cross_entropy(output, target, label_smoothing=0.1)",
                        "nn.utils.clip_grad_norm_(network.parameters(), 1.0)",
                        "\"weight_decay\": 0.0",
                        "put digits into datasets(): for each example image 1x8x8 uint8, label scalar int64");
    }

    @Test
    void data_that_torchvision_has_is_taken_from_there() {
        Run run =
                train(sequential(flatten(), dense(10)), DIGITS.named("mnist"), epochs(1), maxBatches(1), unrecorded());
        Path file = run.export(place.resolve("model.py").toString());
        assertThat(file)
                .content()
                .contains("vision.MNIST(\"data\", train=train, download=True)")
                .contains("# The run trained on 1 batches an epoch at most.");
    }
}
