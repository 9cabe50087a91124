package dev.quire.run.export;

import static dev.quire.Quire.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quire.QuireException;
import dev.quire.data.Dataset;
import dev.quire.model.Layer;
import dev.quire.model.json.ModelJson;
import dev.quire.run.Run;
import dev.quire.run.RunFolder;
import dev.quire.run.StoredRun;
import dev.quire.store.Safetensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExportTest {
    private static final Layer NET = sequential(flatten(), dense(16), batchNorm(), relu(), dense(10));
    private static final Dataset DIGITS = digits();

    @TempDir
    static Path runs;

    @TempDir
    Path place;

    private static Run run;

    @BeforeAll
    static void trainOnce() {
        String before = System.getProperty("quire.runs", "");
        System.setProperty("quire.runs", runs.toString());
        run = train(NET, DIGITS, epochs(1), maxBatches(2), seed(5));
        System.setProperty("quire.runs", before);
    }

    private String file(String name) {
        return place.resolve(name).toString();
    }

    @Test
    void json_is_the_network() throws IOException {
        Path written = run.export(file("net.JSON"));
        assertThat(written).isEqualTo(place.resolve("net.JSON"));
        assertThat(ModelJson.read(Files.readString(written))).isEqualTo(NET);
    }

    @Test
    void safetensors_are_the_weights_by_pytorchs_names_with_what_they_are_of() throws IOException {
        Safetensors.Content content = Safetensors.read(run.export(file("net.safetensors")));
        assertThat(content.entries())
                .extracting(Safetensors.Entry::name)
                .containsExactly(
                        "1.weight",
                        "1.bias",
                        "2.weight",
                        "2.bias",
                        "4.weight",
                        "4.bias",
                        "2.running_mean",
                        "2.running_var",
                        "2.num_batches_tracked");
        assertThat(content.entry("1.weight").shape()).isEqualTo(List.of(16L, 64L));
        assertThat(content.entry("4.bias").floats()).isEqualTo(run.weights().get("4.bias"));
        assertThat(content.entry("2.num_batches_tracked").content().getLong()).isEqualTo(2);
        assertThat(content.metadata())
                .containsEntry("format", "pt")
                .containsEntry("run", run.name())
                .containsEntry("data", "digits")
                .containsEntry("classes", "[\"0\",\"1\",\"2\",\"3\",\"4\",\"5\",\"6\",\"7\",\"8\",\"9\"]");
    }

    @Test
    void a_recorded_run_is_exported_like_the_run_itself() throws IOException {
        StoredRun stored = StoredRun.of(new RunFolder(runs.resolve(run.name())));
        Path again = stored.export(file("again.safetensors"));
        assertThat(again).hasSameBinaryContentAs(run.export(file("first.safetensors")));
    }

    @Test
    void an_unknown_ending_lists_those_there_are() {
        assertThatThrownBy(() -> run.export(file("net.h5")))
                .isInstanceOf(QuireException.class)
                .hasMessageContaining("net.h5' ends in none of .json (the network), .safetensors (its weights)");
        assertThatThrownBy(() -> run.export("net")).hasMessageContaining("'net' ends in none of .json");
    }

    @Test
    void a_folder_that_is_not_there_is_named() {
        assertThatThrownBy(() -> run.export(file("none/net.json")))
                .isInstanceOf(QuireException.class)
                .hasMessageContaining("there is no folder " + place.resolve("none"));
        assertThatThrownBy(() -> run.export(place.resolve("x.json").toString() + "/y.json"))
                .hasMessageContaining("there is no folder");
    }

    @Test
    void a_folder_of_that_name_is_left_alone() throws IOException {
        Files.createDirectory(place.resolve("net.json"));
        assertThatThrownBy(() -> run.export(file("net.json"))).hasMessageEndingWith("it is a folder");
    }

    @Test
    void a_run_that_still_trains_is_not_exported() {
        Run going = trainAsync(NET, DIGITS, epochs(100_000), unrecorded());
        try {
            assertThatThrownBy(() -> going.export(file("net.json")))
                    .isInstanceOf(QuireException.class)
                    .hasMessageEndingWith("still trains: export it when it has ended, run.await() waits");
        } finally {
            going.stop().await();
        }
        assertThat(going.export(file("net.json"))).exists();
    }

    @Test
    void what_stops_half_way_leaves_the_file_as_it_was() throws IOException {
        Files.writeString(place.resolve("own.json"), "before");
        Run own =
                train(sequential(flatten(), new OwnClass(), dense(10)), DIGITS, epochs(1), maxBatches(1), unrecorded());
        assertThatThrownBy(() -> own.export(file("own.json")))
                .isInstanceOf(QuireException.class)
                .hasMessageContaining("OwnClass");
        assertThat(Files.readString(place.resolve("own.json"))).isEqualTo("before");
        assertThat(place.toFile().list()).containsExactly("own.json");
    }

    /** A layer of the user's own as a class, which has no JSON. */
    record OwnClass() implements dev.quire.model.Unary {
        @Override
        public dev.quire.graph.Tensor forward(dev.quire.graph.Scope scope, dev.quire.graph.Tensor input) {
            return input.square();
        }
    }
}
