package dev.quire.data.known;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.quire.QuireException;
import dev.quire.data.DataFolders;
import dev.quire.data.Dataset;
import dev.quire.data.Example;
import dev.quire.data.Progress;
import dev.quire.data.Split;
import dev.quire.data.transform.Normalize;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Needs the real files: in the folder named by QUIRE_DATASETS, or in shared/datasets beside the repository. */
class RealDataTest {
    @TempDir
    Path cache;

    private Path folder(String name) {
        Path folder = DataFolders.standard()
                .offline()
                .orElseGet(() -> Path.of(System.getProperty("quire.root", "."), "..", "shared", "datasets"));
        assumeTrue(
                Files.isDirectory(folder.resolve(name)),
                "no " + name + " in " + folder + ": set QUIRE_DATASETS to test with it");
        return folder;
    }

    private Dataset load(String name) {
        return new Known(new DataFolders(Optional.of(folder(name)), cache), Progress.silent()).load(name);
    }

    @Test
    void mnist_is_read_from_the_folder() {
        Dataset mnist = load("mnist");
        assertThat(mnist).hasToString("mnist: 60,000 train, 10,000 test, 1x28x28, 10 classes, balanced, 55.4 MB");
        assertThat(mnist.test().example(0).label()).isEqualTo("7");
        assertThat(mnist.train().example(0).label()).isEqualTo("5");
        assertThat(mnist.transforms()).endsWith(new Normalize(List.of(0.1307), List.of(0.3081)));
        Normalize measured = (Normalize) mnist.normalize().transforms().get(1);
        assertThat(measured.means().get(0)).isCloseTo(0.1307, org.assertj.core.data.Offset.offset(2e-3));
        assertThat(measured.deviations().get(0)).isCloseTo(0.3081, org.assertj.core.data.Offset.offset(2e-3));
        assertThat(mnist.fingerprint()).isEqualTo(load("mnist").fingerprint());
    }

    @Test
    void a_damaged_file_of_the_folder_is_named_with_both_hashes() throws Exception {
        Path copy = Files.createDirectories(cache.resolve("own/mnist"));
        Path labels = copy.resolve("train-labels-idx1-ubyte.gz");
        Path from = folder("mnist").resolve("mnist");
        Files.copy(from.resolve("train-images-idx3-ubyte.gz"), copy.resolve("train-images-idx3-ubyte.gz"));
        Files.copy(from.resolve("t10k-labels-idx1-ubyte.gz"), labels);
        Known known = new Known(new DataFolders(Optional.of(cache.resolve("own")), cache), Progress.silent());
        assertThatThrownBy(() -> known.load("mnist"))
                .isInstanceOf(QuireException.class)
                .hasMessageContaining(labels.toString())
                .hasMessageContaining("65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5")
                .hasMessageContaining("ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2")
                .hasMessageContaining("replace it");
        assertThat(labels).exists();
    }

    @Test
    void shakespeare_is_windows_of_characters_and_its_end_is_for_validation() {
        Dataset text = load("tinyshakespeare");
        assertThat(text)
                .hasToString("tinyshakespeare: 1,003,790 train, 111,476 validation, windows of 64 tokens,"
                        + " a vocabulary of 65, 8.9 MB");
        Example first = text.train().example(0);
        assertThat(first.text()).startsWith("First Citizen:\nBefore we proceed").hasSize(64);
        assertThat(first.label()).startsWith("irst Citizen:\nBefore we proceed").hasSize(64);
        assertThat(text.validationSplit()).contains(Split.VALIDATION);
    }

    @Test
    void cifar10_is_read_from_its_jpegs() {
        Dataset cifar = load("cifar10");
        assertThat(cifar)
                .hasToString("cifar10: 50,000 train, 10,000 test, 3x32x32, 10 classes, balanced, 185 MB, JPEG copies");
        assertThat(cifar.classes()).startsWith("airplane", "automobile").hasSize(10);
        assertThat(cifar.transforms()).hasSize(2);
        Normalize measured = (Normalize) cifar.normalize().transforms().get(1);
        assertThat(measured.means().get(0)).isCloseTo(0.4914, org.assertj.core.data.Offset.offset(5e-3));
        assertThat(measured.deviations().get(2)).isCloseTo(0.2616, org.assertj.core.data.Offset.offset(5e-3));
    }
}
