package dev.quire.manual;

import static dev.quire.Quire.dense;
import static dev.quire.Quire.help;
import static dev.quire.Quire.sequential;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quire.QuireException;
import dev.quire.run.Run;
import dev.quire.view.Display;
import org.junit.jupiter.api.Test;

/** What help() answers. */
class HelpTest {
    @Test
    void a_word_has_its_signatures_parameters_an_example_and_related_words() {
        String text = help("conv").display().plain();

        assertThat(text)
                .startsWith(
                        "conv(int filters, int kernel, LayerOption... options) → Layer\n    A convolution over images")
                .contains("\n    filters  output channels, at least 1\n")
                .contains("\n    Example\n        conv(32, 3, stride(2), same())\n")
                .contains("conv(int filters, int height, int width, LayerOption... options) → Layer")
                .endsWith("See also stride, padding, same, dilation, groups, noBias");
        assertThat(text.lines()).allMatch(line -> line.length() <= 90);
    }

    @Test
    void html_takes_its_colours_from_the_page() {
        String html = help("conv").display().data().get(Display.HTML);

        assertThat(html)
                .contains("<b>conv</b>(int filters, int kernel, LayerOption... options) → Layer")
                .contains("<b>Example</b>")
                .doesNotContainPattern("color:(?!inherit)|background:(?!none)");
    }

    @Test
    void a_type_lists_what_it_answers_and_a_value_shows_itself_first() {
        assertThat(help(Run.class).display().plain())
                .startsWith("Run\n    A training run")
                .contains("    plot() → Chart\n        Loss and metrics");
        assertThat(help(sequential(dense(3))).display().plain()).startsWith("sequential(dense(3))\n\nSequential\n");
        assertThat(help(42).display().plain()).isEqualTo("java.lang.Integer\n42");
    }

    @Test
    void a_method_of_a_type_has_a_page_of_its_own() {
        assertThat(help("Run.evaluate").display().plain()).startsWith("evaluate(Split split) → Map<String, Double>");
    }

    @Test
    void the_overview_names_every_word_in_a_line() {
        String text = help().display().plain();

        assertThat(Manual.names()).allMatch(word -> text.contains("\n    " + word));
        assertThat(text).contains("Layers: var net = sequential(").contains("help(conv) says what one word takes");
    }

    @Test
    void a_word_that_does_not_exist_names_those_that_are_near() {
        assertThatThrownBy(() -> help("covn"))
                .isInstanceOf(QuireException.class)
                .hasMessage("there is no word \"covn\" (did you mean conv or csv?); help() lists all words");
        assertThatThrownBy(() -> help(String.class))
                .hasMessageStartingWith("nothing is written of java.lang.String: help knows the types of Quire");
    }
}
