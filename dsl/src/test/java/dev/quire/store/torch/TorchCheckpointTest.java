package dev.quire.store.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quire.QuireException;
import dev.quire.export.PythonProcess;
import dev.quire.store.Safetensors.Content;
import dev.quire.store.Safetensors.Entry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checkpoints of PyTorch, read without Python. */
class TorchCheckpointTest {
    /** A dictionary of one tensor, two rows of two, as torch.save writes it. */
    private static final String PLAIN =
            "\u0080\u0002ccollections\nOrderedDict\nq\u0000)Rq\u0001(X\u0001\u0000\u0000\u0000w"
                    + "ctorch._utils\n_rebuild_tensor_v2\nq\u0002((X\u0007\u0000\u0000\u0000storagectorch\nFloatStorage\n"
                    + "X\u0001\u0000\u0000\u00000X\u0003\u0000\u0000\u0000cpuK\u0004tQK\u0000K\u0002K\u0002\u0086K\u0002K\u0001\u0086"
                    + "\u0089h\u0000)RtRu.";

    @TempDir
    Path folder;

    private static byte[] latin(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] floats(float... values) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        return bytes.array();
    }

    private static Map<String, byte[]> entries(String pickle) {
        Map<String, byte[]> out = new LinkedHashMap<>();
        out.put("archive/data.pkl", latin(pickle));
        out.put("archive/data/0", floats(1, 2, 3, 4));
        out.put("archive/version", latin("3\n"));
        return out;
    }

    private Path zip(Map<String, byte[]> entries) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> each : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(each.getKey()));
                zip.write(each.getValue());
            }
        }
        return Files.write(folder.resolve("model.pt"), bytes.toByteArray());
    }

    private static void refused(Path file, String words) {
        assertThatThrownBy(() -> TorchCheckpoint.read(file))
                .isInstanceOf(QuireException.class)
                .hasMessage(words.replace("FILE", file.toString()));
    }

    private void refusedPickle(String pickle, String why) throws IOException {
        refused(
                zip(entries(pickle)),
                "FILE is no plain checkpoint: " + why + ". Save the state_dict() alone, better as safetensors");
    }

    @Test
    void a_dictionary_of_tensors_is_read() throws IOException {
        Content content = TorchCheckpoint.read(zip(entries(PLAIN)));
        assertThat(content.entries()).hasSize(1);
        assertThat(content.entry("w").shape()).containsExactly(2L, 2L);
        assertThat(content.entry("w").floats()).containsExactly(1, 2, 3, 4);
    }

    @Test
    void a_tensor_that_lies_by_columns_comes_row_by_row() throws IOException {
        String transposed = PLAIN.replace("K\u0002K\u0001\u0086\u0089", "K\u0001K\u0002\u0086\u0089");
        assertThat(TorchCheckpoint.read(zip(entries(transposed))).entry("w").floats())
                .containsExactly(1, 3, 2, 4);
    }

    @Test
    void a_pickle_that_names_anything_but_tensors_is_refused_and_not_run() throws IOException {
        refusedPickle(
                "\u0080\u0002cposix\nsystem\nX\u0004\u0000\u0000\u0000trueR.",
                "it names posix.system, which is no tensor. It was not run");
        refusedPickle(
                "\u0080\u0004\u008c\u0008builtins\u008c\u0004exec\u0093.",
                "it names builtins.exec, which is no tensor. It was not run");
        refusedPickle("(S'x'\nios\nsystem\n.", "it has the instruction 0x53 at byte 1, which no file of tensors has");
        refusedPickle("(ios\nsystem\n.", "it names os.system, which is no tensor. It was not run");
        refusedPickle(
                PLAIN.replace("ctorch._utils\n_rebuild_tensor_v2", "ctorch._utils\n_rebuild_parameter_with_state"),
                "it names torch._utils._rebuild_parameter_with_state, which is no tensor. It was not run");
    }

    @Test
    void tensors_that_lie_outside_of_their_bytes_are_refused() throws IOException {
        refusedPickle(
                PLAIN.replace("K\u0002K\u0002\u0086", "K\u0003K\u0002\u0086"),
                "the tensor w of shape [3, 2] lies outside of its 16 bytes");
        refusedPickle(
                PLAIN.replace("QK\u0000K\u0002", "QK\u0001K\u0002"),
                "the tensor w of shape [2, 2] lies outside of its 16 bytes");
        refusedPickle(
                PLAIN.replace("QK\u0000K\u0002K\u0002\u0086", "QK\u0000J\u00ff\u00ff\u00ff\u00ffK\u0002\u0086"),
                "the tensor w of shape [-1, 2] lies outside of its 16 bytes");
        refusedPickle(
                PLAIN.replace(
                        "K\u0002K\u0002\u0086",
                        "\u008a\u0008\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0040K\u0008\u0086"),
                "the tensor w of shape [4611686018427387904, 8] lies outside of its 16 bytes");
        refusedPickle(
                PLAIN.replace("K\u0002K\u0001\u0086\u0089", "K\u0000K\u0000\u0086\u0089")
                        .replace("K\u0002K\u0002\u0086", "J\u0000\u0000\u0000\u0040K\u0002\u0086"),
                "the tensor w of shape [1073741824, 2] lies outside of its 16 bytes");
        refusedPickle(
                PLAIN.replace("0X\u0003", "7X\u0003"),
                "FILE has no entry data/7: it was cut off, or altered"
                        .replace("FILE", folder.resolve("model.pt").toString()));
        refusedPickle(
                PLAIN.replace("X\u0001\u0000\u0000\u00000X", "X\u0004\u0000\u0000\u0000../1X"),
                "it names the storage '../1'");
    }

    @Test
    void what_holds_no_dictionary_of_tensors_says_so() throws IOException {
        refusedPickle("\u0080\u0002](K\u0001K\u0002e.", "it holds no dictionary of tensors");
        refusedPickle("\u0080\u0002}X\u0001\u0000\u0000\u0000aK\u0001s.", "it holds no dictionary of tensors");
        refusedPickle("\u0080\u0002", "it was cut off");
        refusedPickle("\u0080\u0002h\u0005.", "it refers to what it has not read yet");
        refusedPickle("\u0080\u0002u.", "it ends a list that did not begin");
    }

    @Test
    void a_zip_that_lies_is_refused_whole() throws IOException {
        Map<String, byte[]> outside = entries(PLAIN);
        outside.put("archive/../../etc/cron.d/x", new byte[1]);
        refused(
                zip(outside),
                "FILE has the entry archive/../../etc/cron.d/x, which leads out of it: the whole file is refused");
        Map<String, byte[]> absolute = entries(PLAIN);
        absolute.put("/etc/x", new byte[1]);
        refused(zip(absolute), "FILE has the entry /etc/x, which leads out of it: the whole file is refused");
        Map<String, byte[]> bomb = entries(PLAIN);
        bomb.put("archive/data/1", new byte[120_000_000]);
        refused(zip(bomb), "FILE unpacks to more than 200 times its size: the whole file is refused");
        Path whole = zip(entries(PLAIN));
        byte[] bytes = Files.readAllBytes(whole);
        refused(
                Files.write(folder.resolve("cut.pt"), Arrays.copyOf(bytes, bytes.length - 30)),
                "FILE is a damaged ZIP file: it was cut off, or is none");
    }

    @Test
    void a_zip_of_very_many_entries_or_one_that_lies_about_a_size_is_refused_whole() throws IOException {
        Map<String, byte[]> many = entries(PLAIN);
        for (int i = 0; i < 100_000; i++) {
            many.put("archive/extra/" + i, new byte[0]);
        }
        refused(zip(many), "FILE has 100,003 entries, more than 100,000: the whole file is refused");
        byte[] bytes = Files.readAllBytes(zip(entries(PLAIN)));
        ByteBuffer archive = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        String name = "archive/data/0";
        for (int i = 0; i < bytes.length - 4; i++) {
            if (archive.getInt(i) == 0x02014b50
                    && new String(
                                    bytes,
                                    i + 46,
                                    Math.min(name.length(), bytes.length - i - 46),
                                    StandardCharsets.ISO_8859_1)
                            .equals(name)) {
                archive.putInt(i + 24, 12);
            }
        }
        refused(
                Files.write(folder.resolve("lies.pt"), bytes),
                "FILE is no plain checkpoint: FILE has the entry data/0, which is not as long as it claims: the whole"
                        + " file is refused. Save the state_dict() alone, better as safetensors");
    }

    @Test
    void any_damage_ends_in_a_sentence() throws IOException {
        Random random = new Random(5);
        byte[] sound = latin(PLAIN);
        int read = 0;
        for (int i = 0; i < 10_000; i++) {
            byte[] damaged = sound.clone();
            for (int j = 0; j <= random.nextInt(3); j++) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
            }
            try {
                Unpickler.read(ByteBuffer.wrap(damaged));
                read++;
            } catch (QuireException expected) {
                assertThat(expected.getMessage()).containsPattern("\\bit\\b").hasSizeLessThan(200);
            }
        }
        assertThat(read).isBetween(1, 9_999);
    }

    @Test
    void checkpoints_that_pytorch_wrote_are_read() throws Exception {
        Files.writeString(folder.resolve("save.py"), """
                import torch
                net = torch.nn.Sequential(torch.nn.Conv2d(1, 4, 3), torch.nn.BatchNorm2d(4), torch.nn.Linear(4, 3))
                torch.save(net.state_dict(), "state.pt")
                torch.save({"epoch": 3, "rate": 1e-3, "tags": ["a", None, True], "state_dict": net.state_dict(),
                            "optimizer": torch.optim.AdamW(net.parameters()).state_dict()}, "whole.pt")
                torch.save({"half": torch.tensor([1.5, -2]).half(), "brain": torch.tensor([3.]).bfloat16(),
                            "long": torch.tensor([7]), "turned": torch.arange(6.).reshape(2, 3).t(),
                            "part": torch.arange(10.)[3:5], "own": torch.nn.Parameter(torch.ones(2)),
                            "scalar": torch.tensor(2.5), "empty": torch.zeros(0, 3)}, "kinds.bin")
                torch.save(net, "object.pt")
                torch.jit.trace(net[2], torch.zeros(1, 4)).save("script.pt")
                torch.save(net.state_dict(), "old.pt", _use_new_zipfile_serialization=False)
                print(net[0].weight.flatten()[5].item())
                """);
        String output = PythonProcess.with("torch").run(folder, "save.py");
        Content state = TorchCheckpoint.read(folder.resolve("state.pt"));
        assertThat(state.entries().stream().map(Entry::name))
                .containsExactly(
                        "0.weight",
                        "0.bias",
                        "1.weight",
                        "1.bias",
                        "1.running_mean",
                        "1.running_var",
                        "1.num_batches_tracked",
                        "2.weight",
                        "2.bias");
        assertThat(state.entry("0.weight").shape()).containsExactly(4L, 1L, 3L, 3L);
        assertThat(output)
                .contains(Float.toString(state.entry("0.weight").floats()[5]).substring(0, 6));
        assertThat(TorchCheckpoint.read(folder.resolve("whole.pt"))
                        .entry("0.weight")
                        .floats())
                .isEqualTo(state.entry("0.weight").floats());
        Content kinds = TorchCheckpoint.read(folder.resolve("kinds.bin"));
        assertThat(kinds.entry("half").dtype()).isEqualTo("F16");
        assertThat(kinds.entry("brain").dtype()).isEqualTo("BF16");
        assertThat(kinds.entry("long").content().getLong()).isEqualTo(7);
        assertThat(kinds.entry("turned").shape()).containsExactly(3L, 2L);
        assertThat(kinds.entry("turned").floats()).containsExactly(0, 3, 1, 4, 2, 5);
        assertThat(kinds.entry("part").floats()).containsExactly(3, 4);
        assertThat(kinds.entry("own").floats()).containsExactly(1, 1);
        assertThat(kinds.entry("scalar").shape()).isEmpty();
        assertThat(kinds.entry("empty").floats()).isEmpty();
        assertThatThrownBy(() -> TorchCheckpoint.read(folder.resolve("object.pt")))
                .isInstanceOf(QuireException.class)
                .hasMessageContaining(
                        "it names torch.nn.modules.container.Sequential, which is no tensor. It was not run");
        assertThatThrownBy(() -> TorchCheckpoint.read(folder.resolve("script.pt")))
                .isInstanceOf(QuireException.class)
                .hasMessageContaining("is a TorchScript program, not weights alone");
        assertThatThrownBy(() -> TorchCheckpoint.read(folder.resolve("old.pt")))
                .isInstanceOf(QuireException.class)
                .hasMessageContaining("is a bare pickle, as PyTorch before 1.6");
    }
}
