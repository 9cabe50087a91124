package dev.quire.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.quire.server.http.Json;
import org.junit.jupiter.api.Test;

class ProjectTest extends StoreCase {
    private static final String NOBODY = "123e4567-e89b-12d3-a456-426614174000";

    @Test
    void a_project_holds_configurations_in_groups_and_the_runs_that_were_made_of_them() {
        try (TestServer server = server()) {
            String project = project(server, "Which width?");
            String small = configuration(server, project, "small", "widths");
            configuration(server, project, "large", "widths");
            configuration(server, project, "alone", "");
            JsonNode job = queued(server, small);
            assertThat(job.path("dataset").asText()).isEqualTo("iris");
            JsonNode done = JobTest.ended(server, job.path("id").asText());
            assertThat(done.path("state").asText()).as(done.toString()).isEqualTo("done");
            JobTest.ended(server, queued(server, small).path("id").asText());
            JsonNode listed =
                    server.get("/v1/projects/" + project + "/configurations").json();
            assertThat(listed.findValuesAsText("name")).contains("small", "large", "alone");
            assertThat(listed.get(0).path("runs")).hasSize(2);
            assertThat(listed.get(0).path("runs").get(0).asText())
                    .isEqualTo(done.path("run").asText());
            assertThat(listed.get(0).path("network").path("layers")).hasSize(3);
            assertThat(listed.get(0).path("configuration").path("epochs").asInt())
                    .isEqualTo(1);
            assertThat(listed.get(2).has("group")).isFalse();
            // A run stays in its project after its job is gone.
            assertThat(server.delete("/v1/jobs/" + done.path("id").asText()).status())
                    .isEqualTo(204);
            JsonNode groups = server.get("/v1/projects/" + project + "/groups").json();
            assertThat(groups).hasSize(1);
            assertThat(groups.get(0).path("name").asText()).isEqualTo("widths");
            assertThat(groups.get(0).path("configurations").asInt()).isEqualTo(2);
            assertThat(groups.get(0).path("runs")).hasSize(2);
            assertThat(server.get("/v1/projects/" + project + "/configurations?group=widths")
                            .json())
                    .hasSize(2);
        }
    }

    @Test
    void a_project_is_still_there_after_a_restart_and_gone_when_it_is_deleted() {
        String project;
        String configuration;
        try (TestServer server = server()) {
            project = project(server, "kept");
            configuration = configuration(server, project, "small", "");
        }
        try (TestServer server = server()) {
            String path = "/v1/projects/" + project;
            assertThat(server.get("/v1/projects").json().findValuesAsText("name"))
                    .containsExactly("kept");
            assertThat(server.get(path + "/configurations/" + configuration)
                            .json()
                            .path("name")
                            .asText())
                    .isEqualTo("small");
            String other = project(server, "another");
            assertThat(server.get("/v1/projects/" + other + "/configurations/" + configuration)
                            .problem())
                    .isEqualTo("404 there is no configuration " + configuration + " in project " + other
                            + " | GET /v1/projects/" + other + "/configurations lists them");
            assertThat(server.delete(path + "/configurations/" + configuration).status())
                    .isEqualTo(204);
            assertThat(server.get(path + "/configurations").json()).isEmpty();
            String again = configuration(server, project, "small", "");
            assertThat(server.delete(path).status()).isEqualTo(204);
            assertThat(server.get(path).problem())
                    .isEqualTo("404 there is no project " + project
                            + " | GET /v1/projects lists them; it may have been deleted");
            assertThat(server.post("/v1/configurations/" + again + "/run", "{}").problem())
                    .startsWith("404 there is no configuration " + again);
        }
    }

    @Test
    void a_project_and_its_configurations_can_be_changed_and_keep_their_runs() {
        try (TestServer server = server()) {
            String project = project(server, "one");
            project(server, "two");
            String path = "/v1/projects/" + project;
            JsonNode changed = server.put(path, "{\"name\": \"three\"}").json();
            assertThat(changed.path("id").asText()).isEqualTo(project);
            assertThat(changed.path("name").asText()).isEqualTo("three");
            assertThat(changed.has("description")).isFalse();
            assertThat(server.get(path).json()).isEqualTo(changed);
            assertThat(server.put(path, "{\"name\": \"three\", \"description\": \"again\"}")
                            .status())
                    .isEqualTo(200);
            assertThat(server.put(path, "{\"name\": \"two\"}").problem())
                    .isEqualTo("409 there is a project 'two' already | choose another name; GET /v1/projects lists"
                            + " them");
            assertThat(server.put(path, "{\"name\": \"\"}").problem())
                    .startsWith("400 the name of the project is empty");
            assertThat(server.put(path, "{\"nam\": \"x\"}").problem())
                    .startsWith("400 there is no field 'nam', did you mean 'name'?");
            assertThat(server.put("/v1/projects/" + NOBODY, "{\"name\": \"x\"}").problem())
                    .startsWith("404 there is no project " + NOBODY);

            String small = configuration(server, project, "small", "widths");
            configuration(server, project, "large", "");
            String run = JobTest.ended(server, queued(server, small).path("id").asText())
                    .path("run")
                    .asText();
            String at = path + "/configurations/" + small;
            JsonNode before = server.get(at).json();
            JsonNode after =
                    server.put(at, wanted("smaller", "", "{\"epochs\": 2}")).json();
            assertThat(after.path("name").asText()).isEqualTo("smaller");
            assertThat(after.has("group")).isFalse();
            assertThat(after.path("configuration").path("epochs").asInt()).isEqualTo(2);
            assertThat(after.path("created")).isEqualTo(before.path("created"));
            assertThat(after.path("runs").get(0).asText()).isEqualTo(run);
            assertThat(server.get(at).json()).isEqualTo(after);
            assertThat(queued(server, small)
                            .path("configuration")
                            .path("epochs")
                            .asInt())
                    .isEqualTo(2);
            assertThat(server.put(at, wanted("large", "", "{}")).problem())
                    .isEqualTo("409 the project has a configuration 'large' already | choose another name, or delete"
                            + " that one");
            assertThat(server.put(at, wanted("x", "", "{\"epochs\": 0}")).problem())
                    .startsWith("400 epochs must be at least 1, got 0");
            assertThat(server.put(path + "/configurations/" + NOBODY, wanted("x", "", "{}"))
                            .problem())
                    .startsWith("404 there is no configuration " + NOBODY);
            assertThat(server.get(at).json().path("name").asText()).isEqualTo("smaller");
        }
    }

    @Test
    void names_are_text_that_comes_back_as_it_was_sent() {
        String name = "<script>alert(\"1\")</script> Größe ≥ 3";
        try (TestServer server = server()) {
            String project = project(server, name);
            TestServer.Answer shown = server.get("/v1/projects/" + project);
            assertThat(shown.type()).isEqualTo("application/json");
            assertThat(shown.json().path("name").asText()).isEqualTo(name);
            String configuration = configuration(server, project, name, name);
            assertThat(server.get("/v1/projects/" + project + "/configurations/" + configuration)
                            .json()
                            .path("group")
                            .asText())
                    .isEqualTo(name);
            for (String path : new String[] {"../../etc/passwd", "file:///etc/passwd", "/etc/passwd", "a\u0000b"}) {
                assertThat(server.post("/v1/projects", "{\"name\": " + Json.text(path) + "}")
                                .problem())
                        .startsWith("400 the name of the project cannot be '")
                        .endsWith("' | use one line of text that is no path and no address");
            }
            assertThat(server.post("/v1/projects", "{\"name\": \"  \"}").problem())
                    .isEqualTo("400 the name of the project is empty | send a name of 1 to 120 characters");
            assertThat(server.post("/v1/projects", "{\"name\": \"" + "n".repeat(121) + "\"}")
                            .problem())
                    .startsWith("400 the name of the project has 121 characters: 'nnn")
                    .endsWith("' | use at most 120");
        }
    }

    @Test
    void a_second_one_of_a_name_is_refused() {
        try (TestServer server = server()) {
            String project = project(server, "one");
            assertThat(server.post("/v1/projects", "{\"name\": \"one\"}").problem())
                    .isEqualTo("409 there is a project 'one' already | choose another name; GET /v1/projects lists"
                            + " them");
            configuration(server, project, "small", "");
            assertThat(server.post("/v1/projects/" + project + "/configurations", wanted("small", "", "{}"))
                            .problem())
                    .isEqualTo(
                            "409 the project has a configuration 'small' already | choose another name, or delete that"
                                    + " one");
            configuration(server, project(server, "two"), "small", "");
        }
    }

    @Test
    void what_cannot_be_trained_is_refused_before_it_is_kept() {
        try (TestServer server = server()) {
            String project = project(server, "one");
            String path = "/v1/projects/" + project + "/configurations";
            assertThat(server.post(path, wanted("a", "", "{\"epoch\": 3}")).problem())
                    .startsWith("400 epoch: there is no such key, did you mean 'epochs'? | ");
            assertThat(server.post(path, "{\"name\": \"a\", \"datset\": \"iris\"}")
                            .problem())
                    .isEqualTo(
                            "400 there is no field 'datset', did you mean 'dataset'? | leave it out or correct its name");
            assertThat(server.post(path, "{\"name\": \"a\", \"dataset\": \"iris\"}")
                            .problem())
                    .isEqualTo("400 there is no network | give either model_id or network");
            assertThat(server.post(path, "{\"dataset\": \"iris\"}").problem())
                    .isEqualTo("400 there is no name | send it; /openapi.json says what is expected");
            assertThat(server.get(path).json()).isEmpty();
            assertThat(server.post("/v1/projects/" + NOBODY + "/configurations", wanted("a", "", "{}"))
                            .problem())
                    .startsWith("404 there is no project " + NOBODY);
            assertThat(server.get("/v1/projects/17").problem()).startsWith("400 this is no id of a project: '17'");
            assertThat(server.delete("/v1/projects/" + NOBODY).problem()).startsWith("404 there is no project");
            assertThat(server.post("/v1/configurations/" + NOBODY + "/run", "{}")
                            .problem())
                    .isEqualTo("404 there is no configuration " + NOBODY
                            + " | GET /v1/projects/ID/configurations lists them; it may have been deleted");
        }
    }

    static String project(TestServer server, String name) {
        TestServer.Answer made =
                server.post("/v1/projects", "{\"name\": " + Json.text(name) + ", \"description\": \"a question\"}");
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        return made.json().path("id").asText();
    }

    static String configuration(TestServer server, String project, String name, String group) {
        TestServer.Answer made =
                server.post("/v1/projects/" + project + "/configurations", wanted(name, group, "{\"epochs\": 1}"));
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        return made.json().path("id").asText();
    }

    private static JsonNode queued(TestServer server, String configuration) {
        TestServer.Answer answer = server.ask("POST", "/v1/configurations/" + configuration + "/run", null, "");
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        return answer.json();
    }

    private static String wanted(String name, String group, String configuration) {
        return "{\"name\": " + Json.text(name) + ", \"group\": " + Json.text(group)
                + ", \"dataset\": \"iris\", \"network\": " + JobTest.NETWORK + ", \"configuration\": " + configuration
                + "}";
    }
}
