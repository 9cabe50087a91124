package dev.quire.pretrained;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AgreementTest {
    @ParameterizedTest
    @ValueSource(strings = {"vit", "resnet", "resnet-basic", "convnext", "bert", "bert-padded", "gpt2", "sharded"})
    void a_network_answers_as_transformers_does(String name) throws IOException {
        ModelFolder folder = ModelFolder.of(Checkpoints.folder(name).toString());
        assertThat(Checkpoints.worst(folder.whole(), folder.folder())).isLessThan(1e-5);
    }
}
