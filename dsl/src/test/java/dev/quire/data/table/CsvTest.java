package dev.quire.data.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quire.QuireException;
import dev.quire.data.Column;
import dev.quire.data.Dataset;
import dev.quire.data.HoldOut;
import dev.quire.data.Split;
import dev.quire.data.Tensors;
import dev.quire.graph.DType;
import dev.quire.graph.Shape;
import dev.quire.view.Displays;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvTest {
    private static final String HOUSES = """
            id,rooms,size,price,kind
            1,3,70.5,210.25,flat
            2,5,120,480,house
            3,2,45,150,flat
            4,"4",1e2,300,house
            """;

    @TempDir
    Path folder;

    private Path write(String text) {
        try {
            return Files.writeString(folder.resolve("houses.csv"), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void refused(String text, String message, CsvOption... options) {
        assertThatThrownBy(() -> Csv.read(write(text), options))
                .isInstanceOf(QuireException.class)
                .hasMessage(message);
    }

    @Test
    void a_text_target_is_a_class_and_the_last_column_without_more_words() {
        Dataset data = Csv.read(write(HOUSES), CsvOption.without("id"));
        assertThat(data).hasToString("houses: 4 train, 3 features, 2 classes, balanced, 0.0 MB");
        assertThat(data.classes()).containsExactly("flat", "house");
        assertThat(data.train().example(0).floats()).containsExactly(3, 70.5f, 210.25f);
        assertThat(data.train().example(3).floats()).containsExactly(4, 100, 300);
        assertThat(data.train().example(1).label()).isEqualTo("house");
    }

    @Test
    void a_numeric_target_is_regressed_on_unless_told_otherwise() {
        Dataset data = Csv.read(write(HOUSES), CsvOption.target("price"), CsvOption.features("size", "rooms"));
        assertThat(data).hasToString("houses: 4 train, 2 features, regression on 1 value, 0.0 MB");
        assertThat(data.target().name()).isEqualTo("price");
        assertThat(data.target().type()).isEqualTo(DType.FLOAT32);
        assertThat(data.target().shape()).isEqualTo(Shape.of(1));
        assertThat(data.train().example(0).floats()).containsExactly(70.5f, 3);
        assertThat(data.train().example(0).target().floats()).containsExactly(210.25f);
        Dataset classes = Csv.read(
                write(HOUSES), CsvOption.target("rooms"), CsvOption.classification(), CsvOption.without("kind"));
        assertThat(classes.classes()).containsExactly("2", "3", "4", "5");
    }

    @Test
    void numbers_as_classes_are_in_the_order_of_numbers() {
        Dataset data = Csv.read(write("a,target\n1,10\n2,9\n3,100\n"), CsvOption.classification());
        assertThat(data.classes()).containsExactly("9", "10", "100");
    }

    @Test
    void a_column_named_target_is_the_target() {
        assertThat(Csv.read(write("target,a\nx,1\ny,2\n")).classes()).containsExactly("x", "y");
    }

    @Test
    void a_fifth_is_held_out_and_as_much_as_is_said() {
        StringBuilder text = new StringBuilder("a;kind\n");
        for (int i = 0; i < 100; i++) {
            text.append(i).append(';').append(i % 2 == 0 ? "even" : "odd").append('\n');
        }
        Dataset data = Csv.read(write(text.toString()), CsvOption.separator(';'));
        assertThat(data).hasToString("houses: 80 train, 20 test, 1 feature, 2 classes, balanced, 0.0 MB");
        assertThat(Csv.read(write(text.toString()), CsvOption.separator(';'), new HoldOut(0))
                        .splits())
                .containsOnlyKeys(Split.TRAIN);
    }

    @Test
    void a_file_without_a_header_is_noticed() {
        Dataset data = Csv.read(write("5.1,3.5,setosa\n4.9,3.0,other\n"));
        assertThat(data.train().count()).isEqualTo(2);
        assertThat(data.inputs().get(0).shape()).isEqualTo(Shape.of(2));
        Dataset years = Csv.read(write("2020,2021,kind\n1,2,a\n3,4,b\n"), CsvOption.header(true));
        assertThat(years.train().count()).isEqualTo(2);
        assertThat(Csv.read(write("1,2\n3,4\n"), CsvOption.target("1")).target().name())
                .isEqualTo("1");
    }

    @Test
    void a_missing_column_is_named_with_the_nearest_ones() {
        refused(HOUSES, "houses.csv has no column 'prize': did you mean 'price', 'size'?", CsvOption.target("prize"));
        refused(HOUSES, "houses.csv has no column 'Size': did you mean 'size'?", CsvOption.features("Size"));
        refused(
                HOUSES,
                "houses.csv has no column 'zzzzzzzz': its columns are 'id', 'rooms', 'size', 'price', 'kind'",
                CsvOption.without("zzzzzzzz"));
    }

    @Test
    void what_is_not_a_number_is_named_by_file_row_and_column() {
        for (String wrong : new String[] {"many", "1,5", "NaN", "Infinity", "0x10", "3f", "1e99", "--"}) {
            refused(
                    HOUSES.replace(",120,", ",\"" + wrong + "\","),
                    "houses.csv, row 3, column 'size': '" + wrong
                            + "' is not a number: correct it, leave the column out with without(\"size\"), or take its"
                            + " values as categories with categories(\"size\")");
        }
    }

    @Test
    void columns_of_text_are_categories_each_with_an_element_of_its_own() {
        Dataset data = Csv.read(write(HOUSES), CsvOption.target("price"), CsvOption.without("id"));
        assertThat(data).hasToString("houses: 4 train, 4 features from 3 columns, regression on 1 value, 0.0 MB");
        assertThat(data.columns())
                .containsExactly(
                        new Column("rooms", List.of()),
                        new Column("size", List.of()),
                        new Column("kind", List.of("flat", "house")));
        assertThat(data.train().example(0).floats()).containsExactly(3, 70.5f, 1, 0);
        assertThat(data.train().example(1).floats()).containsExactly(5, 120, 0, 1);
        assertThat(Displays.plain(data)).contains("rooms   size  kind   price").contains("    3   70.5  flat   210.3");
    }

    @Test
    void numbers_are_categories_where_that_is_said() {
        Dataset data = Csv.read(
                write("zip,size,price\n10,1,5\n9,2,6\nB7,3,7\n"),
                CsvOption.categories("zip"),
                CsvOption.target("price"));
        assertThat(data.columns().get(0).categories()).containsExactly("9", "10", "B7");
        refused(
                HOUSES,
                "houses.csv: categories(\"price\") is no column to learn from: leave it out of categories",
                CsvOption.categories("price"),
                CsvOption.target("price"));
    }

    @Test
    void a_column_of_names_is_no_category() {
        StringBuilder text = new StringBuilder("name,size,price\n");
        for (int i = 0; i < 120; i++) {
            text.append("n")
                    .append(i)
                    .append(',')
                    .append(i)
                    .append(',')
                    .append(2 * i)
                    .append('\n');
        }
        refused(
                text.toString(),
                "houses.csv: column 'name' has 120 different texts; more than 100 are no categories: leave them out with"
                        + " without(\"name\")");
    }

    @Test
    void other_categories_make_another_fingerprint() {
        String other = HOUSES.replace("flat", "tent");
        Dataset data = Csv.read(write(HOUSES), CsvOption.target("price"), CsvOption.without("id"));
        Dataset same = Csv.read(write(HOUSES), CsvOption.target("price"), CsvOption.without("id"));
        Dataset tents = Csv.read(write(other), CsvOption.target("price"), CsvOption.without("id"));
        assertThat(data.fingerprint()).isEqualTo(same.fingerprint()).isNotEqualTo(tents.fingerprint());
    }

    @Test
    void a_row_by_itself_becomes_an_example_by_the_names_of_its_columns() {
        Dataset data = Csv.read(write(HOUSES), CsvOption.target("price"), CsvOption.without("id"));
        assertThat(TableRow.like(data, Map.of("rooms", 4, "size", "88.5", "kind", "house"))
                        .floats())
                .containsExactly(4, 88.5f, 0, 1);
        assertThat(TableRow.like(data, Map.of("rooms", 4, "size", 1, "kind", "flat", "price", 9))
                        .floats())
                .containsExactly(4, 1, 1, 0);
        assertThat(TableRow.of(data, 4, 88.5, 0, 1).floats()).containsExactly(4, 88.5f, 0, 1);
    }

    @Test
    void a_row_that_does_not_fit_is_refused_with_its_column() {
        Dataset data = Csv.read(write(HOUSES), CsvOption.target("price"), CsvOption.without("id"));
        refusedRow(
                data,
                Map.of("rooms", 4),
                "houses: the row has no value for 'size', 'kind': a row has 'rooms', 'size', 'kind'");
        refusedRow(
                data,
                Map.of("rooms", 4, "Size", 1, "kind", "flat"),
                "houses has no column 'Size': did you mean 'size'?");
        refusedRow(
                data,
                Map.of("rooms", "many", "size", 1, "kind", "flat"),
                "houses, column 'rooms': 'many' is not a number");
        refusedRow(
                data,
                Map.of("rooms", 4, "size", 1, "kind", "horse"),
                "houses, column 'kind': 'horse' was not among the texts that were learned from: did you mean 'house'?");
        assertThatThrownBy(() -> TableRow.of(data, 4, 88.5))
                .isInstanceOf(QuireException.class)
                .hasMessage("houses takes 4 numbers (rooms; size; kind: flat, house), got 2");
        Dataset array = Tensors.of(new float[][] {{1, 2}, {3, 4}}, new int[] {0, 1});
        refusedRow(
                array,
                Map.of("a", 1),
                array.name() + " has no named columns: give it an example, as in data.test().example(0), or the"
                        + " numbers of one");
    }

    private static void refusedRow(Dataset data, Map<String, ?> row, String message) {
        assertThatThrownBy(() -> TableRow.like(data, row))
                .isInstanceOf(QuireException.class)
                .hasMessage(message);
    }

    @Test
    void an_empty_field_is_named_and_its_row_left_out_when_told_to() {
        String text = HOUSES.replace("70.5", "");
        refused(
                text,
                "houses.csv, row 2, column 'size' is empty: fill it in, or leave such rows out with dropMissing()");
        assertThat(Csv.read(write(text), CsvOption.dropMissing()).train().count())
                .isEqualTo(3);
        assertThat(Csv.read(write(text), CsvOption.without("size")).train().count())
                .isEqualTo(4);
        refused(
                "a,target\n,1\n,2\n",
                "houses.csv has an empty field in every row: dropMissing() leaves none",
                CsvOption.dropMissing());
    }

    @Test
    void a_ragged_row_is_named() {
        refused(
                HOUSES + "5,6,7\n",
                "houses.csv, row 6: 3 fields, the header has 5: correct the row, or say what stands between fields with"
                        + " separator(';')");
    }

    @Test
    void an_empty_and_a_missing_file_are_named() {
        refused("", "houses.csv is empty: a table needs at least one row");
        refused("a,b\n", "houses.csv has a header and no rows: a table needs at least one row");
        refused(
                "a;b\n1;2\n",
                "houses.csv has no column to learn from beside the target 'a;b': say what stands between fields with"
                        + " separator(';')");
        Path nothing = folder.resolve("nothing.csv");
        assertThatThrownBy(() -> Csv.read(nothing)).hasMessage("no file " + nothing + ": looked for " + nothing);
    }

    @Test
    void a_byte_order_mark_and_blank_lines_do_not_matter() {
        Dataset data = Csv.read(write("\ufeffa,target\r\n1,x\r\n\r\n2,y\r\n"));
        assertThat(data.train().count()).isEqualTo(2);
        assertThat(Csv.read(write("\ufeffa,target\n1,x\n"), CsvOption.features("a"))
                        .train()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void text_that_is_not_utf_8_is_said_so() throws IOException {
        Path file = folder.resolve("latin.csv");
        Files.write(file, new byte[] {'a', ',', 'b', '\n', '1', ',', (byte) 0xe9, '\n'});
        assertThatThrownBy(() -> Csv.read(file))
                .isInstanceOf(QuireException.class)
                .hasMessageStartingWith("latin.csv cannot be read: ")
                .hasMessageEndingWith("is it text in UTF-8?");
    }
}
