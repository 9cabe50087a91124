package dev.quire.run.replay;

import static dev.quire.Quire.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.quire.QuireException;
import dev.quire.run.Cells;
import dev.quire.run.Run;
import dev.quire.run.RunFolder;
import dev.quire.run.RunsBelow;
import dev.quire.run.StoredRun;
import dev.quire.run.record.Cell;
import dev.quire.run.record.Export;
import dev.quire.run.record.Replaying;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class ExportTest {
    private static final String HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(1)>";
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path place;

    @RegisterExtension
    final RunsBelow runs = new RunsBelow(() -> place.resolve("runs"));

    @BeforeEach
    void tellCells() {
        Cells.use(() -> new Cells.Told(
                List.of(
                        new Cell(1, "%time var data = iris(); // " + HOSTILE, "done"),
                        new Cell(2, "nowhere()", "failed")),
                Optional.of(new Cell(3, "// ![](../../etc/passwd)\ntrain(dense(3), data)", "running"))));
    }

    @AfterEach
    void tellNoCells() {
        Cells.use(() -> new Cells.Told(List.of(), Optional.empty()));
    }

    private Map<String, String> export(StoredRun run, boolean hasWeights) throws IOException {
        Path file = new Export(run::reading, hasWeights).write(place.resolve("record.zip"));
        Map<String, String> out = new LinkedHashMap<>();
        try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(file))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                out.put(entry.getName(), new String(zip.readAllBytes(), StandardCharsets.ISO_8859_1));
            }
        }
        return out;
    }

    private static StoredRun trained() {
        Run run = train(dense(3), iris(), epochs(2), name("flowers"));
        return StoredRun.of(run.folder().orElseThrow());
    }

    @Test
    void an_archive_holds_the_record_the_notebook_a_script_and_a_page() throws IOException {
        Map<String, String> parts = export(trained(), true);
        assertThat(parts.keySet())
                .contains("README.md", "index.html", "notebook.ipynb", "script.jsh", "export.json")
                .contains("runs/flowers/manifest.json", "runs/flowers/checkpoints/last.safetensors")
                .contains("runs/flowers/environment.json", "runs/flowers/data.json", "runs/flowers/cells.json")
                .doesNotContain("runs/flowers/lock");
        assertThat(parts.get("script.jsh"))
                .contains("// In[1]\n// %time var data")
                .contains("// In[2], failed\n// nowhere()")
                .contains("// In[3]\n// ![](../../etc/passwd)\ntrain(dense(3), data)");
        JsonNode notebook = JSON.readTree(parts.get("notebook.ipynb"));
        assertThat(notebook.at("/cells/1/source/0").asText()).startsWith("%time var data");
        assertThat(notebook.at("/cells/2/metadata/tags/0").asText()).isEqualTo("raises-exception");
        assertThat(notebook.at("/cells/3/metadata/tags/0").asText()).isEqualTo("quire-run");
        assertThat(notebook.at("/cells/3/outputs/0/data/text~1plain").toString())
                .contains("val_accuracy");
        assertThat(notebook.at("/cells/3/outputs/1/data/image~1svg+xml/0").asText())
                .startsWith("<svg");
        assertThat(parts.get("notebook.ipynb")).doesNotContain("root:x:0");
    }

    @Test
    void neither_the_user_nor_the_host_is_named() throws IOException {
        String host = Files.exists(Path.of("/etc/hostname"))
                ? Files.readString(Path.of("/etc/hostname")).strip()
                : "no host";
        export(trained(), true)
                .forEach((name, text) -> assertThat(text)
                        .as(name)
                        .doesNotContain(System.getProperty("user.home") + "/")
                        .doesNotContainPattern("\\b" + java.util.regex.Pattern.quote(host) + "\\b"));
    }

    @Test
    void a_page_runs_nothing_loads_nothing_and_shows_markup_as_text() throws IOException {
        StoredRun run = trained();
        ObjectNode data = RunFolder.read(run.folder().data());
        data.put("name", HOSTILE).put("source", "javascript:" + HOSTILE).put(HOSTILE, HOSTILE);
        Files.writeString(run.folder().data(), data.toString());
        ObjectNode state = RunFolder.read(run.folder().run());
        Files.writeString(
                run.folder().run(),
                state.put("sentence", HOSTILE)
                        .put("data", HOSTILE)
                        .put("state", HOSTILE)
                        .toString());
        Files.writeString(
                run.folder().metrics(),
                Files.readString(run.folder().metrics()).replace("accuracy", HOSTILE.replace(",", "")));
        Map<String, String> parts = export(run, true);
        String page = parts.get("index.html");
        assertThat(page)
                .contains("default-src 'none'; style-src 'sha256-")
                .contains("&lt;script&gt;alert(1)&lt;/script&gt;")
                .doesNotContain("<script")
                .doesNotContain("<img")
                .doesNotContain("<a ")
                .doesNotContain("style=");
        JsonNode notebook = JSON.readTree(parts.get("notebook.ipynb"));
        assertThat(notebook.at("/cells/3/outputs/1/data/image~1svg+xml").toString())
                .contains("<svg")
                .doesNotContain("<script")
                .doesNotContain("<img");
        assertThat(notebook.at("/cells/0/source").toString()).doesNotContain("<script");
    }

    @Test
    void weights_may_stay_behind_and_are_then_not_called_altered() throws IOException {
        StoredRun run = trained();
        assertThat(export(run, false).keySet()).noneMatch(name -> name.contains("checkpoints"));
        Path unpacked = Files.createDirectory(place.resolve("unpacked"));
        PackedRecord record = PackedRecord.open(place.resolve("record.zip").toString(), unpacked);
        assertThat(record.run().name()).isEqualTo("flowers");
        assertThat(record.altered()).isEmpty();
        assertThat(record.notes()).containsExactly("the checkpoints were left out");
    }

    @Test
    void a_part_that_was_altered_is_named() throws IOException {
        StoredRun run = trained();
        Files.writeString(run.folder().spec(), "{}");
        run.record(place.resolve("record.zip").toString());
        Path unpacked = Files.createDirectory(place.resolve("unpacked"));
        PackedRecord record = PackedRecord.open(place.resolve("record.zip").toString(), unpacked);
        assertThat(record.altered()).containsExactly("spec.json was altered");
    }

    @Test
    void a_record_of_a_newer_version_is_refused() throws IOException {
        Path unpacked = Files.createDirectory(place.resolve("unpacked"));
        trained().record(place.resolve("record.zip").toString());
        Archive.STANDARD.unpack(place.resolve("record.zip"), unpacked);
        Files.writeString(unpacked.resolve("export.json"), "{\"version\":2}");
        assertThatThrownBy(() -> PackedRecord.open(unpacked.toString(), place))
                .isInstanceOf(QuireException.class)
                .hasMessageEndingWith("is a record of version 2, this Quire reads version 1: use the Quire that wrote"
                        + " it, or a newer one");
    }

    @Test
    void what_cannot_be_exported_says_why() {
        Run unrecorded = train(dense(3), iris(), epochs(1), unrecorded());
        assertThatThrownBy(() -> unrecorded.record("x.zip")).hasMessageContaining("was not recorded");
        StoredRun run = trained();
        assertThatThrownBy(() -> run.record("x.tar")).hasMessageContaining("name it x.tar.zip");
        assertThatThrownBy(() -> run.record(place.resolve("nowhere/x.zip").toString()))
                .hasMessageContaining("there is no folder");
        assertThatThrownBy(() -> PackedRecord.run("flowrs")).hasMessageContaining("did you mean 'flowers'");
    }

    @Test
    void while_a_record_is_replayed_nothing_is_exported() {
        StoredRun run = trained();
        Path file = place.resolve("record.zip");
        try (Replaying replaying = Replaying.in(place.resolve("elsewhere"))) {
            assertThat(RunFolder.root()).isEqualTo(place.resolve("elsewhere"));
            run.record(file.toString());
        }
        assertThat(file).doesNotExist();
        assertThat(RunFolder.root()).isEqualTo(place.resolve("runs"));
    }
}
