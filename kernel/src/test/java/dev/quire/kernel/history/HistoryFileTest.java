package dev.quire.kernel.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quire.kernel.history.History.Entry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryFileTest {
    @TempDir
    private Path folder;

    private HistoryFile open() throws IOException {
        return HistoryFile.open(folder.resolve("deep").resolve("history.jsonl"));
    }

    private static List<String> sources(List<Entry> entries) {
        return entries.stream().map(Entry::source).toList();
    }

    @Test
    void cells_are_there_in_the_next_session() throws IOException {
        HistoryFile first = open();
        first.add(1, "int a = 1;\nint b = \"ä😀\";", "");
        first.add(2, "a", "1");
        HistoryFile second = open();
        assertThat(second.session()).isEqualTo(first.session() + 1);
        assertThat(second.tail(1)).containsExactly(new Entry(first.session(), 2, "a", "1"));
        second.add(1, "b", "2");
        assertThat(sources(second.range(0, 1, 9))).containsExactly("b");
        assertThat(sources(second.range(-1, 1, 2))).containsExactly("int a = 1;\nint b = \"ä😀\";");
    }

    @Test
    void two_sessions_at_once_have_numbers_of_their_own_and_lose_nothing() throws Exception {
        HistoryFile first = open();
        HistoryFile second = open();
        assertThat(second.session()).isNotEqualTo(first.session());
        Thread other = new Thread(() -> IntStream.range(0, 200).forEach(i -> second.add(i + 1, "second " + i, "")));
        other.start();
        IntStream.range(0, 200).forEach(i -> first.add(i + 1, "first " + i, ""));
        other.join();
        assertThat(first.entries()).hasSize(400);
    }

    @Test
    void half_a_line_is_passed_over() throws IOException {
        HistoryFile history = open();
        history.add(1, "whole", "");
        Path file = folder.resolve("deep").resolve("history.jsonl");
        Files.writeString(file, "{\"session\": 1, \"line\": 2, \"sour", StandardOpenOption.APPEND);
        history.add(3, "after", "");
        assertThat(sources(history.entries())).containsExactly("whole", "after");
    }

    @Test
    void a_search_takes_stars_and_question_marks() throws IOException {
        HistoryFile history = open();
        List.of("train(a)", "var x = 1;", "train(b)", "train(a)").forEach(source -> history.add(1, source, ""));
        assertThat(sources(history.search("train(*)", false, 9))).containsExactly("train(a)", "train(b)", "train(a)");
        assertThat(sources(history.search("train(?)", true, 9))).containsExactly("train(b)", "train(a)");
        assertThat(sources(history.search("*", false, 2))).containsExactly("train(b)", "train(a)");
        assertThat(history.search("rain", false, 9)).isEmpty();
    }

    @Test
    void a_large_file_loses_its_older_half() throws IOException {
        HistoryFile history = open();
        String filler = "x".repeat(150_000);
        IntStream.rangeClosed(1, 60).forEach(i -> history.add(i, filler + i, ""));
        HistoryFile next = open();
        assertThat(next.entries()).hasSizeBetween(25, 35);
        assertThat(next.tail(1).get(0).source()).endsWith("60");
        assertThat(next.session()).isEqualTo(history.session() + 1);
    }
}
