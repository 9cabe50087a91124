package dev.quire.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreTest {
    @TempDir
    Path folder;

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void a_write_that_fails_leaves_the_file_before_and_nothing_else() throws IOException {
        Path file = folder.resolve("last");
        WholeFile.write(file, "one");
        assertThatThrownBy(() -> WholeFile.write(file, channel -> {
                    WholeFile.writeFully(channel, ByteBuffer.wrap(new byte[10]));
                    throw new IOException("No space left on device");
                }))
                .isInstanceOf(IOException.class);
        assertThat(file).hasContent("one");
        assertThat(names()).containsExactly("last");
    }

    @Test
    void what_a_killed_writer_left_is_swept_away_and_that_of_a_living_one_is_kept() throws IOException {
        Files.writeString(folder.resolve(".last.999999999-1.quire-tmp"), "half");
        String living = ".last." + ProcessHandle.current().pid() + "-1.quire-tmp";
        Files.writeString(folder.resolve(living), "half");
        Files.writeString(folder.resolve("notes"), "mine");
        WholeFile.sweep(folder);
        assertThat(names()).containsExactly(living, "notes");
    }

    @Test
    void a_log_cut_at_any_byte_keeps_its_whole_lines_and_goes_on() throws IOException {
        Path file = folder.resolve("metrics.csv");
        Appended log = Appended.at(file);
        log.append(isEmpty -> isEmpty ? List.of("epoch,loss", "1,0.5") : List.of());
        log.append(isEmpty -> List.of("2,0.25"));
        byte[] whole = Files.readAllBytes(file);
        for (int length = 0; length <= whole.length; length++) {
            Files.write(file, Arrays.copyOf(whole, length));
            List<String> before = log.lines();
            assertThat(before)
                    .isEqualTo(List.of("epoch,loss", "1,0.5", "2,0.25").subList(0, before.size()));
            log.append(isEmpty -> List.of("next"));
            List<String> expected = new ArrayList<>(before);
            expected.add("next");
            assertThat(log.lines()).isEqualTo(expected);
        }
    }

    @Test
    void ten_processes_that_append_at_once_lose_no_row() throws Exception {
        Path file = folder.resolve("rows");
        List<Process> processes = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            processes.add(new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-XX:TieredStopAtLevel=1",
                            "-cp",
                            System.getProperty("java.class.path"),
                            Appending.class.getName(),
                            file.toString(),
                            "" + i)
                    .inheritIO()
                    .start());
        }
        for (Process process : processes) {
            assertThat(process.waitFor()).isZero();
        }
        assertThat(Appended.at(file).lines()).hasSize(2000).doesNotHaveDuplicates();
    }

    static final class Appending {
        public static void main(String[] arguments) throws IOException {
            Appended log = Appended.at(Path.of(arguments[0]));
            for (int i = 0; i < 200; i++) {
                String row = arguments[1] + "," + i;
                log.append(isEmpty -> List.of(row));
            }
        }
    }

    @Test
    void an_event_file_cut_at_any_byte_keeps_its_whole_events_and_goes_on() throws IOException {
        Path file = folder.resolve("events");
        List<Long> ends = new ArrayList<>();
        try (EventFile events = EventFile.open(file)) {
            ends.add(Files.size(file));
            for (int step = 0; step < 3; step++) {
                events.scalars(step, Map.of("loss", 0.5 / (step + 1)));
                ends.add(Files.size(file));
            }
            events.text(3, "spec", "**epochs** 3");
            ends.add(Files.size(file));
        }
        byte[] whole = Files.readAllBytes(file);
        for (int length : IntStream.rangeClosed(0, whole.length).toArray()) {
            Files.write(file, Arrays.copyOf(whole, length));
            long kept = ends.stream().filter(end -> end <= length).reduce(0L, Math::max);
            assertThat(wholeEvents(file)).as("cut at " + length).isEqualTo(kept);
        }
        Files.write(file, Arrays.copyOf(whole, whole.length - 3));
        try (EventFile events = EventFile.open(file)) {
            events.scalars(4, Map.of("loss", 0.1));
        }
        assertThat(wholeEvents(file)).isEqualTo(Files.size(file));
    }

    private static long wholeEvents(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file)) {
            return EventFile.wholeEvents(channel);
        }
    }
}
