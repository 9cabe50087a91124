package dev.quire.kernel.session.assist;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quire.kernel.session.CellResult;
import dev.quire.kernel.session.CellResult.Done;
import dev.quire.kernel.session.CellResult.Failed;
import dev.quire.kernel.session.Session;
import dev.quire.manual.Manual;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Help as people ask for it in a cell. */
class HelpTest {
    private static Session session;

    @BeforeAll
    static void open() throws InterruptedException {
        session = Session.open();
        session.run(1, "var net = sequential(flatten(), dense(10)); Run run = null;");
    }

    @AfterAll
    static void close() {
        session.close();
    }

    @Test
    void the_bare_name_of_a_word_is_enough() throws Exception {
        assertThat(shown("help(conv)")).startsWith("conv(int filters, int kernel, LayerOption... options) → Layer");
        assertThat(shown("help( train );")).startsWith("train(Layer net");
        assertThat(shown("var q = 1;\nhelp(dense)")).startsWith("dense(int units");
        assertThat(shown("help(\"conv\")")).startsWith("conv(int filters");
        assertThat(shown("help()")).startsWith("Data: var data = digits();");
    }

    @Test
    void a_variable_a_type_and_a_method_are_explained_too() throws Exception {
        assertThat(shown("help(net)")).startsWith("sequential(flatten(), dense(10))\n\nSequential");
        assertThat(shown("help(Run.class)")).startsWith("Run\n    A training run");
        assertThat(shown("help(Run)")).startsWith("Run\n    A training run");
        assertThat(shown("help(run.plot)")).startsWith("plot() → Chart");
    }

    @Test
    void a_variable_by_the_name_of_a_word_is_the_variable() throws Exception {
        try (Session other = Session.open()) {
            other.run(1, "var conv = 3;");
            Done done = (Done) other.run(2, "help(conv)");

            assertThat(Objects.requireNonNull(done.value()).display().plain()).isEqualTo("java.lang.Integer\n3");
        }
    }

    @Test
    void the_words_of_the_server_are_explained_as_those_of_the_language() throws Exception {
        assertThat(shown("help(serve)"))
                .startsWith(
                        "serve(Run run, ServeOption... options) → Server\n    Starts a server over the runs of this")
                .contains("options  port(8080), host(\"127.0.0.1\")", "See also port, host");
        assertThat(shown("help(draw)")).startsWith("draw(Run run) → DrawingCell\n    A canvas to draw on");
        assertThat(shown("help(Server)")).startsWith("Server\n    Jobs, runs and models over HTTP");
        assertThat(shown("help()")).contains("\n\nServing: var server = serve(run, port(8080));\n    serve  Starts a");
    }

    @Test
    void a_word_that_does_not_exist_is_a_short_error() throws Exception {
        Failed failed = (Failed) session.run(5, "var q = 1;\nhelp(convv)");

        assertThat(failed.error().message()).startsWith("there is no word \"convv\" (did you mean conv");
        assertThat(failed.error().places().get(0).line()).isEqualTo(2);
    }

    @Test
    void a_question_mark_asks_for_help_at_the_beginning_of_a_statement_only() {
        assertThat(HelpWords.lines("conv?")).isEqualTo("show(help(conv));");
        assertThat(HelpWords.lines("?conv")).isEqualTo("show(help(conv));");
        assertThat(HelpWords.lines("var x = 1;\nrun.plot?\nx")).isEqualTo("var x = 1;\nshow(help(run.plot));\nx");
        assertThat(HelpWords.snippet("show(help(conv));", name -> Optional.empty()))
                .isEqualTo("show(help(\"conv\"));");
        for (String java : List.of(
                "var x = a\n  ?b\n  : c;", "var s = \"\"\"\n conv?\n \"\"\";", "f(\n a?\n b : c)", "/*\nconv?\n*/")) {
            assertThat(HelpWords.lines(java)).isEqualTo(java);
        }
        assertThat(HelpWords.snippet("helping(conv)", name -> Optional.empty())).isEqualTo("helping(conv)");
        assertThat(HelpWords.snippet("help(a + b)", name -> Optional.empty())).isEqualTo("help(a + b)");
    }

    /** Every example is compiled, none is run. */
    @Test
    void the_examples_of_all_words_compile() throws Exception {
        session.run(
                6,
                "Dataset data = null; Wire a = null; Wire b = null; Wire image = null; Wire note = null; Wire scores = null;");
        List<String> examples = Manual.words().stream()
                .flatMap(word -> word.description().examples().stream().map(HelpTest::statement))
                .toList();
        List<String> problems = new ArrayList<>();
        if (!problem(examples).isEmpty()) {
            for (String example : examples) {
                problems.add(problem(List.of(example)));
                problems.remove("");
            }
        }

        assertThat(examples).hasSizeGreaterThan(130);
        assertThat(problems).isEmpty();
    }

    private static String problem(List<String> examples) throws InterruptedException {
        String source = examples.stream()
                .collect(Collectors.joining(" };\nexample = () -> { ", "Runnable example;\nexample = () -> { ", " };"));
        return session.run(7, source) instanceof Failed failed
                ? source + failed.error().text()
                : "";
    }

    private static String statement(String example) {
        return example.matches("(?s).*[;}]") ? example : example + ";";
    }

    @Test
    void words_that_people_call_often_have_an_example() {
        String often =
                "digits mnist imageFolder csv tensors flip crop rotate sequential conv dense relu flatten maxPool"
                        + " dropout batchNorm averagePool globalAveragePool residual block embedding lstm gru transformerEncoder gelu"
                        + " softmax same stride padding train trainAsync epochs batch seed earlyStop best adamW sgd cosine oneCycle"
                        + " warmup labelSmoothing mse show help callback loss layer model";

        assertThat(often.split(" "))
                .allMatch(word -> Manual.word(word).stream()
                        .anyMatch(each -> !each.description().examples().isEmpty()));
    }

    private static String shown(String source) throws InterruptedException {
        CellResult result = session.run(2, source);
        return result instanceof Done done && done.value() != null
                ? done.value().display().plain()
                : result.toString();
    }
}
