package dev.quire.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that is killed: its jobs are gone on with by the next, none lost, none trained twice. */
class KillTest {
    private static final int WAITING = Boolean.getBoolean("quire.test.huge") ? 20 : 4;

    @TempDir
    Path folder;

    /** What the killed process runs: it submits a long job and some short ones, and says when the first trains. */
    static final class Child {
        private Child() {}

        public static void main(String[] arguments) throws Exception {
            TestServer server = TestServer.in(Path.of(arguments[0]));
            String first = JobTest.submitted(server, JobTest.job(40_000, 0));
            int waiting = Integer.parseInt(arguments[1]);
            for (int i = 1; i <= waiting; i++) {
                JobTest.submitted(server, JobTest.job(1, i));
            }
            JobTest.untilRun(server, first);
            Thread.sleep(1500);
            System.out.println("trains " + first);
            Thread.sleep(60_000);
        }
    }

    @Test
    void none_is_lost_and_none_is_trained_twice() throws Exception {
        String first = kill();
        try (TestServer server = TestServer.in(folder)) {
            JsonNode all = server.get("/v1/jobs?num=100").json();
            assertThat(all).hasSize(WAITING + 1);
            JsonNode resumed = server.get("/v1/jobs/" + first).json();
            String run = resumed.path("run").asText();
            JobTest.until(server, first, "running");
            Thread.sleep(500);
            server.post("/v1/jobs/" + first + "/stop", "{}");
            assertThat(JobTest.ended(server, first).path("run").asText()).isEqualTo(run);
            Set<String> runs = new HashSet<>(List.of(run));
            for (JsonNode each : all) {
                String id = each.path("id").asText();
                if (!id.equals(first)) {
                    JsonNode done = JobTest.ended(server, id);
                    assertThat(done.path("state").asText()).isEqualTo("done");
                    assertThat(runs.add(done.path("run").asText()))
                            .as("a record of its own")
                            .isTrue();
                }
            }
            try (Stream<Path> records = Files.list(folder.resolve("runs"))) {
                assertThat(records.filter(each -> Files.exists(each.resolve("run.json"))))
                        .hasSize(WAITING + 1);
            }
            assertThat(Files.readString(folder.resolve("runs").resolve(run).resolve("run.json")))
                    .contains("\"resumed\"");
        }
    }

    /** The id of the job that was being trained. */
    private String kill() throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dquire.checkpoint.seconds=0.2",
                "-cp",
                System.getProperty("java.class.path"),
                Child.class.getName(),
                folder.toString(),
                Integer.toString(WAITING)));
        Process child = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader said =
                new BufferedReader(new InputStreamReader(child.getInputStream(), StandardCharsets.UTF_8))) {
            String line = said.readLine();
            while (line != null && !line.startsWith("trains ")) {
                line = said.readLine();
            }
            return Objects.requireNonNull(line, "the child ended").substring("trains ".length());
        } finally {
            child.destroyForcibly().waitFor();
        }
    }
}
