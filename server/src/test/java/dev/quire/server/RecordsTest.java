package dev.quire.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.quire.Quire;
import dev.quire.data.Dataset;
import dev.quire.data.table.Csv;
import dev.quire.data.table.CsvOption;
import dev.quire.run.Run;
import dev.quire.run.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run on a table, asked with rows by the names of its columns. */
class RecordsTest {
    @TempDir
    static Path folder;

    private static TestServer server;
    private static Run run;

    @BeforeAll
    static void start() throws IOException {
        StringBuilder text = new StringBuilder("size,city,price\n");
        for (int i = 0; i < 100; i++) {
            text.append(i).append(i % 2 == 0 ? ",Ulm," : ",Kiel,").append(3 * i).append('\n');
        }
        Dataset data = Csv.read(Files.writeString(folder.resolve("houses.csv"), text), CsvOption.target("price"));
        run = Quire.train(
                Quire.sequential(Quire.dense(1)), data.normalize(), Quire.epochs(2), Quire.adam(0.1), Quire.seed(1));
        server = TestServer.in(folder, options -> options.runs(RunFolder.root()));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static String refused(String body) {
        return server.post("/v1/runs/" + run.name() + "/infer", body).problem();
    }

    @Test
    void rows_of_a_table_are_answered_by_the_names_of_their_columns() {
        JsonNode said = server.post(
                        "/v1/runs/" + run.name() + "/infer",
                        "{\"records\":[{\"size\":7,\"city\":\"Ulm\"},{\"city\":\"Kiel\",\"size\":\"8.5\"}]}")
                .json();
        assertThat(said.path("results")).hasSize(2);
        assertThat(said.path("results").get(0).path("values").get(0).floatValue())
                .isCloseTo(run.predict(Map.of("size", 7, "city", "Ulm")).values()[0], within(1e-4f));
        assertThat(said.path("results").get(1).path("values").get(0).floatValue())
                .isCloseTo(run.predict(Map.of("size", 8.5, "city", "Kiel")).values()[0], within(1e-4f));
    }

    @Test
    void records_that_do_not_fit_are_refused_with_their_number_and_column() {
        assertThat(refused("{\"records\":[{\"size\":7,\"city\":\"Ulm\"},{\"size\":7,\"city\":\"Rom\"}]}"))
                .isEqualTo("400 record 2: " + run.name() + ", column 'city': 'Rom' was not among the texts that were"
                        + " learned from: they are 'Kiel', 'Ulm' | send a number for each column, and of categories one of"
                        + " those that were learned from");
        assertThat(refused("{\"records\":[{\"size\":null,\"city\":\"Ulm\"}]}"))
                .startsWith("400 record 1: " + run.name()
                        + ": the row has no value for 'size': a row has 'size', 'city' |");
        assertThat(refused("{\"records\":[{\"size\":[7],\"city\":\"Ulm\"}]}"))
                .contains("the row has no value for 'size'");
        assertThat(refused("{\"records\":[{\"size\":true,\"city\":\"Ulm\"}]}"))
                .contains("column 'size': 'true' is not a number");
        assertThat(refused("{\"records\":[{\"size\":7,\"town\":\"Ulm\"}]}"))
                .contains(run.name() + " has no column 'town'");
        assertThat(refused("{\"records\":[7]}"))
                .isEqualTo("400 record 1 is no object | send an array of objects, each with size, city");
        assertThat(refused("{\"records\":{\"size\":7}}"))
                .isEqualTo("400 \"records\" is no array | send an array of objects, each with size, city");
        assertThat(refused("{\"records\":[]}")).isEqualTo("400 there is no record in the array | send at least one");
        String one = "{\"size\":7,\"city\":\"Ulm\"}";
        assertThat(refused("{\"records\":[" + (one + ",").repeat(1024) + one + "]}"))
                .isEqualTo("413 the request has more than 1024 records | send them in several requests");
    }
}
