package dev.quire.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quire.QuireException;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The store on PostgreSQL: what is tested on SQLite, once more, each test in a database of its own. */
class PostgresTest {
    private static @Nullable Postgres postgres;

    @BeforeAll
    static void start() {
        postgres = Postgres.start();
    }

    @AfterAll
    static void stop() {
        if (postgres != null) {
            postgres.close();
        }
    }

    private static UnaryOperator<ServerOptions> on(String database) {
        return options -> options.store(database);
    }

    @Test
    void two_servers_share_one_store(@TempDir Path folder) {
        UnaryOperator<ServerOptions> shared = on(postgres.fresh());
        try (TestServer one = TestServer.in(folder.resolve("one"), shared);
                TestServer two = TestServer.in(folder.resolve("two"), shared)) {
            String project = ProjectTest.project(one, "shared");
            assertThat(two.get("/v1/projects/" + project).json().path("name").asText())
                    .isEqualTo("shared");
            assertThat(two.get("/v1/agents").json()).hasSize(2);
        }
    }

    @Test
    void a_database_that_is_not_there_is_told_in_words(@TempDir Path folder) {
        String missing = postgres.fresh().replace("/quire", "/nothing");
        assertThatThrownBy(() -> TestServer.in(folder, on(missing)))
                .isInstanceOf(QuireException.class)
                .hasMessageStartingWith("the store at the JDBC address that was given cannot be used: ")
                .hasMessageEndingWith(": start the database, correct the address, or leave it out for SQLite");
    }

    @Nested
    class Jobs extends JobTest {
        private final String database = postgres.fresh();

        @Override
        UnaryOperator<ServerOptions> options() {
            return on(database);
        }
    }

    @Nested
    class Models extends ModelTest {
        private final String database = postgres.fresh();

        @Override
        UnaryOperator<ServerOptions> options() {
            return on(database);
        }
    }

    @Nested
    class Projects extends ProjectTest {
        private final String database = postgres.fresh();

        @Override
        UnaryOperator<ServerOptions> options() {
            return on(database);
        }
    }

    @Nested
    class Agents extends AgentTest {
        private final String database = postgres.fresh();

        @Override
        UnaryOperator<ServerOptions> options() {
            return on(database);
        }
    }

    @Nested
    class Deployments extends DeploymentTest {
        private final String database = postgres.fresh();

        @Override
        UnaryOperator<ServerOptions> options() {
            return on(database);
        }
    }
}
