package dev.quire.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.CodedOutputStream;
import dev.quire.store.Safetensors;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of the data root that are asked to be deployed and are no models: none is run, none is kept. */
class ModelFileTest {
    private static final String REMEDY = " | deploy a run, or a TorchScript or ONNX file";

    @TempDir
    static Path folder;

    private static TestServer server;
    private static Path data;

    @BeforeAll
    static void start() throws IOException {
        server = TestServer.in(folder);
        data = Files.createDirectories(folder.resolve("server/data"));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static String refused(String name, byte[] content) throws IOException {
        Files.write(data.resolve(name), content);
        TestServer.Answer answer = server.post("/v1/deployments", "{\"name\":\"x\",\"file\":\"" + name + "\"}");
        assertThat(answer.text()).doesNotContain(folder.toString(), "Exception", "\tat ");
        assertThat(server.get("/v1/deployments").json()).isEmpty();
        return answer.problem();
    }

    private static byte[] latin(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    @Test
    void a_pickle_is_refused_whatever_its_name_and_is_never_run() throws IOException {
        Path made = folder.resolve("made-by-a-pickle");
        for (String name : List.of("model.pt", "model.pth", "model.bin", "model.pkl")) {
            assertThat(refused(name, latin("cos\nsystem\n(S'touch " + made + "'\ntR.")))
                    .isEqualTo("415 " + name + " is a pickle, and refused: it names os.system, which is no tensor. It"
                            + " was not run. Save the state_dict() alone, better as safetensors" + REMEDY);
        }
        assertThat(refused("two.pt", latin("\u0080\u0002cbuiltins\neval\nX\u0001\u0000\u0000\u00001\u0085R.")))
                .startsWith("415 two.pt is a pickle, and refused: it names builtins.eval");
        // Named as another kind of file it is looked at by what is in it.
        assertThat(refused("two.onnx", latin("\u0080\u0002cbuiltins\neval\nX\u0001\u0000\u0000\u00001\u0085R.")))
                .startsWith("415 two.onnx is a pickle, and refused: it names builtins.eval");
        ByteArrayOutputStream objects = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(objects)) {
            out.writeObject(new ArrayList<>(List.of("anything")));
        }
        for (String name : List.of("objects.pt", "objects.onnx", "objects.ser")) {
            assertThat(refused(name, objects.toByteArray()))
                    .isEqualTo("415 " + name + " is a stream of Java objects, which is never read: load TorchScript or"
                            + " ONNX" + REMEDY);
        }
        assertThat(made).doesNotExist();
    }

    @Test
    void an_archive_that_leads_out_or_unpacks_to_too_much_is_refused() throws IOException {
        byte[] pickle = latin("\u0080\u0002}.");
        assertThat(refused(
                        "out.pt",
                        DatasetTest.zip(Map.of("m/data.pkl", pickle, "m/../../../etc/cron.d/x", new byte[1]))))
                .isEqualTo("415 out.pt has the entry m/../../../etc/cron.d/x, which leads out of it: the whole file is"
                        + " refused" + REMEDY);
        assertThat(refused("bomb.pt", DatasetTest.zip(Map.of("m/data.pkl", pickle, "m/data/0", new byte[120_000_000]))))
                .isEqualTo("415 bomb.pt unpacks to more than 200 times its size: the whole file is refused" + REMEDY);
        assertThat(refused("weights.pt", DatasetTest.zip(Map.of("m/data.pkl", pickle))))
                .startsWith("415 weights.pt holds weights without a network, so there is nothing to run");
    }

    @Test
    void a_program_that_reaches_files_is_refused() throws IOException {
        Path secret = Files.writeString(folder.resolve("secret"), "a secret");
        String program = "class M(Module):\n  def forward(self: __torch__.M,\n    x: Tensor) -> Tensor:\n"
                + "    return torch.from_file(\"" + secret + "\", False, 8, dtype=0)\n";
        assertThat(refused(
                        "reader.pt",
                        DatasetTest.zip(Map.of(
                                "m/data.pkl", latin("\u0080\u0002c__torch__\nM\n)\u0081}b."),
                                "m/constants.pkl", latin("\u0080\u0002)."),
                                "m/version", latin("3\n"),
                                "m/code/__torch__.py", latin(program)))))
                .startsWith("415 reader.pt is refused: its program names torch.from_file, which reaches files of this"
                        + " machine. It was not run.");
    }

    private static byte[] safetensors(long length, String header, int bytes) {
        ByteBuffer out = ByteBuffer.allocate(8 + header.length() + bytes).order(ByteOrder.LITTLE_ENDIAN);
        return out.putLong(length).put(latin(header)).array();
    }

    private static byte[] safetensors(String header, int bytes) {
        return safetensors(header.length(), header, bytes);
    }

    private static String tensor(String name, int from, int to) {
        return "\"" + name + "\":{\"dtype\":\"U8\",\"shape\":[" + (to - from) + "],\"data_offsets\":[" + from + "," + to
                + "]}";
    }

    @Test
    void weights_whose_header_lies_are_refused_before_memory_is_taken_for_them() throws IOException {
        String begin = "400 w.safetensors is no sound safetensors file: ";
        assertThat(refused("w.safetensors", safetensors(1L << 31, "{", 0)))
                .isEqualTo(begin + "its header claims 2147483648 bytes, of 1 that follow | copy it again; a run,"
                        + " TorchScript or ONNX can be deployed");
        assertThat(refused("w.safetensors", safetensors(-1, "{", 0))).startsWith(begin + "its header claims 1844");
        assertThat(refused("w.safetensors", safetensors("{" + tensor("a", 0, 4) + "," + tensor("b", 6, 8) + "}", 8)))
                .startsWith(begin + "the tensor b begins at 6, and the one before ends at 4");
        assertThat(refused("w.safetensors", safetensors("{" + tensor("a", 0, 4) + "," + tensor("b", 2, 8) + "}", 8)))
                .startsWith(begin + "the tensor b begins at 2, and the one before ends at 4");
        assertThat(refused("w.safetensors", safetensors("{" + tensor("a", 0, 4) + "}", 8)))
                .startsWith(begin + "its tensors end at byte 4 of 8");
        Path large = data.resolve("large.safetensors");
        try (var file = new java.io.RandomAccessFile(large.toFile(), "rw")) {
            file.setLength(Safetensors.LONGEST_HEADER + 1000);
            file.write(safetensors(Safetensors.LONGEST_HEADER + 1, "{", 0));
        }
        assertThat(server.post("/v1/deployments", "{\"name\":\"x\",\"file\":\"large.safetensors\"}")
                        .problem())
                .startsWith(
                        "400 large.safetensors is no sound safetensors file: its header claims 100,000,001 bytes, at"
                                + " most 100,000,000 are read");
        Files.delete(large);
        assertThat(refused("w.safetensors", safetensors("{" + tensor("a", 0, 4) + "}", 4)))
                .startsWith("415 w.safetensors holds weights without a network, so there is nothing to run");
    }

    private interface Fields {
        void write(CodedOutputStream out) throws IOException;
    }

    private static byte[] message(Fields fields) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        CodedOutputStream out = CodedOutputStream.newInstance(bytes);
        fields.write(out);
        out.flush();
        return bytes.toByteArray();
    }

    @Test
    void an_onnx_file_reads_nothing_outside_of_the_data_root() throws IOException {
        Files.writeString(data.resolveSibling("secret"), "a secret of this machine");
        byte[] location = message(out -> {
            out.writeString(1, "location");
            out.writeString(2, "../secret");
        });
        byte[] weights = message(out -> {
            out.writeInt64(1, 3);
            out.writeInt32(2, 1);
            out.writeString(8, "w");
            out.writeByteArray(13, location);
            out.writeEnum(14, 1);
        });
        byte[] node = message(out -> {
            out.writeString(1, "w");
            out.writeString(2, "y");
            out.writeString(4, "Identity");
        });
        byte[] shape = message(out -> out.writeByteArray(1, message(size -> size.writeInt64(1, 3))));
        byte[] tensor = message(out -> {
            out.writeInt32(1, 1);
            out.writeByteArray(2, shape);
        });
        byte[] output = message(out -> {
            out.writeString(1, "y");
            out.writeByteArray(2, message(kind -> kind.writeByteArray(1, tensor)));
        });
        byte[] graph = message(out -> {
            out.writeByteArray(1, node);
            out.writeString(2, "far");
            out.writeByteArray(5, weights);
            out.writeByteArray(12, output);
        });
        byte[] model = message(out -> {
            out.writeInt64(1, 8);
            out.writeByteArray(7, graph);
            out.writeByteArray(8, message(set -> set.writeInt64(2, 17)));
        });
        assertThat(refused("far.onnx", model))
                .isEqualTo("415 far.onnx keeps weights outside of its folder, where none are read: save it with its"
                        + " weights inside" + REMEDY);
    }
}
