package dev.quire.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class JobTest extends StoreCase {
    static final String NETWORK =
            "{\"version\": 1, \"type\": \"sequential\", \"layers\": [{\"type\": \"dense\", \"units\": 8}, {\"type\": \"relu\"},"
                    + " {\"type\": \"dense\", \"units\": 3}]}";
    /** Ten thousand epochs: it does not end by itself while a test runs. */
    static final int LONG = 1_000_000;

    @Test
    void a_job_is_trained_and_recorded_as_in_a_notebook() throws Exception {
        try (TestServer server = server()) {
            JsonNode job = server.post("/v1/jobs", job(2, 1)).json();
            assertThat(job.path("state").asText()).isIn("pending", "running");
            JsonNode done = ended(server, job.path("id").asText());
            assertThat(done.path("state").asText()).isEqualTo("done");
            assertThat(done.path("detail").asText()).isEqualTo("all epochs are done");
            String run = done.path("run").asText();
            assertThat(run).isEqualTo("mlp__crossEntropy__scratch");
            assertThat(Files.readAllLines(folder.resolve("runs").resolve(run).resolve("metrics.csv")))
                    .hasSize(3);
        }
    }

    @Test
    void jobs_are_listed_the_newest_first() throws Exception {
        try (TestServer server = server()) {
            List<String> ids = new ArrayList<>();
            for (int seed = 0; seed < 3; seed++) {
                ids.add(submitted(server, job(1, seed)));
            }
            JsonNode listed = server.get("/v1/jobs?num=2").json();
            assertThat(listed).hasSize(2);
            assertThat(listed.get(0).path("id").asText()).isEqualTo(ids.get(2));
            assertThat(server.get("/v1/jobs?num=0").problem())
                    .isEqualTo("400 num must be a whole number from 1 to 1000, got '0' | correct it, or leave it out");
            assertThat(server.get("/v1/jobs?state=gone").problem())
                    .isEqualTo("400 there is no state 'gone' | use pending, running, done, stopped or failed");
            ids.forEach(id -> ended(server, id));
            assertThat(server.get("/v1/jobs?state=done").json()).hasSize(3);
        }
    }

    @Test
    void one_trains_and_the_others_wait_and_each_can_be_stopped() throws Exception {
        try (TestServer server = server()) {
            String first = submitted(server, job(LONG, 1));
            until(server, first, "running");
            String second = submitted(server, job(LONG, 2));
            assertThat(state(server, second)).isEqualTo("pending");
            assertThat(server.post("/v1/jobs/" + second + "/stop", "{}")
                            .json()
                            .path("state")
                            .asText())
                    .isEqualTo("stopped");
            assertThat(server.delete("/v1/jobs/" + first).problem())
                    .isEqualTo("409 job " + first + " is running | stop it first: POST /v1/jobs/" + first
                            + "/stop, and wait until it has ended");
            assertThat(server.post("/v1/jobs/" + first + "/stop", "{}").status())
                    .isEqualTo(202);
            assertThat(ended(server, first).path("detail").asText()).startsWith("stopped in epoch ");
            assertThat(server.post("/v1/jobs/" + first + "/stop", "{}").problem())
                    .isEqualTo("409 job " + first
                            + " has ended already, it is stopped | submit it again if it is to be trained again");
            assertThat(server.delete("/v1/jobs/" + first).status()).isEqualTo(204);
            assertThat(server.get("/v1/jobs/" + first).problem())
                    .isEqualTo("404 there is no job " + first + " | GET /v1/jobs lists them; it may have been deleted");
        }
    }

    @Test
    void two_at_once_where_that_is_asked_for() throws Exception {
        try (TestServer server = server(options -> options.atOnce(2))) {
            String first = submitted(server, job(LONG, 1));
            String second = submitted(server, job(LONG, 2));
            until(server, first, "running");
            until(server, second, "running");
        }
    }

    @Test
    void what_was_under_way_when_the_server_stopped_goes_on() throws Exception {
        String running;
        String waiting;
        String run;
        try (TestServer server = server()) {
            running = submitted(server, job(LONG, 1));
            until(server, running, "running");
            waiting = submitted(server, job(1, 2));
            run = untilRun(server, running);
            Thread.sleep(300);
        }
        try (TestServer server = server()) {
            until(server, running, "running");
            assertThat(untilRun(server, running)).isEqualTo(run);
            assertThat(state(server, waiting)).isEqualTo("pending");
            Thread.sleep(300);
            server.post("/v1/jobs/" + running + "/stop", "{}");
            assertThat(ended(server, running).path("state").asText()).isEqualTo("stopped");
            assertThat(ended(server, waiting).path("state").asText()).isEqualTo("done");
            assertThat(Files.readString(folder.resolve("runs").resolve(run).resolve("run.json")))
                    .contains("\"resumed\"");
            // One record for each job: nothing was begun anew.
            try (Stream<Path> records = Files.list(folder.resolve("runs"))) {
                assertThat(records.filter(Files::isDirectory)).hasSize(2);
            }
        }
    }

    @Test
    void a_job_that_cannot_be_trained_fails_with_the_reason() {
        try (TestServer server = server()) {
            String json = "{\"dataset\": \"iris\", \"network\": {\"version\": 1, \"type\": \"sequential\", \"layers\":"
                    + " [{\"type\": \"dense\", \"units\": 4}]}}";
            JsonNode failed = ended(server, submitted(server, json));
            assertThat(failed.path("state").asText()).isEqualTo("failed");
            assertThat(failed.path("detail").asText()).contains("3 classes");
        }
    }

    @Test
    void what_does_not_fit_is_refused_before_it_waits() {
        try (TestServer server = server()) {
            assertThat(server.post("/v1/jobs", "{\"dataset\": \"iris\"}").problem())
                    .isEqualTo("400 there is no network | give either model_id or network");
            assertThat(server.post("/v1/jobs", "{\"network\": " + NETWORK + "}").problem())
                    .startsWith("400 there is no dataset | name one");
            assertThat(server.post("/v1/jobs", "{\"dataset\": \"irs\", \"network\": " + NETWORK + "}")
                            .problem())
                    .startsWith("404 there is no dataset 'irs', did you mean 'iris'?");
            assertThat(server.post("/v1/jobs", "{\"dataset\": \"../../etc/passwd\", \"network\": " + NETWORK + "}")
                            .problem())
                    .startsWith("400 the name of the dataset cannot be '../../etc/passwd' | use letters");
            assertThat(server.post(
                                    "/v1/jobs",
                                    "{\"dataset\": \"http://169.254.169.254\", \"network\": " + NETWORK + "}")
                            .problem())
                    .startsWith("400 the name of the dataset cannot be");
            assertThat(server.post(
                                    "/v1/jobs",
                                    "{\"dataset\": \"jdbc:h2:mem:x;INIT=RUNSCRIPT\", \"network\": " + NETWORK + "}")
                            .problem())
                    .startsWith("400 the name of the dataset cannot be");
            assertThat(server.post("/v1/jobs", "{\"dataste\": \"iris\"}").problem())
                    .isEqualTo(
                            "400 there is no field 'dataste', did you mean 'dataset'? | leave it out or correct its name");
            assertThat(server.post(
                                    "/v1/jobs",
                                    "{\"dataset\": \"iris\", \"network\": " + NETWORK
                                            + ", \"configuration\": {\"epochs\": -1}}")
                            .problem())
                    .startsWith("400 epochs must be at least 1, got -1");
            assertThat(server.post(
                                    "/v1/jobs",
                                    "{\"dataset\": \"iris\", \"network\": " + NETWORK + ", \"name\": \"../x\"}")
                            .problem())
                    .startsWith("400 the name of the run cannot be '../x'");
            assertThat(server.get("/v1/jobs/17").problem()).startsWith("400 this is no id of a job: '17' | use an id");
            assertThat(server.get("/v1/jobs").json()).isEmpty();
        }
    }

    @Test
    void a_queue_that_is_full_says_so() throws Exception {
        try (TestServer server =
                server(options -> options.limits(options.limits().queue(1)))) {
            until(server, submitted(server, job(LONG, 1)), "running");
            assertThat(server.post("/v1/jobs", job(1, 2)).status()).isEqualTo(201);
            assertThat(server.post("/v1/jobs", job(1, 3)).problem())
                    .isEqualTo("429 the queue is full: 1 jobs wait | try again when some are done, stop one that waits,"
                            + " or start the server with a longer queue");
        }
    }

    static String job(int epochs, int seed) {
        return "{\"dataset\": \"iris\", \"network\": " + NETWORK + ", \"configuration\": {\"epochs\": " + epochs
                + ", \"seed\": " + seed + "}}";
    }

    /** The id of a job that was taken. */
    static String submitted(TestServer server, String json) {
        TestServer.Answer answer = server.post("/v1/jobs", json);
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        return answer.json().path("id").asText();
    }

    static String state(TestServer server, String id) {
        return server.get("/v1/jobs/" + id).json().path("state").asText();
    }

    static void until(TestServer server, String id, String state) throws InterruptedException {
        for (int i = 0; i < 600 && !state(server, id).equals(state); i++) {
            Thread.sleep(50);
        }
        assertThat(state(server, id)).isEqualTo(state);
    }

    static String untilRun(TestServer server, String id) throws InterruptedException {
        for (int i = 0; i < 600 && !server.get("/v1/jobs/" + id).json().has("run"); i++) {
            Thread.sleep(50);
        }
        return server.get("/v1/jobs/" + id).json().path("run").asText();
    }

    static JsonNode ended(TestServer server, String id) {
        try {
            for (int i = 0; i < 1200; i++) {
                JsonNode job = server.get("/v1/jobs/" + id).json();
                if (List.of("done", "stopped", "failed")
                        .contains(job.path("state").asText())) {
                    return job;
                }
                Thread.sleep(50);
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        throw new AssertionError(
                "job " + id + " does not end: " + server.get("/v1/jobs/" + id).text());
    }
}
