package dev.quire.manual;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quire.Quire;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The sources that the jar carries, read as documentation. */
class ManualTest {
    @Test
    void every_word_of_the_language_is_found_with_a_sentence_in_each_way_to_call_it() {
        List<Method> words = Arrays.stream(Quire.class.getMethods())
                .filter(method -> Modifier.isStatic(method.getModifiers()))
                .toList();

        assertThat(words).hasSizeGreaterThan(150);
        for (Method word : words) {
            assertThat(Manual.word(word.getName()))
                    .as(word.toString())
                    .anyMatch(entry -> entry.parameters().size() == word.getParameterCount())
                    .allMatch(entry -> entry.description().summary().endsWith("."), "a first sentence");
        }
        assertThat(Manual.names())
                .containsExactlyInAnyOrderElementsOf(
                        words.stream().map(Method::getName).collect(java.util.stream.Collectors.toSet()));
    }

    @Test
    void every_word_stands_in_a_group() {
        assertThat(Vocabulary.groups().stream().flatMap(group -> group.words().stream()))
                .doesNotHaveDuplicates()
                .hasSameElementsAs(new TreeSet<>(Manual.names()));
    }

    @Test
    void words_that_take_numbers_say_what_they_mean() {
        for (Entry word : Manual.words()) {
            Description description = word.description();
            boolean isExplained = word.parameters().isEmpty()
                    || !description.parameters().isEmpty()
                    || !description.examples().isEmpty();
            assertThat(isExplained).as(word.signature()).isTrue();
        }
    }

    @Test
    void a_signature_reads_as_in_the_source() {
        assertThat(Manual.word("conv").get(0).signature())
                .isEqualTo("conv(int filters, int kernel, LayerOption... options) → Layer");
        assertThat(Manual.member("Run", "evaluate").get(0).signature())
                .isEqualTo("evaluate(Split split) → Map<String, Double>");
    }

    @Test
    void types_are_found_by_their_simple_name_their_own_types_and_their_full_name() {
        assertThat(Manual.type("Run")).isPresent();
        assertThat(Manual.type("Schedule.Cosine")).isPresent();
        assertThat(Manual.type("dev.quire.data.Dataset")).isPresent();
        assertThat(Manual.type("Nonsense")).isEmpty();
        assertThat(Manual.type("dev.quire.run.Nonsense")).isEmpty();
        assertThat(Manual.type("java.util.List")).isEmpty();
    }

    @Test
    void a_comment_falls_into_sentences_parameters_and_examples() {
        Description read =
                Description.of(" Turns {@code x}, see {@link java.util.List#of(Object)}. More &lt;here&gt;. Example:\n"
                        + " {@code turn(x ->\n { y(); })}.\n <p>And\n so on.\n\n <pre>{@code\n a();\n   b();\n }</pre>\n"
                        + " @param x what is\n   turned\n @return the rest\n @throws Oops when it fails\n");

        assertThat(read.summary()).isEqualTo("Turns `x`, see `List.of()`.");
        assertThat(read.paragraphs()).containsExactly("Turns `x`, see `List.of()`. More <here>.", "And so on.");
        assertThat(read.parameters()).containsOnly(java.util.Map.entry("x", "what is turned"));
        assertThat(read.result()).isEqualTo("the rest");
        assertThat(read.failures()).containsExactly("Oops when it fails");
        assertThat(read.examples()).containsExactly("a();\n  b();", "turn(x -> { y(); })");
    }
}
