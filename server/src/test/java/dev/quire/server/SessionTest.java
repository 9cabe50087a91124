package dev.quire.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SessionTest {
    @TempDir
    Path folder;

    @Test
    void a_session_trains_what_its_first_message_says() throws Exception {
        try (TestServer server = TestServer.in(folder);
                Talk talk = new Talk(server, "/v1/session")) {
            List<JsonNode> told = talk.say(JobTest.job(20, 1)).until("result", "aborted", "error");
            assertThat(told)
                    .extracting(each -> each.path("type").asText())
                    .contains("state", "step", "epoch", "result");
            JsonNode trained = told.get(told.size() - 1).path("trained");
            assertThat(trained.path("run").asText()).isEqualTo("mlp__crossEntropy__scratch");
            assertThat(trained.path("epochs").asInt()).isEqualTo(20);
            assertThat(trained.path("accuracy").asDouble()).isBetween(0.3, 1.0);
        }
    }

    @Test
    void what_is_trained_already_is_trained_again_only_where_the_client_says_so() throws Exception {
        try (TestServer server = TestServer.in(folder);
                Talk talk = new Talk(server, "/v1/session")) {
            talk.say(JobTest.job(2, 1)).next("result");
            JsonNode exists = talk.say(JobTest.job(2, 1)).next("exists");
            assertThat(exists.path("existing").path("run").asText()).isEqualTo("mlp__crossEntropy__scratch");
            talk.say("{\"type\":\"overwrite\",\"value\":false}");
            assertThat(talk.next("aborted").path("message").asText()).isEqualTo("what is trained already is kept");
            assertThat(talk.say("{\"type\":\"overwrite\",\"value\":true}")
                            .next("error")
                            .path("message")
                            .asText())
                    .isEqualTo(
                            "nothing asks whether to overwrite, or it has been answered: answer once, after \"exists\"");
            talk.say(JobTest.job(2, 1)).next("exists");
            talk.say("{\"type\":\"overwrite\",\"value\":true}").next("result");
            try (Stream<Path> records = Files.list(folder.resolve("runs"))) {
                assertThat(records.filter(Files::isDirectory)).hasSize(1);
            }
            assertThat(server.get("/v1/jobs").json()).hasSize(2);
        }
    }

    @Test
    void an_abort_ends_it_at_any_time() throws Exception {
        try (TestServer server = TestServer.in(folder);
                Talk talk = new Talk(server, "/v1/session")) {
            assertThat(talk.say("{\"type\":\"abort\"}")
                            .next("error")
                            .path("message")
                            .asText())
                    .isEqualTo("nothing is under way: there is nothing to abort");
            talk.say(JobTest.job(JobTest.LONG, 1)).next("step");
            assertThat(talk.say(JobTest.job(1, 2)).next("error").path("message").asText())
                    .startsWith("a training is under way: wait for its end");
            assertThat(talk.say("{\"type\":\"abort\"}")
                            .next("aborted")
                            .path("message")
                            .asText())
                    .startsWith("stopped in epoch ");
            talk.say(JobTest.job(2, 3)).next("result");
            talk.say(JobTest.job(2, 3)).next("exists");
            assertThat(talk.say("{\"type\":\"abort\"}")
                            .next("aborted")
                            .path("message")
                            .asText())
                    .isEqualTo("nothing was trained");
        }
    }

    @Test
    void what_does_not_fit_is_an_error_and_the_session_goes_on() throws Exception {
        try (TestServer server = TestServer.in(folder);
                Talk talk = new Talk(server, "/v1/session")) {
            assertThat(talk.say("nonsense").next("error").path("message").asText())
                    .startsWith("the body is no JSON in line 1");
            assertThat(talk.say("[1]").next("error").path("message").asText())
                    .isEqualTo("the message is no JSON object: send an object");
            assertThat(talk.say("{\"dataset\":\"irs\",\"network\":" + JobTest.NETWORK + "}")
                            .next("error")
                            .path("message")
                            .asText())
                    .startsWith("there is no dataset 'irs', did you mean 'iris'?");
            talk.say(JobTest.job(1, 1)).next("result");
        }
    }
}
