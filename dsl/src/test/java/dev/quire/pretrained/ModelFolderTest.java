package dev.quire.pretrained;

import static dev.quire.Quire.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quire.QuireException;
import dev.quire.data.Dataset;
import dev.quire.data.transform.Normalize;
import dev.quire.model.Layer;
import dev.quire.model.json.ModelJson;
import dev.quire.store.Safetensors;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelFolderTest {
    @TempDir
    Path temporary;

    /** Rewrites the tensors of a folder. */
    private static void change(Path folder, UnaryOperator<List<Safetensors.Entry>> change) throws IOException {
        Path file = folder.resolve("model.safetensors");
        List<Safetensors.Entry> copies = new ArrayList<>();
        for (Safetensors.Entry entry : Safetensors.read(file).entries()) {
            byte[] bytes = new byte[entry.content().remaining()];
            entry.content().get(bytes);
            copies.add(
                    new Safetensors.Entry(entry.name(), entry.dtype(), entry.shape(), java.nio.ByteBuffer.wrap(bytes)));
        }
        Safetensors.write(file, new Safetensors.Content(Map.of(), change.apply(copies)));
    }

    private static void replace(Path file, String before, String after) throws IOException {
        String text = Files.readString(file);
        assertThat(text).contains(before);
        Files.writeString(file, text.replace(before, after));
    }

    @Test
    void labels_and_preparation_come_from_the_folder() {
        ModelFolder folder = modelFolder(Checkpoints.folder("resnet").toString());
        assertThat(folder.architecture()).isEqualTo("resnet");
        assertThat(folder.labels()).containsExactly("cat", "dog", "tree");
        assertThat(folder.toString()).endsWith("resnet: ResNetForImageClassification, 3 classes");
        Preprocessing prepared = folder.preprocessing();
        assertThat(prepared.height()).isEqualTo(16);
        assertThat(prepared.means()).containsExactly(0.485, 0.456, 0.406);
        assertThat(prepared.resample()).hasToString("bilinear");
        Dataset data = folder.prepare(tensors(new float[2][3][16][16], new int[] {0, 1}));
        assertThat(data.transforms())
                .containsExactly(new Normalize(List.of(0.485, 0.456, 0.406), List.of(0.229, 0.224, 0.225)));
        assertThatThrownBy(() -> folder.prepare(digits()))
                .isInstanceOf(QuireException.class)
                .hasMessage("the network takes images of 3x16x16, digits has 1x8x8:"
                        + " use imageFolder(folder, resize(16))");
        assertThatThrownBy(
                        () -> modelFolder(Checkpoints.folder("vit").toString()).preprocessing())
                .hasMessageContaining("has no preprocessor_config.json: prepare the images yourself");
    }

    @Test
    void a_filter_that_nobody_numbered_is_refused() throws IOException {
        Path file = Checkpoints.copy("resnet", temporary).resolve("preprocessor_config.json");
        replace(file, "\"resample\": 2", "\"resample\": 3");
        ModelFolder folder = modelFolder(temporary.resolve("resnet").toString());
        assertThat(folder.preprocessing().resample()).hasToString("bicubic");
        replace(file, "\"resample\": 3", "\"resample\": 7");
        assertThatThrownBy(folder::preprocessing)
                .isInstanceOf(QuireException.class)
                .hasMessageEndingWith("preprocessor_config.json: resample is 7, expected 0 to 5, which are"
                        + " [nearest, lanczos, bilinear, bicubic, box, hamming]");
    }

    @Test
    void a_name_is_found_in_the_cache_of_the_hub() throws IOException {
        Path model = temporary.resolve("models--acme--tiny-vit");
        Path snapshot = model.resolve("snapshots/0123abc");
        Files.createDirectories(snapshot.getParent());
        Files.move(Checkpoints.copy("vit", temporary), snapshot);
        Files.createDirectories(model.resolve("refs"));
        Files.writeString(model.resolve("refs/main"), "0123abc");
        HubCache cache = new HubCache(List.of(temporary));
        assertThat(cache.find("acme/tiny-vit")).isEqualTo(snapshot);
        assertThat(cache.find("acme/tiny-vit@0123abc")).isEqualTo(snapshot);
        assertThatThrownBy(() -> cache.find("acme/tiny-vit@v2"))
                .hasMessage(model + " has no snapshot of v2; there are 0123abc, to be named as in name@0123abc");
        Files.writeString(model.resolve("refs/main"), "../../elsewhere");
        assertThatThrownBy(() -> cache.find("acme/tiny-vit")).hasMessageContaining("has no snapshot of main");
    }

    @Test
    void the_cache_is_where_the_environment_says() {
        Path home = Path.of("/home/me");
        assertThat(HubCache.of(Map.of("HF_HUB_CACHE", "/a", "HF_HOME", "/b"), home)
                        .roots())
                .containsExactly(Path.of("/a"));
        assertThat(HubCache.of(Map.of("HF_HOME", "/b"), home).roots()).containsExactly(Path.of("/b/hub"));
        assertThat(HubCache.of(Map.of(), home).roots()).containsExactly(Path.of("/home/me/.cache/huggingface/hub"));
    }

    @Test
    void what_is_not_there_is_told_with_the_folders_that_were_looked_in() {
        assertThatThrownBy(() -> new HubCache(List.of(temporary)).find("acme/none"))
                .isInstanceOf(QuireException.class)
                .hasMessage("there is no pretrained network 'acme/none'; looked in "
                        + Path.of("acme/none").toAbsolutePath() + ", " + temporary.resolve("models--acme--none")
                        + ": give a folder with config.json and model.safetensors, or download it once, as with"
                        + " `hf download acme/none`, or set HF_HUB_CACHE to the folder that has it");
    }

    @Test
    void an_unknown_architecture_is_named_beside_those_that_are_known() throws IOException {
        Path folder = Checkpoints.copy("vit", temporary);
        replace(folder.resolve("config.json"), "\"model_type\": \"vit\"", "\"model_type\": \"mamba\"");
        assertThatThrownBy(() -> pretrained(folder.toString()))
                .isInstanceOf(QuireException.class)
                .hasMessageContaining("the architecture 'mamba' is not known, expected one of"
                        + " bert, convnext, gpt2, resnet, vit");
    }

    @Test
    void a_head_that_is_not_known_leaves_the_backbone() throws IOException {
        Path folder = Checkpoints.copy("bert", temporary);
        replace(folder.resolve("config.json"), "BertForSequenceClassification", "BertForMaskedLM");
        assertThatThrownBy(() -> pretrained(folder.toString()))
                .hasMessage(folder + " is a BertForMaskedLM, whose head is not known; known are"
                        + " BertForSequenceClassification and BertModel: take backbone(\"" + folder
                        + "\") and put a head of your own behind it");
        assertThat(backbone(folder.toString())).hasToString("backbone(\"" + folder + "\")");
    }

    @Test
    void variants_that_cannot_be_built_are_refused_by_their_key() throws IOException {
        Path folder = Checkpoints.copy("gpt2", temporary);
        replace(
                folder.resolve("config.json"),
                "\"scale_attn_by_inverse_layer_idx\": false",
                "\"scale_attn_by_inverse_layer_idx\": true");
        assertThatThrownBy(() -> pretrained(folder.toString()))
                .hasMessage(
                        folder.resolve("config.json") + ": scale_attn_by_inverse_layer_idx is true, expected false");
        replace(folder.resolve("config.json"), "layer_idx\": true", "layer_idx\": false");
        replace(folder.resolve("config.json"), "gelu_new", "xielu");
        assertThatThrownBy(() -> pretrained(folder.toString()))
                .hasMessageContaining("activation_function is xielu, expected one of gelu, gelu_new");
    }

    @Test
    void all_weights_that_do_not_fit_are_listed_at_once() throws IOException {
        Path folder = Checkpoints.copy("vit", temporary);
        change(folder, entries -> {
            entries.removeIf(entry -> entry.name().equals("vit.layernorm.bias"));
            entries.add(Safetensors.Entry.of("vit.extra", List.of(2L), new float[2], 0, 2));
            return entries;
        });
        replace(folder.resolve("config.json"), "\"2\": \"tree\"", "\"2\": \"tree\", \"3\": \"sea\"");
        replace(folder.resolve("config.json"), "\"intermediate_size\": 24", "\"intermediate_size\": 20");
        assertThatThrownBy(() -> pretrained(folder.toString()))
                .isInstanceOf(QuireException.class)
                .hasMessageStartingWith("the weights of " + folder + " do not fit the network in 10 places:\n")
                .hasMessageContaining("\n  vit.layernorm.bias is missing, expected shape 16\n")
                .hasMessageContaining("\n  vit.extra of shape 2 is not expected\n")
                .hasMessageContaining("\n  classifier.weight has shape 3x16, expected 4x16\n")
                .hasMessageContaining(
                        "\n  vit.encoder.layer.1.intermediate.dense.weight has shape 24x16, expected 20x16\n")
                .hasMessageEndingWith("Take the config.json that was saved with these weights, or describe the network"
                        + " that they are of");
    }

    @Test
    void damaged_weights_are_refused_with_the_words_of_the_store() throws IOException {
        Path folder = Checkpoints.copy("vit", temporary);
        try (RandomAccessFile file =
                new RandomAccessFile(folder.resolve("model.safetensors").toFile(), "rw")) {
            file.setLength(file.length() - 100);
        }
        assertThatThrownBy(() -> pretrained(folder.toString()))
                .isInstanceOf(QuireException.class)
                .hasMessageContaining("model.safetensors is no sound safetensors file");
    }

    @Test
    void a_folder_that_is_not_complete_is_refused() throws IOException {
        Path folder = Checkpoints.copy("sharded", temporary);
        Path shard = folder.resolve("model-00002-of-00004.safetensors");
        Files.delete(shard);
        assertThatThrownBy(() -> pretrained(folder.toString()))
                .hasMessage(
                        folder.resolve("model.safetensors.index.json")
                                + " names the file model-00002-of-00004.safetensors, which is missing: is the download complete?");
        replace(
                folder.resolve("model.safetensors.index.json"),
                "model-00002-of-00004.safetensors",
                "../../secret.safetensors");
        assertThatThrownBy(() -> pretrained(folder.toString()))
                .hasMessageContaining("names the file '../../secret.safetensors', expected one beside it");
        Path pickled = Checkpoints.copy("vit", temporary);
        Files.move(pickled.resolve("model.safetensors"), pickled.resolve("pytorch_model.bin"));
        assertThatThrownBy(() -> pretrained(pickled.toString()))
                .hasMessageContaining("only pytorch_model.bin, a pickle, which can run code and is never read");
        Files.delete(pickled.resolve("config.json"));
        assertThatThrownBy(() -> pretrained(pickled.toString())).hasMessageContaining("has no config.json");
    }

    @Test
    void older_names_and_narrower_numbers_are_read_too() throws IOException {
        Path folder = Checkpoints.copy("bert", temporary);
        change(
                folder,
                entries -> entries.stream()
                        .map(entry -> new Safetensors.Entry(
                                entry.name()
                                        .replace("LayerNorm.weight", "LayerNorm.gamma")
                                        .replace("LayerNorm.bias", "LayerNorm.beta"),
                                entry.dtype(),
                                entry.shape(),
                                entry.bytes()))
                        .toList());
        assertThat(Checkpoints.worst(pretrained(folder.toString()), folder)).isLessThan(1e-5);
        change(folder, entries -> entries.stream().map(ModelFolderTest::halved).toList());
        assertThat(Checkpoints.worst(pretrained(folder.toString()), folder)).isBetween(1e-5, 0.05);
    }

    private static Safetensors.Entry halved(Safetensors.Entry entry) {
        float[] values = entry.floats();
        java.nio.ByteBuffer bytes =
                java.nio.ByteBuffer.allocate(2 * values.length).order(java.nio.ByteOrder.LITTLE_ENDIAN);
        for (float value : values) {
            bytes.putShort((short) (Float.floatToIntBits(value) >> 16));
        }
        return new Safetensors.Entry(entry.name(), "BF16", entry.shape(), bytes.rewind());
    }

    @Test
    void half_precision_is_widened_exactly() {
        short[] bits = {0, (short) 0x3c00, (short) 0xc000, (short) 0x7bff, 1, (short) 0x7c00, (short) 0x3555};
        java.nio.ByteBuffer bytes =
                java.nio.ByteBuffer.allocate(2 * bits.length).order(java.nio.ByteOrder.LITTLE_ENDIAN);
        for (short each : bits) {
            bytes.putShort(each);
        }
        assertThat(Floats.of(new Safetensors.Entry("x", "F16", List.of(7L), bytes.rewind())))
                .containsExactly(0f, 1f, -2f, 65504f, 0x1p-24f, Float.POSITIVE_INFINITY, 0.333251953125f);
        assertThatThrownBy(() -> Floats.of(new Safetensors.Entry("x", "I64", List.of(1L), bytes)))
                .hasMessage("the tensor x is of type I64, expected F32, F16, BF16 or F64");
    }

    @Test
    void a_pretrained_network_is_written_as_json_and_printed_as_the_call_that_makes_it() {
        String place = Checkpoints.folder("resnet").toString();
        Layer network = sequential(backbone(place), dense(10));
        assertThat(ModelJson.read(ModelJson.write(network))).isEqualTo(network);
        assertThat(network).hasToString("sequential(backbone(\"" + place + "\"), dense(10))");
        assertThat(network.summary(3, 32, 32).toString()).contains("backbone.stem", "conv(8, 7, stride(2)");
    }
}
