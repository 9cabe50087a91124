package dev.quire.server.project;

import dev.quire.server.store.Store;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLIntegrityConstraintViolationException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntSupplier;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;
import org.jdbi.v3.core.statement.Update;

/** Projects and their configurations in the database. Of two that take one name at once, one does. */
final class ProjectStore {
    private static final String COLUMNS =
            "id, project, name, experiment, dataset, network, model_id, configuration, created, sent";

    /** The class of SQL states of constraints, and how SQLite says it. */
    private static final String TAKEN = "23";

    private static final String TAKEN_IN_SQLITE = "SQLITE_CONSTRAINT";

    private final Jdbi jdbi;

    ProjectStore(Store store) {
        this.jdbi = store.jdbi();
    }

    /** Whether it was added: its name was free. */
    boolean add(Project project) {
        return jdbi.withHandle(handle -> handle.createUpdate("INSERT INTO projects (id, name, description, created)"
                                + " VALUES (:id, :name, :description, :created) ON CONFLICT (name) DO NOTHING")
                        .bind("id", project.id())
                        .bind("name", project.name())
                        .bind("description", project.description())
                        .bind("created", project.created().toString())
                        .execute())
                > 0;
    }

    /** Whether it was changed: it is there and no other has its name. */
    boolean change(Project project) {
        return isChanged(() -> jdbi.withHandle(
                handle -> handle.createUpdate("UPDATE projects SET name=:name, description=:description WHERE id=:id"
                                + " AND NOT EXISTS (SELECT 1 FROM projects WHERE name=:name AND id<>:id)")
                        .bind("id", project.id())
                        .bind("name", project.name())
                        .bind("description", project.description())
                        .execute()));
    }

    /** Whether one row was changed; not where another took its name at the same moment, which the database refuses. */
    private static boolean isChanged(IntSupplier update) {
        try {
            return update.getAsInt() > 0;
        } catch (UnableToExecuteStatementException refused) {
            if (refused.getCause() instanceof SQLException cause
                    && (cause instanceof SQLIntegrityConstraintViolationException
                            || String.valueOf(cause.getSQLState()).startsWith(TAKEN)
                            || String.valueOf(cause.getMessage()).contains(TAKEN_IN_SQLITE))) {
                return false;
            }
            throw refused;
        }
    }

    /** The newest first. */
    List<Project> list(int most) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "SELECT id, name, description, created FROM projects ORDER BY number DESC LIMIT :most")
                .bind("most", most)
                .map((row, context) -> project(row))
                .list());
    }

    Optional<Project> find(String id) {
        return jdbi.withHandle(
                handle -> handle.createQuery("SELECT id, name, description, created FROM projects WHERE id=:id")
                        .bind("id", id)
                        .map((row, context) -> project(row))
                        .findOne());
    }

    /** Removes it with its configurations; whether it was there. */
    boolean delete(String id) {
        return jdbi.inTransaction(handle -> {
            handle.createUpdate("DELETE FROM configuration_jobs WHERE configuration IN"
                            + " (SELECT id FROM configurations WHERE project=:id)")
                    .bind("id", id)
                    .execute();
            handle.createUpdate("DELETE FROM configurations WHERE project=:id")
                    .bind("id", id)
                    .execute();
            return handle.createUpdate("DELETE FROM projects WHERE id=:id")
                            .bind("id", id)
                            .execute()
                    > 0;
        });
    }

    /** Whether it was added: its project is there and has no other of its name. */
    boolean add(Configuration configuration) {
        return jdbi.withHandle(handle -> bound(
                                handle.createUpdate("INSERT INTO configurations (" + COLUMNS + ") SELECT :id,"
                                        + " :project, :name, :experiment, :dataset, :network, :model, :configuration,"
                                        + " :created, :sent WHERE EXISTS (SELECT 1 FROM projects WHERE id=:project)"
                                        + " ON CONFLICT (project, name) DO NOTHING"),
                                configuration)
                        .bind("created", configuration.created().toString())
                        .execute())
                > 0;
    }

    /** Whether it was changed: it is there and no other of its project has its name. */
    boolean change(Configuration configuration) {
        return isChanged(() -> jdbi.withHandle(handle -> bound(
                        handle.createUpdate("UPDATE configurations SET name=:name, experiment=:experiment,"
                                + " dataset=:dataset, network=:network, model_id=:model, configuration=:configuration,"
                                + " sent=:sent WHERE id=:id AND NOT EXISTS (SELECT 1 FROM configurations WHERE"
                                + " project=:project AND name=:name AND id<>:id)"),
                        configuration)
                .execute()));
    }

    private static Update bound(Update update, Configuration configuration) {
        return update.bind("id", configuration.id())
                .bind("project", configuration.project())
                .bind("name", configuration.name())
                .bind("experiment", configuration.group())
                .bind("dataset", configuration.dataset())
                .bind("network", configuration.network())
                .bind("model", configuration.modelId())
                .bind("configuration", configuration.configuration())
                .bind("sent", configuration.sent());
    }

    /** Those of a project, the oldest first. */
    List<Configuration> configurations(String project) {
        return jdbi.withHandle(handle -> {
            Map<String, List<String>> runs = runs(handle, "project", project);
            return handle.createQuery(
                            "SELECT " + COLUMNS + " FROM configurations WHERE project=:project ORDER BY number")
                    .bind("project", project)
                    .map((row, context) -> configuration(row, runs))
                    .list();
        });
    }

    Optional<Configuration> configuration(String id) {
        return jdbi.withHandle(handle -> {
            Map<String, List<String>> runs = runs(handle, "id", id);
            return handle.createQuery("SELECT " + COLUMNS + " FROM configurations WHERE id=:id")
                    .bind("id", id)
                    .map((row, context) -> configuration(row, runs))
                    .findOne();
        });
    }

    boolean deleteConfiguration(String id) {
        return jdbi.inTransaction(handle -> {
            handle.createUpdate("DELETE FROM configuration_jobs WHERE configuration=:id")
                    .bind("id", id)
                    .execute();
            return handle.createUpdate("DELETE FROM configurations WHERE id=:id")
                            .bind("id", id)
                            .execute()
                    > 0;
        });
    }

    /** Whether the configuration of a job came in the words of a contract. */
    boolean isOfContract(String job) {
        return jdbi.withHandle(
                        handle -> handle.createQuery("SELECT count(*) FROM configuration_jobs JOIN configurations"
                                        + " ON configurations.id=configuration_jobs.configuration"
                                        + " WHERE configuration_jobs.job=:job AND configurations.sent IS NOT NULL")
                                .bind("job", job)
                                .mapTo(Integer.class)
                                .one())
                > 0;
    }

    /** The names of runs by the configuration that they were made of. */
    private static Map<String, List<String>> runs(Handle handle, String column, String value) {
        Map<String, List<String>> out = new HashMap<>();
        handle.createQuery("SELECT configuration_jobs.configuration AS made_of, configuration_jobs.run AS run"
                        + " FROM configuration_jobs JOIN configurations"
                        + " ON configurations.id=configuration_jobs.configuration WHERE configurations." + column
                        + "=:value AND configuration_jobs.run IS NOT NULL ORDER BY configuration_jobs.number")
                .bind("value", value)
                .map((row, context) -> out.computeIfAbsent(row.getString("made_of"), id -> new ArrayList<>())
                        .add(row.getString("run")))
                .list();
        return out;
    }

    private static Project project(ResultSet row) throws SQLException {
        return new Project(
                row.getString("id"),
                row.getString("name"),
                row.getString("description"),
                Instant.parse(row.getString("created")));
    }

    private static Configuration configuration(ResultSet row, Map<String, List<String>> runs) throws SQLException {
        String id = row.getString("id");
        return new Configuration(
                id,
                row.getString("project"),
                row.getString("name"),
                row.getString("experiment"),
                row.getString("dataset"),
                row.getString("network"),
                row.getString("model_id"),
                row.getString("configuration"),
                Instant.parse(row.getString("created")),
                row.getString("sent"),
                runs.getOrDefault(id, List.of()));
    }
}
