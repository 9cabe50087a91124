package dev.quire.data.table;

import static dev.quire.Quire.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quire.QuireException;
import dev.quire.data.Dataset;
import dev.quire.data.Example;
import dev.quire.data.Split;
import dev.quire.text.Tokenizer;
import dev.quire.view.Display;
import dev.quire.view.Displays;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TextColumnTest {
    private static final Tokenizer TOKENIZER = tokenizer(folder("wordpiece").toString());

    @TempDir
    Path temporary;

    private String file = "";

    private static Path folder(String name) {
        try {
            return Path.of(Objects.requireNonNull(TextColumnTest.class.getResource("/tokenizers"))
                            .toURI())
                    .resolve(name);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    @BeforeEach
    void write() throws IOException {
        file = write(
                "reviews.csv",
                "id,review,liked",
                "1,\"a warm, funny film\",yes",
                "2,dull and slow,no",
                "3,the best film,yes",
                "4,the worst film of the year,no");
    }

    private String write(String name, String... lines) throws IOException {
        return Files.write(temporary.resolve(name), Arrays.asList(lines)).toString();
    }

    @Test
    void a_column_of_text_becomes_rows_of_tokens_as_long_as_the_longest() {
        Dataset data = csv(file, text("review", TOKENIZER), target("liked"));
        int longest = TOKENIZER.encode("the worst film of the year").count();
        assertThat(data.inputs().get(0).shape().sizes())
                .containsExactly(
                        Math.max(longest, TOKENIZER.encode("a warm, funny film").count()));
        assertThat(data.classes()).containsExactly("no", "yes");
        assertThat(data.train().example(0).text()).isEqualTo("a warm, funny film");
        assertThat(data.train().example(1).inputs().get(0).longs())
                .startsWith(TOKENIZER.encode("dull and slow").ids())
                .endsWith(0, 0);
        assertThat(data.describe()).startsWith("reviews: 4 train, texts of ").contains(" tokens, 2 classes, balanced");
        assertThat(data.origin().remarks()).isEmpty();
    }

    @Test
    void texts_beyond_the_length_are_cut_and_that_is_told_once() {
        Dataset data = csv(file, text("review", TOKENIZER, 6), target("liked"));
        long[] row = data.train().example(3).inputs().get(0).longs();
        assertThat(row).hasSize(6).startsWith(2).endsWith(3);
        assertThat(data.describe()).contains(" texts cut, the longest of ").containsOnlyOnce("cut");
    }

    @Test
    void a_table_shows_the_text_and_not_its_numbers() {
        Dataset data = csv(file, text("review", TOKENIZER), target("liked"));
        Display shown = Displays.of(data);
        assertThat(shown.plain()).contains("dull and slow").contains("text").contains("label");
        assertThat(shown.data().getOrDefault(Display.HTML, "")).contains("dull and slow");
    }

    @Test
    void parts_of_it_still_know_their_tokenizer() throws IOException {
        String[] lines = new String[41];
        lines[0] = "review,liked";
        for (int i = 1; i < lines.length; i++) {
            lines[i] = (i % 2 == 0 ? "the best film" : "dull and slow") + "," + i % 2;
        }
        Dataset data = csv(
                write("many.csv", lines), text("review", TOKENIZER), target("liked"), classification(), holdOut(0.2));
        assertThat(data.test().count()).isEqualTo(8);
        assertThat(data.limit(6).named("few").reader()).contains(TOKENIZER);
        assertThat(data.validation(0.25).part(Split.VALIDATION).example(0).text())
                .isIn("the best film", "dull and slow");
        Example given = data.example("a warm film");
        assertThat(given.text()).isEqualTo("a warm film");
        assertThat(given.isLabelled()).isFalse();
    }

    @Test
    void another_tokenizer_makes_another_dataset() throws IOException {
        Dataset data = csv(file, text("review", TOKENIZER, 9), target("liked"));
        assertThat(csv(file, text("review", TOKENIZER, 9), target("liked"))).isEqualTo(data);
        Path other = Files.createDirectory(temporary.resolve("other"));
        Files.writeString(
                other.resolve("tokenizer.json"),
                Files.readString(folder("wordpiece").resolve("tokenizer.json")) + "\n");
        Dataset same = csv(file, text("review", tokenizer(other.toString()), 9), target("liked"));
        assertThat(same.train().example(0).floats())
                .isEqualTo(data.train().example(0).floats());
        assertThat(same.fingerprint()).isNotEqualTo(data.fingerprint());
    }

    @Test
    void what_cannot_be_read_is_refused() throws IOException {
        assertThatThrownBy(() -> csv(file, text("reviw", TOKENIZER), target("liked")))
                .isInstanceOf(QuireException.class)
                .hasMessage("reviews.csv has no column 'reviw': did you mean 'review'?");
        assertThatThrownBy(() -> csv(file, text("review", TOKENIZER), target("review")))
                .hasMessage("reviews.csv: 'review' is both the text and what to learn: name another with target(…)");
        assertThatThrownBy(() -> csv(file, text("review", TOKENIZER), features("id"), target("liked")))
                .hasMessage("reviews.csv: text(…) and features(…) are both given, and a dataset of text has no other"
                        + " features: leave one of them out");
        assertThatThrownBy(() -> text("review", TOKENIZER, 33))
                .hasMessage("text: a length of 33 tokens, the network has places for 32: take at most those");
        assertThatThrownBy(() -> text("review", TOKENIZER, 0)).hasMessage("text: the length must be at least 1, got 0");
        String holes = write("holes.csv", "review,liked", "a film,yes", ",no");
        assertThatThrownBy(() -> csv(holes, text("review", TOKENIZER)))
                .hasMessage("holes.csv, row 3, column 'review' is empty: fill it in, or leave such rows out with"
                        + " dropMissing()");
        assertThat(csv(holes, text("review", TOKENIZER), dropMissing()).train().count())
                .isEqualTo(1);
    }

    @Test
    void a_dataset_without_a_tokenizer_takes_no_text() {
        assertThatThrownBy(() -> iris().example("a film"))
                .isInstanceOf(QuireException.class)
                .hasMessageContaining("has no tokenizer, so a text cannot be given to it");
    }
}
