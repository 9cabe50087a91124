package dev.quire.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The application as a person uses it. The pictures are for people, in target/screenshots. */
class BrowserTest {
    @TempDir
    Path folder;

    @Test
    void a_person_trains_watches_aborts_draws_compares_and_deploys() {
        try (TestServer server = TestServer.in(folder)) {
            assertThat(Browser.run("pages.mjs", server.at("").toString()))
                    .containsExactly(
                            "empty pages say what to do first",
                            "a model that is not trained leads to the form with its fields filled in",
                            "a network is trained, its epochs and its log come as they are made",
                            "who comes late sees what was missed",
                            "a configuration that is trained already is trained again only when asked to",
                            "a job is aborted",
                            "a digit that is drawn is read, and the model that answered is named",
                            "runs are filtered and compared",
                            "a run shows its curves, what was taken for what, its configuration and its environment",
                            "a deployment is made, tried, stopped, started and deleted",
                            "a project holds configurations and queues their runs, and its name is text",
                            "the colours that were chosen are kept",
                            "the keyboard leads past the links to the content");
        }
    }

    @Test
    void a_server_that_asks_for_a_token_is_used_through_the_link_that_it_prints() {
        try (TestServer server = TestServer.in(folder, options -> options.token("a-token-of-a-test"))) {
            assertThat(Browser.run("token.mjs", server.server.link().toString()))
                    .containsExactly(
                            "without the token nothing is shown",
                            "the link that is printed opens the application, and the token leaves the address",
                            "questions and live connections show the token by themselves");
        }
    }
}
