package dev.quire.inference;

import static dev.quire.Quire.modelFolder;
import static dev.quire.data.image.Resampling.NEAREST;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quire.data.HostTensor;
import dev.quire.graph.DType;
import dev.quire.pretrained.ModelFolder;
import dev.quire.store.Safetensors;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A pretrained network as a model. */
class FolderModelTest {
    private static ModelFolder folder(String name) {
        try {
            return modelFolder(Path.of(Objects.requireNonNull(FolderModelTest.class.getResource("/pretrained"))
                            .toURI())
                    .resolve(name)
                    .toString());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"resnet", "vit", "convnext", "bert"})
    void a_folder_answers_as_transformers_does_and_names_its_classes(String name) throws IOException {
        ModelFolder folder = folder(name);
        Safetensors.Content expected = Safetensors.read(folder.folder().resolve("expected.safetensors"));
        Safetensors.Entry input = expected.entry("input");
        long[] sizes = input.shape().stream().mapToLong(Long::longValue).toArray();
        DType type = input.dtype().equals("I64") ? DType.INT64 : DType.FLOAT32;
        try (Model model = Models.of(folder)) {
            assertThat(model.classes()).containsExactly("cat", "dog", "tree");
            HostTensor said = model.run(HostTensor.of(type, input.content(), sizes));
            assertThat(said.floats()).containsExactly(expected.entry("output").floats(), Assertions.within(1e-5f));
        }
    }

    @Test
    void an_image_is_prepared_as_the_folder_says() {
        try (Model model = Models.of(folder("resnet"))) {
            assertThat(model.card().image().orElseThrow())
                    .hasToString(
                            "3x16x16, scaled by 0.003922, mean [0.485, 0.456, 0.406], deviation [0.229, 0.224, 0.225]");
            Estimate said = model.predict(new BufferedImage(20, 30, BufferedImage.TYPE_INT_RGB));
            assertThat(said.label()).isIn("cat", "dog", "tree");
        }
    }

    @Test
    void an_image_is_resized_by_the_filter_of_the_folder() {
        ImageInput whole = ImageInput.pixels(2, 2, 1);
        ImageInput nearest = new ImageInput(2, 2, 1, false, DType.UINT8, 1, List.of(0.0), List.of(1.0), NEAREST);
        BufferedImage image = new BufferedImage(4, 4, BufferedImage.TYPE_BYTE_GRAY);
        image.getRaster().setSample(1, 1, 0, 200);
        assertThat(nearest).hasToString("1x2x2 by nearest, pixels from 0 to 255");
        assertThat(nearest.tensor(image).floats()).containsExactly(200, 0, 0, 0);
        assertThat(whole.tensor(image).floats()[0]).isBetween(1f, 100f);
    }

    @Test
    void a_text_may_be_shorter() {
        try (Model model = Models.of(folder("gpt2"), 4)) {
            assertThat(model.outputs().get(0).shape()).isEqualTo("Nx4x17");
        }
        assertThatThrownBy(() -> Models.of(folder("gpt2"), 10)).hasMessageContaining("has rows for 9 places");
    }
}
