package dev.quire.kernel.session.assist;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quire.kernel.session.Session;
import dev.quire.view.Display;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What Shift-Tab shows; the bar stands for the cursor. */
@Timeout(60)
class InspectionTest {
    private static Session session;

    @BeforeAll
    static void open() throws InterruptedException {
        session = Session.open();
        session.run(1, """
                var data = digits();
                var net = sequential(flatten(), dense(10));
                Run run = null;
                class Slow { public String toString() { while (true) { Thread.onSpinWait(); } } }
                var slow = new Slow();
                """);
    }

    @AfterAll
    static void close() {
        session.close();
    }

    @Test
    void inside_a_call_the_argument_that_is_written_is_marked() {
        assertThat(text("conv(16, 3, |"))
                .startsWith("conv(int filters, int kernel, LayerOption... options) → Layer\n")
                .contains("  > options  stride(1), padding(0), same()")
                .contains("    Example\n        conv(32, 3, stride(2), same())");
        assertThat(inspect("conv(|16").orElseThrow().data().get(Display.HTML))
                .contains("<b style=\"text-decoration:underline\">int filters</b>");
    }

    @Test
    void the_way_to_call_it_that_fits_comes_first() {
        assertThat(text("laye|rNorm(1, 1e-6)")).startsWith("layerNorm(int axes, double eps) → Layer");
        assertThat(text("layerNorm(1, |")).startsWith("layerNorm(int axes, double eps) → Layer");
        assertThat(text("con|v")).startsWith("conv(int filters, int kernel, LayerOption... options) → Layer");
    }

    @Test
    void the_name_at_the_cursor_comes_before_the_call_around_it() {
        assertThat(text("sequential(conv(3, 3), re|lu())")).startsWith("relu() → Activation\n    max(x, 0).");
    }

    @Test
    void a_method_of_a_value_is_described_from_the_source_that_quire_carries() {
        assertThat(text("run.ev|aluate"))
                .startsWith("evaluate(Split split) → Map<String, Double>\n    Loss and metrics");
        assertThat(text("data.augment(|")).startsWith("augment(Transform... more) → Dataset");
        assertThat(text("Ru|n x")).startsWith("Run\n    A training run");
    }

    @Test
    void a_call_whose_other_arguments_make_no_sense_is_described_nevertheless() {
        assertThat(text("train(undefined, nope, |"))
                .startsWith("train(Layer net, Dataset data, Option... options) → Run");
    }

    @Test
    void a_variable_is_shown_with_its_type_and_its_value() {
        assertThat(text("ne|t")).startsWith("Layer net\n    sequential(flatten(), dense(10))");
        assertThat(text("train(net, dat|a)")).startsWith("Dataset data\n    digits: 1,437 train, 360 test");
        assertThat(text("ru|n")).startsWith("Run run\n    null");
    }

    @Test
    void a_value_whose_text_never_ends_is_not_waited_for() {
        assertThat(text("slo|w")).isEqualTo("Slow slow\n    (its value takes long to show)");
    }

    @Test
    void methods_of_the_jdk_have_their_signatures() {
        assertThat(text("List.of(|")).contains("of(E e1, E e2) → List<E>");
        assertThat(text("\"a\".repe|at(3)")).startsWith("repeat(int count) → String");
    }

    @Test
    void a_magic_says_its_own_help() {
        session.assistant().magics(List::of, name -> Optional.of(Display.text("help of " + name)));

        assertThat(text("%ti|me train(net, data)")).isEqualTo("help of %time");
        assertThat(text("%time tra|in(net, data)")).startsWith("train(Layer net");
    }

    @Test
    void nothing_is_said_of_nothing() {
        for (String text : List.of("|", "var z = |", "nonsense|", "// conv|", "((|", "3|")) {
            assertThat(inspect(text)).as(text).isEmpty();
        }
    }

    private static Optional<Display> inspect(String text) {
        int cursor = text.indexOf('|');
        return session.assistant().inspect(text.replace("|", ""), cursor);
    }

    private static String text(String text) {
        return inspect(text).map(Display::plain).orElse("nothing");
    }
}
