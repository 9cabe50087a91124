package dev.quire.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quire.view.SummaryTable.Row;
import java.util.List;
import org.junit.jupiter.api.Test;

class SummaryTableTest {
    private final SummaryTable table = new SummaryTable(
            "3 layers on 1x8x8",
            List.of(
                    new Row("0", "conv(16, 3)", "16x8x8", 160, 9_216, 4_096),
                    new Row("1", "relu()", "16x8x8", 0, 0, 4_096),
                    new Row("2", "dense(10)<T>", "10", 10_250, 10_240_000, 40)));

    @Test
    void layers_are_aligned_and_summed_up() {
        assertThat(table.toString()).isEqualTo("""
                        name   layer         output  parameters  multiply-adds   memory
                        ---------------------------------------------------------------
                        0      conv(16, 3)   16x8x8         160          9,216  4.10 KB
                        1      relu()        16x8x8                             4.10 KB
                        2      dense(10)<T>      10      10,250         10.2 M     40 B
                        ---------------------------------------------------------------
                        total                            10,410         10.2 M  8.23 KB
                        3 layers on 1x8x8; multiply-adds and memory are for one example""");
    }

    @Test
    void html_is_escaped_and_has_a_foot() {
        String html = table.display().data().get(Display.HTML);
        assertThat(html).contains("dense(10)&lt;T&gt;", "<tfoot>", ">10,410<").doesNotContain("<T>");
    }
}
