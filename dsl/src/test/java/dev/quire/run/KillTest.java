package dev.quire.run;

import static dev.quire.Quire.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.quire.data.Dataset;
import dev.quire.model.Layer;
import dev.quire.train.Option;
import dev.quire.train.Plan;
import dev.quire.train.RunEvent;
import dev.quire.train.TrainingSpec;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs in processes of their own that are killed, or whose disk fails. {@code -Dquire.test.huge} does a thousand. */
class KillTest {
    private static final String HUGE = "quire.test.huge";
    private static final int SHORT = 5;
    private static final int FULL = 1000;
    private static final int KILLS_A_RUN = 5;
    private static final long LONGEST = 120;
    private static final List<String> FAULTS =
            List.of("posix/io/rw/write", "posix/io/sync/fsync", "posix/io/dir/rename", "posix/io/rw/pwrite");
    private static final long SEED = 20_26;

    @TempDir
    Path folder;

    /** The run that is trained, from the beginning or from where it was killed. */
    static final class Training {
        static final Layer NET = sequential(flatten(), dense(64), batchNorm(), relu(), dropout(0.2), dense(10));
        static final Dataset DIGITS = digits();
        static final Option[] OPTIONS = {
            epochs(40),
            batch(8),
            seed(7),
            best("accuracy"),
            ema(0.9),
            callback((event, control) -> {
                if (event instanceof RunEvent.Started) {
                    System.out.println("begun");
                }
            })
        };

        public static void main(String[] arguments) {
            train(NET, DIGITS, OPTIONS);
        }

        static Plan plan() {
            return Plan.of(NET, DIGITS, TrainingSpec.of(List.of(OPTIONS)));
        }
    }

    private static List<String> command(Path root) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx512m",
                "-Djava.awt.headless=true",
                "-Dquire.runs=" + root,
                "-Dquire.checkpoint.seconds=0.02",
                "-cp",
                System.getProperty("java.class.path"),
                Training.class.getName());
    }

    private static Process start(List<String> command) throws IOException {
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    /** Waits until training begins; false where the process ends before. */
    private static boolean begins(Process process) throws IOException {
        BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.equals("begun")) {
                return true;
            }
        }
        return false;
    }

    private static StoredRun only(Path root) throws IOException {
        List<RunFolder> all = RunFolder.all(root);
        assertThat(all).hasSize(1);
        return StoredRun.of(all.get(0));
    }

    private static List<Path> temporary(Path root) throws IOException {
        try (Stream<Path> all = Files.walk(root)) {
            return all.filter(file -> String.valueOf(file.getFileName()).endsWith(".quire-tmp"))
                    .toList();
        }
    }

    /** Everything that is there can be read, whatever the moment. */
    private static void checkReadable(Path root) throws IOException {
        for (RunFolder each : RunFolder.all(root)) {
            StoredRun run = StoredRun.of(each);
            run.history();
            run.losses();
            run.spec();
            run.model();
            if (run.state().equals("completed")) {
                assertThat(run.differences()).as("what ended has its list").isEmpty();
            }
            for (Path file : List.of(each.last(), each.best())) {
                if (Files.exists(file)) {
                    Checkpoint.read(file).snapshot(Training.plan());
                }
            }
        }
    }

    /** Rows of metrics without the times. */
    private static List<String> figures(StoredRun run) throws IOException {
        List<String> lines = Files.readAllLines(run.folder().metrics());
        List<String> heads = Arrays.asList(lines.get(0).split(","));
        return lines.stream()
                .map(line -> {
                    List<String> fields = new ArrayList<>(Arrays.asList(line.split(",")));
                    fields.set(heads.indexOf("seconds"), "");
                    fields.set(heads.indexOf("examples_per_second"), "");
                    return String.join(",", fields);
                })
                .toList();
    }

    private static void checkSame(StoredRun run, StoredRun whole) throws IOException {
        assertThat(figures(run)).isEqualTo(figures(whole));
        assertThat(Files.readString(run.folder().steps()))
                .isEqualTo(Files.readString(whole.folder().steps()));
        Plan plan = Training.plan();
        for (String name : List.of("last", "best")) {
            assertThat(weights(run, name, plan)).as(name).isEqualTo(weights(whole, name, plan));
        }
        assertThat(run.sentence()).isEqualTo(whole.sentence());
    }

    private static List<Integer> weights(StoredRun run, String name, Plan plan) {
        float[] flat =
                Checkpoint.read(run.folder().checkpoint(name)).weights(plan).flat();
        List<Integer> bits = new ArrayList<>();
        for (float value : flat) {
            bits.add(Float.floatToRawIntBits(value));
        }
        return bits;
    }

    @Test
    void a_run_killed_at_any_moment_goes_on_by_itself_and_ends_with_the_same_bits() throws Exception {
        Path undisturbed = folder.resolve("whole");
        Process first = start(command(undisturbed));
        assertThat(begins(first)).isTrue();
        long begun = System.nanoTime();
        assertThat(first.waitFor()).isZero();
        long length = System.nanoTime() - begun;
        StoredRun whole = only(undisturbed);
        assertThat(whole.state()).isEqualTo("completed");

        Random random = new Random(SEED);
        int wanted = Boolean.getBoolean(HUGE) ? FULL : SHORT;
        int kills = 0;
        for (int round = 0; kills < wanted; round++) {
            Path root = folder.resolve("killed-" + round);
            for (int i = 0; i < KILLS_A_RUN && kills < wanted && !isCompleted(root); i++) {
                long start = System.nanoTime();
                if (killed(root, random, length)) {
                    kills++;
                } else {
                    length = Math.min(length, System.nanoTime() - start);
                }
                checkReadable(root);
            }
            if (!isCompleted(root)) {
                assertThat(start(command(root)).waitFor()).isZero();
            }
            checkSame(only(root), whole);
            assertThat(temporary(root)).isEmpty();
            if (round % 20 == 0) {
                System.out.println(kills + " kills, " + (round + 1) + " runs that came out the same");
            }
        }
    }

    /** Most are killed while they train, some while they begin. */
    private static boolean killed(Path root, Random random, long length) throws Exception {
        Process process = start(command(root));
        boolean atStart = random.nextInt(5) == 0;
        if (!atStart && !begins(process)) {
            return false;
        }
        process.waitFor((long) (random.nextDouble() * (atStart ? 1_500_000_000L : length)), TimeUnit.NANOSECONDS);
        boolean lived = process.isAlive();
        process.destroyForcibly().waitFor();
        return lived;
    }

    private static boolean isCompleted(Path root) throws IOException {
        return Files.isDirectory(root)
                && RunFolder.all(root).stream()
                        .anyMatch(each -> StoredRun.of(each).state().equals("completed"));
    }

    @Test
    void a_disk_that_fails_leaves_sound_checkpoints_and_says_why() throws Exception {
        Path fiu = Path.of("/usr/bin/fiu-run");
        assumeTrue(Files.isExecutable(fiu), "no fiu-run here: install fiu-utils");
        int wanted = Boolean.getBoolean(HUGE) ? 100 : 4;
        Random random = new Random(SEED);
        int failed = 0;
        // Where a fault strikes is chance: goes on until a run has failed, more and more likely.
        for (int i = 0; i < wanted || failed == 0 && i < 10 * wanted; i++) {
            String what = FAULTS.get(i % FAULTS.size());
            double share = (0.005 + 0.015 * random.nextDouble()) * Math.max(1, 1 + (i - wanted) / wanted);
            Path root = folder.resolve("failing-" + i);
            List<String> command = new ArrayList<>(List.of(
                    fiu.toString(),
                    "-x",
                    "-f",
                    "",
                    "-c",
                    "enable_random name=" + what + ",probability=" + share + ",failinfo=28"));
            command.addAll(command(root));
            Process process = start(command);
            // The library that makes the disk fail waits for its own lock now and then; that is a kill, then.
            boolean isOver = process.waitFor(LONGEST, TimeUnit.SECONDS);
            process.destroyForcibly().waitFor();
            checkReadable(root);
            assertThat(isOver && Files.isDirectory(root) ? temporary(root) : List.of())
                    .isEmpty();
            for (RunFolder each : Files.isDirectory(root) ? RunFolder.all(root) : List.<RunFolder>of()) {
                StoredRun run = StoredRun.of(each);
                assertThat(run.state()).as(what + " of " + share).isIn("failed", "crashed", "completed");
                if (run.state().equals("failed")) {
                    assertThat(run.sentence()).contains("cannot be written: ");
                    failed++;
                }
            }
        }
        assertThat(failed).as("runs marked as failed").isPositive();
    }
}
