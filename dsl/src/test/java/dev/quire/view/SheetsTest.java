package dev.quire.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quire.data.Dataset;
import dev.quire.data.Progress;
import dev.quire.data.known.Known;
import java.awt.image.BufferedImage;
import java.util.List;
import org.junit.jupiter.api.Test;

class SheetsTest {
    private static final List<String> CLASSES = List.of("cat", "dog", "<owl>");

    private static Answer answer(String truth, float... probabilities) {
        return new Answer(new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB), CLASSES, probabilities, truth);
    }

    @Test
    void pictures_are_drawn_with_their_labels_and_the_dataset_in_a_line() throws Exception {
        Dataset digits = Known.standard(Progress.silent()).load("digits");
        Display display = Displays.of(digits);
        String svg = display.data().get(Display.SVG);
        assertThat(svg.split("<image ", -1)).hasSize(24 + 1);
        assertThat(svg).contains("image-rendering:pixelated", ">digits: 1,437 train, 360 test, 1x8x8, 10 classes");
        assertThat(display.plain().lines()).hasSize(1 + 8 + 1).allMatch(line -> line.length() <= 100);
        assertThat(display.plain()).contains("█").endsWith(digits.describe());
        assertThat(ChartsTest.svg((Chart) Sheets.examples(digits, 3)).getTagName())
                .isEqualTo("svg");
    }

    @Test
    void examples_that_are_no_pictures_are_rows_of_a_table() {
        Dataset iris = Known.standard(Progress.silent()).load("iris");
        Display display = Displays.of(iris);
        assertThat(display.plain())
                .startsWith("example  features 0    1    2    3  ")
                .hasLineCount(2 + 24 + 1)
                .contains("setosa", "virginica")
                .endsWith(iris.describe());
        assertThat(display.data()).containsOnlyKeys(Display.TEXT, Display.HTML);
        assertThat(Sheets.examples(Known.standard(Progress.silent()).load("wine"), 1)
                        .display()
                        .plain())
                .contains("… of 13");
    }

    @Test
    void a_sheet_has_no_more_than_there_are() {
        Dataset few = Known.standard(Progress.silent()).load("iris").limit(5);
        assertThat(Sheets.examples(few, 24).display().plain()).hasLineCount(2 + 5 + 1);
        assertThatThrownBy(() -> Sheets.examples(few, 0)).hasMessage("examples(0): must be at least 1");
    }

    @Test
    void an_answer_says_what_and_how_sure() {
        assertThat(answer("cat", 0.983f, 0.011f, 0.006f).text()).isEqualTo("cat  98.3 %  (dog  1.1 %)");
        assertThat(answer("cat", 0.9999f, 0.0001f, 0).text()).isEqualTo("cat  99.9 %");
        assertThat(answer("dog", 0.6f, 0.4f, 0).text()).isEqualTo("cat  60.0 %  (dog  40.0 %)  but it is dog");
    }

    @Test
    void an_answer_is_drawn_with_bars() {
        Display display = Displays.of(answer("dog", 0.3f, 0.1f, 0.6f));
        assertThat(display.data().get(Display.SVG)).contains(">&lt;owl&gt;<", ">60.0 %<", ">but it is dog<", "<image ");
        Answer noPicture = new Answer(null, CLASSES, new float[] {1, 0, 0}, null);
        assertThat(Displays.of(noPicture).data().get(Display.SVG))
                .contains(">cat<")
                .doesNotContain("<image");
    }

    @Test
    void predictions_are_marked_right_or_wrong() {
        Chart sheet = Sheets.predictions(List.of(answer("cat", 0.9f, 0.1f, 0), answer("dog", 0.9f, 0.1f, 0)));
        assertThat(sheet.svg()).contains("#009e73", "#d55e00", ">is dog<", ">1 of 2 wrong<");
        assertThat(sheet.text()).startsWith("cat  90.0 %        cat  90.0 %\n                   is dog");
        assertThatThrownBy(() -> Sheets.predictions(List.of())).hasMessage("nothing to draw: there are no predictions");
    }
}
