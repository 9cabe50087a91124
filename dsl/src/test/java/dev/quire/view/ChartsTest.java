package dev.quire.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quire.QuireException;
import dev.quire.metric.ConfusionMatrix;
import dev.quire.metric.History;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.HeatMapChart;
import org.knowm.xchart.HeatMapChartBuilder;
import org.knowm.xchart.XYChart;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

class ChartsTest {
    static History history(int epochs) {
        History history = History.empty();
        for (int i = 1; i <= epochs; i++) {
            Map<String, Double> row = new LinkedHashMap<>();
            row.put("loss", 2 * Math.exp(-i / 4.0));
            row.put("accuracy", 1 - 0.8 * Math.exp(-i / 3.0));
            row.put("val_loss", 2 * Math.exp(-i / 4.0) + 0.02 * i);
            row.put("val_accuracy", 0.98 - 0.8 * Math.exp(-i / 3.0) - 0.002 * i);
            row.put("learning_rate", 1e-3);
            row.put("seconds", 0.3);
            row.put("examples_per_second", 4321.0);
            history = history.append(row);
        }
        return history;
    }

    static Element svg(Chart chart) throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(chart.svg())))
                .getDocumentElement();
    }

    @Test
    void curves_draw_loss_and_the_other_metrics_side_by_side() throws Exception {
        Chart chart = Charts.curves(history(30));
        assertThat(chart.xcharts()).hasSize(2).allMatch(XYChart.class::isInstance);
        assertThat(chart.xchart().getTitle()).matches("loss   best 0\\.\\d+ in epoch 13");
        assertThat(chart.xcharts().get(1).getTitle()).startsWith("accuracy   best 0.94");
        assertThat(svg(chart).getAttribute("width")).isEqualTo("900");
        assertThat(chart.svg()).contains("stroke-dasharray", "#0072b2", "#d55e00");
        assertThat(chart.svg().length()).as("small enough for a notebook").isLessThan(80_000);
    }

    @Test
    void curves_are_drawn_for_one_epoch_and_for_the_loss_alone() throws Exception {
        assertThat(svg(Charts.curves(history(1))).getTagName()).isEqualTo("svg");
        History loss = History.empty().append(Map.of("loss", 1.0)).append(Map.of("loss", Double.NaN));
        assertThat(Charts.curves(loss).xcharts()).hasSize(1);
        assertThat(Charts.curves(loss).svg()).startsWith("<svg");
    }

    @Test
    void curves_of_nothing_are_refused() {
        assertThatThrownBy(() -> Charts.curves(History.empty()))
                .isInstanceOf(QuireException.class)
                .hasMessage("nothing to draw: no epoch has finished yet");
    }

    @Test
    void in_a_terminal_curves_are_dots_with_axes() {
        String text = Charts.curves(history(30)).text();
        assertThat(text).hasLineCount(14).contains("┤", "── train   ╌╌ validation", "30");
        assertThat(text.lines()).allMatch(line -> line.length() <= 100);
    }

    @Test
    void a_confusion_matrix_names_its_classes_and_counts() {
        ConfusionMatrix matrix = new ConfusionMatrix(List.of("cat", "<dog>"), new long[][] {{1234, 0}, {6, 60}});
        Chart chart = Charts.confusion(matrix);
        assertThat(chart.svg()).contains(">cat<", ">&lt;dog&gt;<", ">1234<", ">predicted<", "accuracy 99.5 % of 1,300");
        assertThat(chart.text()).isEqualTo("""
                        true \\ predicted    cat  <dog>
                        ------------------------------
                        cat               1,234      .
                        <dog>                 6     60
                        accuracy 99.5 % of 1,300, macro F1 97.5 %""");
    }

    @Test
    void xchart_charts_of_ones_own_are_shown_as_svg_png_and_text() {
        CategoryChart bars = new CategoryChart(300, 200);
        bars.setTitle("counts");
        bars.addSeries("n", List.of("a", "b"), List.of(1, 2));
        Display display = Displays.of(bars);
        assertThat(display.data()).containsOnlyKeys(Display.TEXT, Display.PNG, Display.SVG);
        assertThat(display.plain()).isEqualTo("CategoryChart: counts (n)");
        HeatMapChart heat = new HeatMapChartBuilder().width(300).height(200).build();
        heat.addSeries("h", new int[] {1, 2}, new int[] {1, 2}, new int[][] {{1, 2}, {3, 4}});
        assertThat(Displays.of(heat).data().get(Display.SVG)).startsWith("<svg");
    }

    @Test
    void charts_are_saved_as_their_name_ends(@TempDir Path folder) throws IOException {
        Chart chart = Charts.curves(history(3));
        chart.save(folder.resolve("a.svg"));
        chart.save(folder.resolve("a.png"));
        assertThat(Files.readString(folder.resolve("a.svg"))).isEqualTo(chart.svg());
        assertThat(ImageIO.read(folder.resolve("a.png").toFile()).getWidth()).isEqualTo(1800);
        assertThatThrownBy(() -> chart.save(folder.resolve("a.pdf")))
                .hasMessage("a chart cannot be saved as a.pdf: use .svg or .png");
        assertThatThrownBy(() -> chart.save(folder.resolve("no/such/a.svg")))
                .hasMessageContaining("cannot be written to");
    }

    @Test
    void the_same_chart_gives_the_same_bytes() {
        assertThat(Charts.curves(history(5)).svg())
                .isEqualTo(Charts.curves(history(5)).svg());
    }
}
