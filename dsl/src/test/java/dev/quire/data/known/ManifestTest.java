package dev.quire.data.known;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quire.data.DataFolders;
import dev.quire.data.Dataset;
import dev.quire.data.Example;
import dev.quire.data.Fingerprint;
import dev.quire.data.Progress;
import dev.quire.data.Split;
import dev.quire.graph.DType;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManifestTest {
    @TempDir
    Path folder;

    private static List<String> names() throws IOException {
        Path datasets = Path.of(System.getProperty("quire.root", "..")).resolve("datasets");
        try (Stream<Path> folders = Files.list(datasets)) {
            return folders.filter(path -> Files.exists(path.resolve("manifest.json")))
                    .map(path -> path.getFileName().toString())
                    .toList();
        }
    }

    @Test
    void every_manifest_says_where_its_data_is_from_and_how_to_check_it() throws IOException {
        assertThat(names()).contains("digits", "mnist", "fashion-mnist", "cifar10", "tinyshakespeare");
        for (String name : names()) {
            Manifest manifest = Manifest.of(name);
            assertThat(manifest.name()).isEqualTo(name);
            assertThat(List.of(manifest.title(), manifest.licence(), manifest.source(), manifest.citation()))
                    .doesNotContain("");
            assertThat(manifest.means()).hasSameSizeAs(manifest.deviations());
            for (Manifest.Resource resource : manifest.files()) {
                assertThat(resource.contents()).isNotEmpty().allSatisfy(content -> {
                    assertThat(content.sha256()).matches("[0-9a-f]{64}");
                    assertThat(content.bytes()).isPositive();
                });
                assertThat(resource.urls()).extracting(URI::getScheme).isSubsetOf("https", "http");
            }
        }
    }

    @Test
    void a_bundled_table_is_the_one_of_its_manifest() throws IOException {
        for (String name : names()) {
            Manifest manifest = Manifest.of(name);
            if (manifest.format() == Manifest.Format.TABLE) {
                try (InputStream in = Manifest.open(name, name + ".csv")) {
                    assertThat(Fingerprint.hex(Fingerprint.sha256().digest(in.readAllBytes())))
                            .isEqualTo(manifest.files().get(0).contents().get(0).sha256());
                }
            }
        }
    }

    @Test
    void the_binary_batches_of_cifar_are_read_in_order() throws IOException {
        Path archive = Files.createDirectories(folder.resolve("tiny")).resolve("tiny.tar.gz");
        List<Manifest.Content> contents = new ArrayList<>();
        try (TarArchiveOutputStream out =
                new TarArchiveOutputStream(new GZIPOutputStream(Files.newOutputStream(archive)))) {
            for (int batch : new int[] {2, 0, 1}) {
                byte[] bytes = new byte[2 * 13];
                for (int i = 0; i < bytes.length; i++) {
                    bytes[i] = (byte) (i % 13 == 0 ? batch : 100 * batch + i);
                }
                TarArchiveEntry entry = new TarArchiveEntry("tiny/" + batch + ".bin");
                entry.setSize(bytes.length);
                out.putArchiveEntry(entry);
                out.write(bytes);
                out.closeArchiveEntry();
                contents.add(new Manifest.Content(
                        entry.getName(),
                        bytes.length,
                        Fingerprint.hex(Fingerprint.sha256().digest(bytes))));
            }
        }
        contents.add(contents.remove(0));
        Manifest manifest = new Manifest(
                "tiny",
                "",
                "",
                "",
                "",
                Manifest.Format.CIFAR,
                DType.UINT8,
                List.of(3L, 2L, 2L),
                255,
                false,
                List.of(),
                List.of(),
                List.of("a", "b", "c"),
                0,
                0,
                List.of(new Manifest.Resource("tiny.tar.gz", List.of(), contents)),
                "");
        Fetcher fetcher = new Fetcher(manifest, new DataFolders(Optional.of(folder), folder), Progress.silent());
        Dataset data = Cifar.read(manifest, fetcher);
        assertThat(data.splits().get(Split.TRAIN).count()).isEqualTo(4);
        assertThat(data.train().labels()).containsExactly(0, 0, 1, 1);
        assertThat(data.test().labels()).containsExactly(2, 2);
        Example third = data.train().example(3);
        assertThat(third.floats()).startsWith(114, 115).hasSize(12);
        assertThat(third.label()).isEqualTo("b");
    }
}
