package dev.quire.kernel.session.assist;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quire.kernel.Mark;
import dev.quire.kernel.session.Session;
import dev.quire.kernel.session.assist.Completions.Completion;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is offered while a cell is written; the bar stands for the cursor. */
@Timeout(60)
class CompletionTest {
    private static Session session;

    @BeforeAll
    static void open() throws InterruptedException {
        session = Session.open();
        session.run(1, """
                var data = digits();
                var net = sequential(flatten(), dense(10));
                Run run = null;
                Option fast = epochs(1);
                int number = 3;
                """);
    }

    @AfterAll
    static void close() {
        session.close();
    }

    @Test
    void layers_are_offered_where_a_layer_goes_with_ones_own_first() {
        List<String> texts = texts("sequential(|");

        assertThat(texts).startsWith("net", "sequential(", "conv(", "dense(", "relu()");
        assertThat(texts).doesNotContain("epochs(", "data", "number", "String", "stride(");
    }

    @Test
    void options_of_a_run_are_offered_in_train_and_nothing_else() {
        List<String> texts = texts("train(net, data, |");

        assertThat(texts).startsWith("fast", "epochs(", "batch(", "adamW(");
        assertThat(texts).contains("cosine(", "crossEntropy()").doesNotContain("conv(", "net", "System", "stride(");
        assertThat(texts).as("there are hundreds of words").hasSizeLessThan(80);
    }

    @Test
    void the_options_that_a_layer_names_itself_come_before_other_options() {
        List<String> texts = texts("conv(16, 3, |").stream()
                .filter(text -> !text.equals("number"))
                .toList();

        assertThat(texts).startsWith("stride(", "padding(", "same()", "dilation(", "groups(", "noBias()");
        assertThat(texts).doesNotContain("epochs(", "net", "dense(");
    }

    @Test
    void the_words_of_the_server_and_their_options_are_offered() {
        assertThat(texts("serve(run, |")).startsWith("port(", "host(").doesNotContain("epochs(", "net");
        assertThat(texts("ser|")).startsWith("serve(");
        assertThat(texts("draw(|")).startsWith("run");
    }

    @Test
    void a_prefix_narrows_what_fits() {
        assertThat(texts("train(net, data, epochs(3), a|"))
                .startsWith("adamW(")
                .contains("adam(", "accumulate(")
                .doesNotContain("add(");
        assertThat(texts("data.augment(fl|")).containsExactly("flip()");
    }

    @Test
    void a_number_is_offered_where_one_fits_before_everything_else() {
        assertThat(texts("conv(|")).startsWith("number");
    }

    @Test
    void members_that_are_used_most_come_first_and_those_of_every_object_last() {
        List<String> texts = texts("run.|");

        assertThat(texts).startsWith("plot()", "metrics()");
        assertThat(texts.subList(texts.size() - 7, texts.size()))
                .contains("equals(", "hashCode()", "notify()", "toString()", "wait(");
        assertThat(item("run.|", "plot()").signature()).isEqualTo("plot() → Chart");
    }

    @Test
    void each_item_says_its_kind_and_its_signature() {
        assertThat(item("con|", "conv("))
                .isEqualTo(new Completion(
                        "conv(",
                        "function",
                        "conv(int filters, int kernel, LayerOption... options) → Layer  (+1)",
                        "A convolution over images: `[N, channels, height, width]` to `[N, filters, height', width']`.",
                        true));
        assertThat(item("ne|", "net")).isEqualTo(new Completion("net", "instance", "Layer net", "", true));
        assertThat(item("new ArrayLi|", "ArrayList(").kind()).isEqualTo("class");
        assertThat(item("import java.ut|", "util.").kind()).isEqualTo("module");
        assertThat(texts("Split.|")).startsWith("TEST", "TRAIN", "VALIDATION");
    }

    @Test
    void the_whole_word_is_replaced_and_its_bracket_is_not_doubled() {
        Completions found = complete("sequential(re|lu(), dense(3))");

        assertThat(found.start()).isEqualTo("sequential(".length());
        assertThat(found.end()).isEqualTo("sequential(relu".length());
        assertThat(found.items().stream().map(Completion::text)).startsWith("relu", "residual");
    }

    @Test
    void what_the_cell_declares_above_is_known() {
        assertThat(texts("import java.util.*;\nvar mine = sequential(dense(4));\ntrain(mine, data, ep|"))
                .containsExactly("epochs(");
        assertThat(texts("void f() { int x = 1; }\nvar mine = digits();\nmine.spl|"))
                .contains("split(");
        assertThat(texts("for (int i = 0; i < 3; i++) { net.summ|")).containsExactly("summary(");
        assertThat(texts("%time train(net, data, epo|")).containsExactly("epochs(");
    }

    @Test
    void nothing_is_offered_in_comments_and_in_text() {
        assertThat(texts("// con|")).isEmpty();
        assertThat(texts("var s = \"con|")).isEmpty();
        assertThat(texts("%%bash\nls con|")).isEmpty();
    }

    @Test
    void magics_are_offered_at_the_beginning_of_a_line(@TempDir Path folder) {
        Assistant assistant = session.assistant();
        assistant.magics(() -> List.of("%time", "%trace", "%%bash"), name -> Optional.empty());

        assertThat(texts("%t|")).containsExactly("%time", "%trace");
        assertThat(texts("var x = 1;\n%|")).containsExactly("%%bash", "%time", "%trace");
        assertThat(texts("sequential(\n%|")).doesNotContain("%time");
    }

    @Test
    void file_names_are_offered_where_a_file_is_named(@TempDir Path folder) throws Exception {
        Files.createDirectory(folder.resolve("photos"));
        Files.writeString(folder.resolve("prices.csv"), "a,b");

        assertThat(texts("imageFolder(\"" + folder + "/p|")).containsExactly("photos/", "prices.csv");
        assertThat(complete("csv(\"" + folder + "/pr|").start()).isEqualTo(("csv(\"" + folder + "/").length());
        assertThat(texts("csv(\"/no/such/folder/|")).isEmpty();
    }

    @Test
    void it_answers_while_a_cell_runs() throws Exception {
        CountDownLatch done = new CountDownLatch(1);
        Mark sleeps = new Mark();
        Thread cell = new Thread(() -> {
            try {
                session.run(2, "{ " + sleeps.statement() + " Thread.sleep(100_000); }");
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                done.countDown();
            }
        });
        cell.start();
        sleeps.await();

        assertThat(texts("sequential(drop|")).containsExactly("dropout(");
        assertThat(done.getCount()).isEqualTo(1);
        session.interrupt();
        assertThat(done.await(60, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void a_variable_that_has_changed_its_type_is_offered_as_what_it_is_now() throws Exception {
        session.run(3, "var changing = 1;");
        assertThat(item("chang|", "changing").signature()).isEqualTo("int changing");

        session.run(4, "var changing = dense(1);");
        assertThat(item("chang|", "changing").signature()).isEqualTo("Layer changing");
        session.run(5, "String changing = null;");
    }

    @Test
    void text_that_is_no_java_is_no_error() {
        for (String text :
                List.of("|", "}}}|", "((((|", "\"\"\"|", "'|", "a.b.c.|", "1.|", "\\u|", "@|", "%|%", "é.|")) {
            assertThat(complete(text).start()).isNotNegative();
        }
    }

    private static Completions complete(String text) {
        int cursor = text.indexOf('|');
        return session.assistant().complete(text.replace("|", ""), cursor);
    }

    private static List<String> texts(String text) {
        return complete(text).items().stream().map(Completion::text).toList();
    }

    private static Completion item(String text, String name) {
        return complete(text).items().stream()
                .filter(item -> item.text().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
