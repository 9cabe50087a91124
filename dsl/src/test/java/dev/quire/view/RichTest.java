package dev.quire.view;

import static dev.quire.Quire.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quire.QuireException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RichTest {
    @Test
    void a_display_is_a_value_like_any_other() {
        Display display = markdown("**x**");
        assertThat(Displays.of(display)).isEqualTo(display);
        assertThat(display.data()).containsEntry(Display.MARKDOWN, "**x**").containsEntry(Display.TEXT, "**x**");
    }

    @Test
    void html_leaves_its_words_to_a_terminal() {
        Display display = html("<h1>Title</h1><p>a &lt; b<br>and <b>more</b></p><script>no()</script>");
        assertThat(display.plain()).isEqualTo("Title\na < b\nand more");
        assertThat(display.data().get(Display.HTML)).contains("<script>");
    }

    @Test
    void a_formula_is_set_between_dollars() {
        assertThat(latex("x^2").data()).containsEntry(Display.LATEX, "$$x^2$$").containsEntry(Display.TEXT, "x^2");
        assertThat(latex("$x$").data()).containsEntry(Display.LATEX, "$x$");
    }

    @Test
    void json_is_text_that_is_checked_or_a_value_that_is_turned_into_it() {
        record Point(int x, int y) {}
        assertThat(json(Map.of("at", new Point(1, 2))).data())
                .containsEntry(Display.JSON, "{\"at\":{\"x\":1,\"y\":2}}");
        assertThat(json("{\"a\": [1]}").plain()).isEqualTo("{\n  \"a\" : [ 1 ]\n}");
        assertThatThrownBy(() -> json("{\"a\": ]"))
                .isInstanceOf(QuireException.class)
                .hasMessageContaining("this is no JSON")
                .hasMessageContaining("line 1, column 7");
    }

    @Test
    void vega_lite_says_in_a_terminal_what_is_drawn() {
        Display display = vegaLite(Map.of("mark", "bar", "data", Map.of("values", List.of(Map.of("a", 1)))));
        assertThat(display.plain()).isEqualTo("Vega-Lite chart, mark bar, 1 row");
        assertThat(display.data().get(Display.VEGA_LITE)).startsWith("{").contains("\"mark\":\"bar\"");
        assertThatThrownBy(() -> vegaLite("[1]")).hasMessageContaining("a Vega-Lite chart is a JSON object");
    }

    @Test
    void a_picture_that_is_not_there_is_refused_in_words() {
        assertThatThrownBy(() -> image("no-such.png"))
                .isInstanceOf(QuireException.class)
                .hasMessageContaining("there is no picture");
    }

    @Test
    void a_chart_can_be_a_raster_image_alone() {
        Display display = png(Charts.curves(ChartsTest.history(3)));
        assertThat(display.data()).containsOnlyKeys(Display.TEXT, Display.PNG);
        assertThatThrownBy(() -> png("text")).hasMessageContaining("png(...) takes a chart or an image");
    }
}
