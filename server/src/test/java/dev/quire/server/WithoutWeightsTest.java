package dev.quire.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs that are asked before they can answer. */
class WithoutWeightsTest {
    private static final String ROWS = "{\"rows\":[[5.1,3.5,1.4,0.2]]}";
    private static final String RECORD = "{\"version\":1,\"state\":\"training\",\"data\":\"iris\",\"model\":\"mlp\","
            + "\"started\":\"2026-01-01T00:00:00Z\"}";

    @TempDir
    Path folder;

    @Test
    void a_run_that_another_process_has_just_begun_is_to_be_asked_again() throws IOException {
        Path record = Files.createDirectories(folder.resolve("runs/begun"));
        try (TestServer server = TestServer.in(folder)) {
            TestServer.Answer answer = server.post("/v1/runs/begun/infer", ROWS);
            assertThat(answer.problem())
                    .isEqualTo("503 run begun has just begun and has no weights yet | ask again in a second");
            assertThat(answer.raw().headers().firstValue("Retry-After")).hasValue("1");
            Files.writeString(record.resolve("run.json"), RECORD);
            try (FileChannel channel = FileChannel.open(
                            record.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock held = channel.lock()) {
                assertThat(held.isValid()).isTrue();
                assertThat(server.post("/v1/runs/begun/infer", ROWS).problem())
                        .isEqualTo("503 run begun has just begun and has no weights yet | ask again in a second");
            }
            assertThat(server.post("/v1/runs/begun/infer", ROWS).problem())
                    .isEqualTo("409 run begun has no weights, it is crashed | train it again, or ask another run");
        }
    }

    @Test
    void a_run_that_takes_the_place_of_another_answers_or_asks_for_a_moment() throws Exception {
        try (TestServer server = TestServer.in(folder)) {
            String job = "{\"overwrite\":true,\"name\":\"again\",\"dataset\":\"iris\",\"network\":" + JobTest.NETWORK
                    + ",\"configuration\":{\"epochs\":3}}";
            JobTest.ended(server, JobTest.submitted(server, job));
            TreeSet<Integer> statuses = new TreeSet<>();
            for (int i = 0; i < 5; i++) {
                String id = JobTest.submitted(server, job);
                while (server.get("/v1/jobs/" + id).json().path("ended").isMissingNode()) {
                    statuses.add(server.post("/v1/runs/again/infer", ROWS).status());
                }
            }
            statuses.add(server.post("/v1/runs/again/infer", ROWS).status());
            assertThat(statuses).contains(200).isSubsetOf(200, 503);
        }
    }
}
