package dev.quire.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.lang.management.ManagementFactory;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

class DisplaysTest {
    private static String plain(Object value) {
        return Displays.of(value).plain();
    }

    @Test
    void nothing_is_null() {
        assertThat(Displays.of(null).plain()).isEqualTo("null");
    }

    @Test
    void text_is_shown_whole() {
        assertThat(plain("<b>".repeat(200))).isEqualTo("<b>".repeat(200));
    }

    @Test
    void arrays_tell_type_size_and_values() {
        assertThat(plain(new int[] {1, 2, 3})).isEqualTo("int[3] [1, 2, 3]");
        assertThat(plain(new float[][] {{1, 2.5f}, {-3, 4}})).isEqualTo("float[2x2]\n[[  1, 2.5],\n [ -3,   4]]");
        assertThat(plain(new String[][] {{"a"}, {"b", "c"}}))
                .isEqualTo("String[2][] [String[1] [a], String[2] [b, c]]");
        assertThat(plain(new byte[0])).isEqualTo("byte[0] []");
    }

    @Test
    void large_arrays_are_abbreviated_at_their_edges() {
        String text = plain(new double[100][30]);
        assertThat(text).startsWith("double[100x30]\n[[0, 0, 0, …, 0, 0, 0],");
        assertThat(text.lines()).hasSize(8);
    }

    @Test
    void collections_and_records_show_what_they_hold() {
        record Point(int[] at, String name) {}
        assertThat(plain(List.of(1, 2))).isEqualTo("[1, 2]");
        assertThat(plain(Optional.of(new int[] {7}))).isEqualTo("Optional[int[1] [7]]");
        assertThat(plain(new Point(new int[] {1, 2}, "p"))).isEqualTo("Point[at=int[2] [1, 2], name=p]");
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("a", new int[] {1});
        map.put("b", null);
        assertThat(plain(map)).isEqualTo("{a=int[1] [1], b=null}");
    }

    @Test
    void long_collections_say_how_many_more_there_are() {
        assertThat(plain(IntStream.range(0, 1000).boxed().toList()))
                .startsWith("[0, 1, 2,")
                .endsWith("… 980 more]");
        assertThat(plain(Collections.nCopies(3, "x".repeat(50)))).hasLineCount(5);
    }

    @Test
    void a_record_with_its_own_word_keeps_it() {
        record Named(String name) {
            @Override
            public String toString() {
                return "it is " + name;
            }
        }
        assertThat(plain(new Named("me"))).isEqualTo("it is me");
    }

    @Test
    void a_value_that_fails_to_show_itself_says_so() {
        Object broken = new Object() {
            @Override
            public String toString() {
                throw new IllegalStateException("closed");
            }
        };
        assertThat(plain(broken)).contains("cannot be shown: IllegalStateException: closed");
        assertThat(plain(List.of("fine", broken))).startsWith("[").contains("fine", "cannot be shown");
        Displayable failing = () -> {
            throw new IllegalStateException("no");
        };
        assertThat(plain(failing)).contains("cannot be shown: IllegalStateException: no");
    }

    @Test
    void a_collection_that_holds_itself_ends() {
        List<Object> own = new java.util.ArrayList<>();
        own.add(own);
        assertThat(plain(own)).isEqualTo("[(itself)]");
        List<Object> wide = new java.util.ArrayList<>();
        Object inner = List.of(1);
        for (int depth = 0; depth < 30; depth++) {
            inner = Collections.nCopies(20, inner);
        }
        wide.add(inner);
        assertThat(plain(wide)).contains("…").hasSizeLessThan(100_000);
    }

    @Test
    void a_text_longer_than_anybody_reads_is_cut_and_counted() {
        assertThat(plain("x".repeat(100_000_000))).hasSizeLessThan(250_000).endsWith("x… 99,800,000 more characters");
        Object long100 = new Object() {
            @Override
            public String toString() {
                return "y".repeat(100_000_000);
            }
        };
        assertThat(plain(long100)).hasSizeLessThan(250_000);
    }

    @Test
    void a_stream_is_not_read() {
        IntStream stream = IntStream.range(0, 3);
        assertThat(plain(stream)).isEqualTo("a stream, not read: collect it, as with toList()");
        assertThat(stream.sum()).isEqualTo(3);
    }

    @Test
    void an_exception_says_what_and_why_without_frames() {
        assertThat(plain(new IllegalStateException("late", new RuntimeException("slow"))))
                .isEqualTo("java.lang.IllegalStateException: late\ncaused by java.lang.RuntimeException: slow");
    }

    @Test
    void matrices_are_tables_cropped_with_their_shape_named() {
        String small =
                Displays.of(new float[][] {{1, 2.5f}, {-3, Float.NaN}}).data().get(Display.HTML);
        assertThat(small).contains("<td>2.5</td>", "<td>NaN</td>", "float[2x2]");
        Display large = Displays.of(new double[1000][500]);
        assertThat(large.data().get(Display.HTML))
                .contains("double[1000x500]", "…")
                .hasSizeLessThan(6_000);
        assertThat(Displays.of(new int[][] {{1}, {1, 2}}).data()).containsOnlyKeys(Display.TEXT);
    }

    @Test
    void maps_and_lists_of_records_are_tables() {
        record Trial(String name, double score) {}
        String html = Displays.of(List.of(new Trial("<a>", 0.5), new Trial("b", 0.25)))
                .data()
                .get(Display.HTML);
        assertThat(html).contains(">name</th>", "<th>score</th>", "&lt;a&gt;", "<td>0.25</td>", "Trial: 2 rows");
        assertThat(Displays.plain(List.of(new Trial("a", 0.5), new Trial("b", 0.25))))
                .isEqualTo(
                        String.join("\n", "name  score", "-----------", "a       0.5", "b      0.25", "Trial: 2 rows"));
        assertThat(Displays.of(Map.of("lr", 1e-3)).data().get(Display.HTML)).contains("<td>0.001</td>", "1 entry");
        assertThat(Displays.of(List.of(1, 2)).data()).containsOnlyKeys(Display.TEXT);
    }

    @Test
    void a_terminal_asks_for_text_and_nothing_is_drawn() {
        Displayable costly = new Displayable() {
            @Override
            public Display display() {
                throw new AssertionError("drawn");
            }

            @Override
            public String plain() {
                return "cheap";
            }
        };
        assertThat(Displays.plain(costly)).isEqualTo("cheap");
        assertThat(Displays.plain(null)).isEqualTo("null");
    }

    /** The bytes that this thread has taken from the heap so far. */
    private static long allocated() {
        return ((com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
    }

    @Test
    void heads_of_a_table_sort_without_a_script_element_or_a_name() {
        Table table = Table.create("", IntColumn.indexColumn("row", 150, 0));
        String html = Displays.of(table).data().get(Display.HTML);
        assertThat(html).contains("onclick=", "<td>149</td>").doesNotContain("<script", "id=", "http");
        Table million = Table.create("", IntColumn.indexColumn("row", 1_000_000, 0));
        Displays.of(million);
        long before = allocated();
        assertThat(Displays.of(million).data().get(Display.HTML)).hasSizeLessThan(5_000);
        assertThat(allocated() - before).as("a copy of the column has 4 MB").isLessThan(2_000_000);
    }

    @Test
    void pictures_are_png_and_characters() {
        BufferedImage image = new BufferedImage(8, 8, BufferedImage.TYPE_BYTE_GRAY);
        image.getRaster().setSample(0, 0, 0, 255);
        Display display = Displays.of(image);
        assertThat(display.data()).containsOnlyKeys(Display.TEXT, Display.PNG);
        assertThat(display.plain()).startsWith("8x8 image\n██ ");
    }

    @Test
    void a_type_can_be_given_a_display() {
        record Temperature(double degrees) {}
        Displays.register(Temperature.class, t -> Display.text(t.degrees() + " °C"));
        assertThat(plain(new Temperature(21.5))).isEqualTo("21.5 °C");
    }

    @Test
    void tables_are_aligned_and_escaped() {
        Table table = Table.create(
                "pets",
                StringColumn.create("name", "<b>Ada</b>", "Bo"),
                IntColumn.create("age", 3, 12),
                DoubleColumn.create("weight", 4.25, Double.NaN));
        Display display = Displays.of(table);
        assertThat(display.plain()).isEqualTo("""
                        name        age  weight
                        -----------------------
                        <b>Ada</b>    3    4.25
                        Bo           12
                        pets: 2 rows, 3 columns""");
        String html = display.data().get(Display.HTML);
        assertThat(html)
                .contains("&lt;b&gt;Ada&lt;/b&gt;", "<td>12</td>", "pets: 2 rows, 3 columns")
                .doesNotContain("<b>");
    }

    @Test
    void long_tables_show_their_head_and_tail() {
        Table table = Table.create("", IntColumn.indexColumn("row", 1000, 0));
        Display display = Displays.of(table);
        assertThat(display.plain()).hasLineCount(2 + 10 + 1 + 5 + 1).endsWith("1,000 rows, 1 column");
        assertThat(display.plain()).contains("\n  9\n  …\n995\n");
        assertThat(display.data().get(Display.HTML)).containsOnlyOnce(">…<");
    }

    @Test
    void wide_tables_leave_out_columns_in_the_middle() {
        Table table = Table.create("wide");
        IntStream.range(0, 40).forEach(i -> table.addColumns(IntColumn.create("c" + i, 1)));
        assertThat(Displays.of(table).plain()).contains("c11  …  c37", "1 row, 40 columns");
    }

    @Test
    void a_format_the_user_gave_a_column_is_kept() {
        DoubleColumn share = DoubleColumn.create("share", 0.5, 0.25);
        share.setPrintFormatter(new java.text.DecimalFormat("0%"), "");
        assertThat(Displays.of(Table.create("t", share)).plain()).contains("50%");
    }
}
