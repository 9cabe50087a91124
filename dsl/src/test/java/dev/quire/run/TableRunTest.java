package dev.quire.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.quire.Quire;
import dev.quire.QuireException;
import dev.quire.data.Dataset;
import dev.quire.data.Split;
import dev.quire.data.table.Csv;
import dev.quire.data.table.CsvOption;
import dev.quire.inference.Model;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A table with numbers and categories, learned and asked about by the names of its columns. */
class TableRunTest {
    @TempDir
    Path folder;

    @Test
    void a_table_with_categories_is_learned_and_asked_about_by_name() throws IOException {
        StringBuilder text = new StringBuilder("size,city,price\n");
        for (int i = 0; i < 200; i++) {
            String city = i % 2 == 0 ? "Ulm" : "Kiel";
            text.append(i % 10).append(',').append(city).append(',');
            text.append(2 * (i % 10) + (city.equals("Ulm") ? 30 : 0)).append('\n');
        }
        Dataset data = Csv.read(Files.writeString(folder.resolve("houses.csv"), text), CsvOption.target("price"))
                .normalize();
        Run run = Quire.train(
                Quire.sequential(Quire.dense(1)),
                data,
                Quire.epochs(60),
                Quire.batch(16),
                Quire.adam(0.3),
                Quire.seed(1));
        assertThat(run.predict(Map.of("size", 7, "city", "Ulm")).values()[0]).isCloseTo(44, within(1f));
        assertThat(run.predict(Map.of("size", 7, "city", "Kiel")).values()[0]).isCloseTo(14, within(1f));
        assertThat(run.predict(7, 1, 0).values()[0])
                .isEqualTo(run.predict(Map.of("size", 7, "city", "Kiel")).values()[0]);
        for (String name : List.of("houses.onnx", "houses.pt")) {
            Model file = Quire.load(run.export(folder.resolve(name).toString()).toString());
            assertThat(file.card().columns()).isEqualTo(data.columns());
            assertThat(file.predict(Map.of("size", 7, "city", "Ulm")).values()[0])
                    .isCloseTo(run.predict(Map.of("size", 7, "city", "Ulm")).values()[0], within(1e-4f));
        }
        assertThat(run.predict(new float[] {7, 1, 0}).values())
                .isEqualTo(run.predict(7, 1, 0).values());
        assertThat(run.evaluate()).isEqualTo(run.evaluate(Split.TEST));
        assertThatThrownBy(() -> run.predict(Map.of("size", 7)))
                .isInstanceOf(QuireException.class)
                .hasMessage("houses: the row has no value for 'city': a row has 'size', 'city'");
        assertThatThrownBy(() -> run.predict(7, 1))
                .isInstanceOf(QuireException.class)
                .hasMessage("houses takes 3 numbers (size; city: Kiel, Ulm), got 2");
    }
}
