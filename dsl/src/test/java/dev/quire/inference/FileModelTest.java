package dev.quire.inference;

import static dev.quire.Quire.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.quire.QuireException;
import dev.quire.data.Example;
import dev.quire.data.HostTensor;
import dev.quire.export.PythonProcess;
import dev.quire.graph.DType;
import dev.quire.run.Run;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** TorchScript and ONNX files as models, and files that are none. */
class FileModelTest {
    private static Run run;

    @TempDir
    Path folder;

    @BeforeAll
    static void trainOnce() {
        run = train(
                sequential(conv(4, 3), relu(), maxPool(2), flatten(), dense(10)),
                digits(),
                epochs(1),
                seed(1),
                name("digits-file"),
                unrecorded());
    }

    private Path exported() {
        return run.export(folder.resolve("digits.pt").toString());
    }

    private Path onnx() {
        return run.export(folder.resolve("digits.onnx").toString());
    }

    private static void refused(Path file, String words) {
        assertThatThrownBy(() -> load(file.toString()))
                .isInstanceOf(QuireException.class)
                .hasMessage(words.replace("FILE", file.toString()));
    }

    private Path file(String name, byte[] content) throws IOException {
        return Files.write(folder.resolve(name), content);
    }

    private Path file(String name, String content) throws IOException {
        return file(name, content.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static void agree(Model model) {
        for (int i = 0; i < 20; i++) {
            Example example = run.data().test().example(i);
            assertThat(model.predict(example).values())
                    .containsExactly(run.predict(example).values(), within(1e-5f));
        }
    }

    @Test
    void a_torchscript_file_of_quire_needs_no_options() throws IOException {
        try (Model model = load(exported().toString())) {
            agree(model);
            assertThat(model.classes()).isEqualTo(run.data().classes());
            assertThat(model.inputs()).hasSize(1);
            assertThat(model.inputs().get(0).sizes()).containsExactly(-1L, 1L, 8L, 8L);
            assertThat(model.outputs().get(0).sizes()).containsExactly(-1L, 10L);
            assertThat(model.card().madeFrom()).containsEntry("run", "digits-file");
            assertThat(model.card().parameters())
                    .isEqualTo(run.plan().prediction().parameterCount());
            Path image = folder.resolve("digit.png");
            ImageIO.write(run.data().test().example(3).image(), "png", image.toFile());
            assertThat(model.predict(image.toString()).label())
                    .isEqualTo(run.predict(image.toString()).label());
        }
    }

    @Test
    void an_onnx_file_runs_with_what_its_metadata_says() {
        try (Model model = load(onnx().toString(), threads(1))) {
            agree(model);
            assertThat(model.classes()).isEqualTo(run.data().classes());
            assertThat(model.inputs().toString()).isEqualTo("[image Nx1x8x8 uint8]");
            assertThat(model.card().ops()).containsEntry("Conv", 1).containsEntry("MaxPool", 1);
            assertThat(model.card().parameters())
                    .isGreaterThanOrEqualTo(run.plan().prediction().parameterCount());
            assertThat(model.card().plain())
                    .contains("digits.onnx: an ONNX file made by")
                    .contains("1 Conv");
            HostTensor batch = HostTensor.of(new byte[3 * 64], 3, 1, 8, 8);
            assertThat(model.run(batch).sizes()).containsExactly(3, 10);
            assertThat(model.accuracy(run.data().test()))
                    .isCloseTo(run.evaluate(dev.quire.data.Split.TEST).get("accuracy"), within(1e-9));
        }
    }

    @Test
    void an_op_that_is_not_supported_is_named_with_its_node() throws IOException {
        refused(
                file("own.onnx", TinyOnnx.of("com.example", "Wobble", "shake/1", 17)),
                "FILE: the op com.example:Wobble of node 'shake/1' is not supported by ONNX Runtime:"
                        + " export the network with another opset, or without it");
        refused(
                file("new.onnx", TinyOnnx.of("", "Wobble", "shake/2", 17)),
                "FILE: the op Wobble of node 'shake/2' is not supported by ONNX Runtime:"
                        + " export the network with another opset, or without it");
        // Integers have no square root: the op is known, this kind of it is not.
        assertThatThrownBy(() -> load(file("kind.onnx", TinyOnnx.of("", "Sqrt", "root", 17, 7))
                        .toString()))
                .isInstanceOf(QuireException.class)
                .hasMessageContaining("node 'root' (Sqrt)");
    }

    @Test
    void an_input_type_that_is_not_supported_is_named() throws IOException {
        refused(
                file("text.onnx", TinyOnnx.of("", "Identity", "same", 17, 8)),
                "FILE: x is of type string, which is not supported: float, double, bfloat16, uint8, int32, int64 and bool"
                        + " are");
    }

    @Test
    void a_model_by_hand_is_told_its_shape_and_its_classes() throws IOException {
        Path file = file("soft.onnx", TinyOnnx.of("", "Softmax", "soft", 17));
        try (Model model = load(file.toString(), classNames("a", "b", "c"))) {
            Estimate said =
                    model.predict(HostTensor.of(new float[] {0, 3, 0}, 1, 3)).get(0);
            assertThat(said.label()).isEqualTo("b");
            assertThat(said.probability()).isCloseTo(0.9094, within(1e-4));
            assertThatThrownBy(() -> model.run(HostTensor.of(new float[4], 1, 4)))
                    .isInstanceOf(QuireException.class)
                    .hasMessage("the input x of soft.onnx has the shape Nx3, got 1x4 float32");
            assertThatThrownBy(() -> model.run(HostTensor.of(new long[3], 1, 3)))
                    .isInstanceOf(QuireException.class)
                    .hasMessage("the input x of soft.onnx is of type float32, got int64");
        }
        assertThatThrownBy(() -> load(file.toString(), inputShape(4)))
                .isInstanceOf(QuireException.class)
                .hasMessage("inputShape(4) does not fit the input x Nx3 float32 of " + file
                        + ", which has the batch first");
        try (Model two = load(file.toString(), classNames("a", "b"))) {
            assertThatThrownBy(() -> two.predict(HostTensor.of(new float[3], 1, 3)))
                    .isInstanceOf(QuireException.class)
                    .hasMessage(
                            "soft.onnx gives 3 values an example, and has 2 class names: give one name for each value");
        }
    }

    @Test
    void files_that_are_no_models_are_refused_in_a_sentence() throws IOException {
        refused(folder.resolve("none.onnx"), "there is no file FILE");
        refused(folder, "FILE is a folder: name the file in it");
        refused(file("empty.pt", ""), "FILE is empty");
        refused(file("short.pt", "ab"), "FILE is too short to be a model");
        refused(
                file("note.txt", "a note to myself"),
                "FILE is neither a TorchScript nor an ONNX file, nor any other model that is known");
        refused(
                file("page.onnx", "<html>not found</html>"),
                "FILE is no sound ONNX file: it was cut off, or is something else");
        refused(
                file("model.h5", "\u0089HDF\r\n"),
                "FILE is a Keras or HDF5 file, which is not read: export the network as ONNX");
        byte[] whole = Files.readAllBytes(onnx());
        refused(
                file("cut.onnx", Arrays.copyOf(whole, whole.length / 2)),
                "FILE is no sound ONNX file: it was cut off, or is something else");
        byte[] script = Files.readAllBytes(exported());
        refused(
                file("cut.pt", Arrays.copyOf(script, script.length / 2)),
                "FILE is a damaged ZIP file: it was cut off, or is none");
        refused(
                run.export(folder.resolve("w.safetensors").toString()),
                "FILE holds weights without a network, so there is nothing to run: load TorchScript or ONNX, or train or"
                        + " reload the run");
    }

    @Test
    void java_objects_are_never_read() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(List.of("anything"));
        }
        refused(
                file("model.pt", bytes.toByteArray()),
                "FILE is a stream of Java objects, which is never read: load TorchScript or ONNX");
    }

    @Test
    void a_pickle_is_refused_with_what_it_names() throws IOException {
        String old = "cos\nsystem\n(S'touch /tmp/never'\ntR.";
        refused(
                file("protocol0.pt", old),
                "FILE is a pickle, and refused: it names os.system, which is no tensor. It was not run. Save the"
                        + " state_dict() alone, better as safetensors");
        refused(
                file("protocol2.bin", "\u0080\u0002cbuiltins\neval\nX\u0001\u0000\u0000\u00001\u0085R."),
                "FILE is a pickle, and refused: it names builtins.eval, which is no tensor. It was not run. Save the"
                        + " state_dict() alone, better as safetensors");
        refused(
                file("list.pkl", "\u0080\u0002]q\u0000(K\u0001K\u0002e."),
                "FILE is a bare pickle, as PyTorch before 1.6 and scikit-learn write them, which is never read: save it"
                        + " again with torch.save of today, or as safetensors");
    }

    /** The exported program with a line more at its beginning, under a name that libtorch takes for the same. */
    private Path program(String line, UnaryOperator<String> renamed) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipFile whole = new ZipFile(exported().toFile());
                ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (ZipEntry each : Collections.list(whole.entries())) {
                String text = new String(whole.getInputStream(each).readAllBytes(), StandardCharsets.ISO_8859_1);
                boolean isProgram = each.getName().endsWith("__torch__.py");
                zip.putNextEntry(new ZipEntry(isProgram ? renamed.apply(each.getName()) : each.getName()));
                String changed = text.replaceFirst("(def forward\\(self[^:]*:[^>]*>[^:]*:\n)", "$1    " + line + "\n");
                zip.write((isProgram ? changed : text).getBytes(StandardCharsets.ISO_8859_1));
            }
        }
        return file("program.pt", bytes.toByteArray());
    }

    @Test
    void a_program_that_reaches_files_is_refused_and_not_run() throws IOException {
        Path secret = Files.writeString(folder.resolve("secret"), "a secret");
        String words =
                "FILE is refused: its program names torch.%s, which reaches files of this machine. It was not run."
                        + " Save the network without it, or as ONNX";
        String read = "_9 = torch.from_file(\"" + secret + "\", False, 8, dtype=0)";
        refused(program(read, name -> name), words.formatted("from_file"));
        refused(program(read, name -> name.replace("torch__.py", "TORCH__.PY")), words.formatted("from_file"));
        refused(program("_9 = ops.aten.from_file(\"" + secret + "\")", name -> name), words.formatted("from_file"));
        Path written = folder.resolve("written");
        refused(program("torch.save(1, \"" + written + "\")", name -> name), words.formatted("save"));
        refused(program("_9 = torch\n    _9.save(1, \"" + written + "\")", name -> name), words.formatted("save"));
        assertThat(written).doesNotExist();
    }

    @Test
    void an_onnx_file_reads_no_weights_outside_of_its_folder() throws IOException {
        Path models = Files.createDirectories(folder.resolve("models"));
        Path secret = Files.writeString(folder.resolve("secret"), "a secret of many bytes");
        Files.createSymbolicLink(models.resolve("link"), secret);
        for (String place : List.of("../secret", secret.toString(), "link")) {
            refused(
                    Files.write(models.resolve("far.onnx"), TinyOnnx.withWeightsAt(place)),
                    "FILE keeps weights outside of its folder, where none are read: save it with its weights inside");
        }
    }

    @Test
    void a_zip_of_something_else_is_refused() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry("readme.txt"));
        }
        refused(
                file("other.pt", bytes.toByteArray()),
                "FILE is a ZIP file, but not one that PyTorch wrote: it holds no data.pkl");
    }

    @Test
    void a_torchscript_file_from_python_says_what_it_knows_and_is_told_the_rest() throws Exception {
        Files.writeString(folder.resolve("two.py"), """
                import torch
                class Two(torch.nn.Module):
                    def __init__(self):
                        super().__init__()
                        self.left = torch.nn.Linear(3, 2)
                        self.right = torch.nn.Embedding(5, 2)
                    def forward(self, numbers: torch.Tensor, tokens: torch.Tensor):
                        return {"sum": self.left(numbers) + self.right(tokens), "left": self.left(numbers)}
                model = Two().eval()
                torch.jit.script(model).save("two.pt", _extra_files={"classes": '["no", "yes"]'})
                torch.jit.trace(torch.nn.Linear(4, 3), torch.zeros(1, 4)).save("linear.pt")
                """);
        PythonProcess.with("torch").run(folder, "two.py");
        String two = folder.resolve("two.pt").toString();
        try (Model model = load(two)) {
            assertThat(model.inputs().toString()).isEqualTo("[numbers not declared, tokens not declared]");
            assertThat(model.card().plain()).contains("which does not declare its shapes: inputShape(...) says them");
            Map<String, HostTensor> out = model.run(Map.of(
                    "numbers", HostTensor.of(new float[6], 2, 3), "tokens", HostTensor.of(new long[] {1, 4}, 2)));
            assertThat(out.keySet()).containsExactlyInAnyOrder("sum", "left");
            assertThat(out.get("sum").sizes()).containsExactly(2, 2);
            assertThat(model.classes()).containsExactly("no", "yes");
            assertThatThrownBy(() -> model.run(Map.of(
                            "numbers", HostTensor.of(new float[8], 2, 4), "tokens", HostTensor.of(new long[2], 2))))
                    .isInstanceOf(QuireException.class)
                    .hasMessage("two.pt does not take [2x4 float32, 2 int64]: mat1 and mat2 shapes cannot be multiplied"
                            + " (2x4 and 3x2)");
        }
        try (Model model = load(two, inputShape(3), inputShape(DType.INT64))) {
            assertThat(model.inputs().toString()).isEqualTo("[numbers Nx3 float32, tokens N int64]");
            assertThat(model.outputs().toString()).contains("sum Nx2 float32", "left Nx2 float32");
        }
        assertThatThrownBy(() -> load(two, inputShape(3)))
                .isInstanceOf(QuireException.class)
                .hasMessage(
                        two + " takes 2 inputs, [numbers, tokens], and inputShape was given 1 times: give it for each"
                                + " input, or not at all");
        try (Model model = load(folder.resolve("linear.pt").toString(), inputShape(4))) {
            assertThat(model.run(HostTensor.of(new float[20], 5, 4)).sizes()).containsExactly(5, 3);
        }
    }
}
