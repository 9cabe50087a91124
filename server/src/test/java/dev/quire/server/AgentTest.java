package dev.quire.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

class AgentTest extends StoreCase {
    @Test
    void this_machine_registers_itself_with_its_processors_and_memory() throws Exception {
        String id;
        try (TestServer server = server()) {
            JsonNode all = server.get("/v1/agents").json();
            assertThat(all).hasSize(1);
            JsonNode agent = all.get(0);
            id = agent.path("id").asText();
            assertThat(agent.path("state").asText()).isEqualTo("idle");
            assertThat(agent.path("processors").asInt())
                    .isEqualTo(Runtime.getRuntime().availableProcessors());
            assertThat(agent.path("memory").asLong()).isGreaterThan(1 << 20);
            assertThat(agent.path("memory_used").asLong())
                    .isBetween(0L, agent.path("memory").asLong());
            assertThat(agent.path("load").asDouble()).isBetween(0.0, 1.0);
            assertThat(agent.path("name").asText())
                    .isEqualTo(System.getProperty("os.name") + " " + System.getProperty("os.arch") + " "
                            + id.substring(0, 8));
            assertThat(server.get("/v1/agents/" + id).json().path("id").asText())
                    .isEqualTo(id);
            assertThat(server.get("/v1/agents/" + id + "/gpus").json().isArray())
                    .isTrue();
        }
        // The same machine, not another, after a restart.
        try (TestServer server = server()) {
            assertThat(server.get("/v1/agents").json().findValuesAsText("id")).containsExactly(id);
        }
    }

    @Test
    void a_machine_that_trains_is_busy() throws Exception {
        try (TestServer server = server()) {
            String job = JobTest.submitted(server, JobTest.job(JobTest.LONG, 1));
            JobTest.until(server, job, "running");
            JsonNode agent = server.get("/v1/agents").json().get(0);
            assertThat(agent.path("state").asText()).isEqualTo("busy");
            assertThat(agent.path("running").asInt()).isEqualTo(1);
            assertThat(agent.path("id").asText())
                    .isEqualTo(
                            server.get("/v1/jobs/" + job).json().path("agent").asText());
        }
    }

    @Test
    void a_machine_that_is_not_known_is_refused() {
        String nobody = "123e4567-e89b-12d3-a456-426614174000";
        try (TestServer server = server()) {
            assertThat(server.get("/v1/agents/" + nobody).problem())
                    .isEqualTo("404 there is no agent " + nobody + " | GET /v1/agents lists them");
            assertThat(server.get("/v1/agents/" + nobody + "/gpus").problem()).startsWith("404 there is no agent");
            assertThat(server.get("/v1/agents/x").problem()).startsWith("400 this is no id of a machine: 'x'");
        }
    }
}
