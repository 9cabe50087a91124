package dev.quire.server.job;

import dev.quire.server.store.Store;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** Jobs in the database. What changes a state says from which: of two that try, one does. */
final class JobStore {
    private static final String COLUMNS = "number, id, state, network, model_id, dataset, configuration, name, run,"
            + " agent, overwrite, keep_epochs, stop_wanted, created, started, ended, detail";

    private final Jdbi jdbi;

    JobStore(Store store) {
        this.jdbi = store.jdbi();
    }

    /**
     * Adds a job unless so many wait already.
     *
     * @param configuration of a project that it was made of, if any
     * @return whether it was added
     */
    boolean add(Job job, int most, Optional<String> configuration) {
        return jdbi.inTransaction(handle -> {
            int waiting = handle.createQuery("SELECT count(*) FROM jobs WHERE state='pending'")
                    .mapTo(Integer.class)
                    .one();
            if (waiting >= most) {
                return false;
            }
            handle.createUpdate(
                            "INSERT INTO jobs (id, state, network, model_id, dataset, configuration, name, overwrite,"
                                    + " keep_epochs,"
                                    + " created)"
                                    + " VALUES (:id, 'pending', :network, :model, :dataset, :configuration, :name, :overwrite, :keep, :created)")
                    .bind("id", job.id())
                    .bind("network", job.network())
                    .bind("model", job.modelId())
                    .bind("dataset", job.dataset())
                    .bind("configuration", job.configuration())
                    .bind("name", job.name())
                    .bind("overwrite", job.overwrite() ? 1 : 0)
                    .bind("keep", job.keepEpochs() ? 1 : 0)
                    .bind("created", job.created().toString())
                    .execute();
            configuration.ifPresent(id -> handle.createUpdate(
                            "INSERT INTO configuration_jobs (configuration, job) VALUES (:configuration, :job)")
                    .bind("configuration", id)
                    .bind("job", job.id())
                    .execute());
            return true;
        });
    }

    Optional<Job> find(String id) {
        return jdbi.withHandle(handle -> handle.createQuery("SELECT " + COLUMNS + " FROM jobs WHERE id=:id")
                .bind("id", id)
                .map((row, context) -> job(row))
                .findOne());
    }

    /** The newest first. */
    List<Job> list(int most, Optional<Job.State> state) {
        return jdbi.withHandle(handle -> handle.createQuery("SELECT " + COLUMNS + " FROM jobs"
                        + (state.isPresent() ? " WHERE state=:state" : "") + " ORDER BY number DESC LIMIT :most")
                .bind("most", most)
                .bindMap(state.map(each -> java.util.Map.of("state", each.word()))
                        .orElse(java.util.Map.of()))
                .map((row, context) -> job(row))
                .list());
    }

    /** The run of the newest job of a model that was trained, to its end or until it was stopped. */
    Optional<String> trained(String model) {
        return jdbi.withHandle(
                handle -> handle.createQuery("SELECT run FROM jobs WHERE model_id=:model AND run IS NOT NULL"
                                + " AND state IN ('done', 'stopped') ORDER BY number DESC LIMIT 1")
                        .bind("model", model)
                        .mapTo(String.class)
                        .findOne());
    }

    /** How many are in this state. */
    int count(Job.State state) {
        return jdbi.withHandle(handle -> handle.createQuery("SELECT count(*) FROM jobs WHERE state=:state")
                .bind("state", state.word())
                .mapTo(Integer.class)
                .one());
    }

    /** Takes the job that has waited longest. */
    Optional<Job> claim(String agent) {
        return jdbi.inTransaction(handle -> {
            Optional<String> first = handle.createQuery(
                            "SELECT id FROM jobs WHERE state='pending' ORDER BY number LIMIT 1")
                    .mapTo(String.class)
                    .findOne();
            if (first.isEmpty()) {
                return Optional.empty();
            }
            int taken = handle.createUpdate("UPDATE jobs SET state='running', agent=:agent,"
                            + " started=coalesce(started, :now) WHERE id=:id AND state='pending'")
                    .bind("agent", agent)
                    .bind("now", Instant.now().toString())
                    .bind("id", first.get())
                    .execute();
            if (taken == 0) {
                return Optional.empty();
            }
            return handle.createQuery("SELECT " + COLUMNS + " FROM jobs WHERE id=:id")
                    .bind("id", first.get())
                    .map((row, context) -> job(row))
                    .findOne();
        });
    }

    /** Gives back what this machine had begun before it stopped: it goes on before all that wait. */
    int giveBack(String agent) {
        return jdbi.withHandle(
                handle -> handle.createUpdate("UPDATE jobs SET state='pending' WHERE state='running' AND agent=:agent")
                        .bind("agent", agent)
                        .execute());
    }

    /** Gives one job back. */
    void giveBack(Job job) {
        jdbi.useHandle(handle -> handle.createUpdate("UPDATE jobs SET state='pending' WHERE id=:id AND state='running'")
                .bind("id", job.id())
                .execute());
    }

    /** Notes the record of a job that begins, before its first step. */
    void begun(String id, String run) {
        jdbi.useTransaction(handle -> {
            handle.createUpdate("UPDATE jobs SET run=:run WHERE id=:id")
                    .bind("run", run)
                    .bind("id", id)
                    .execute();
            // A project knows its runs after their jobs are deleted.
            handle.createUpdate("UPDATE configuration_jobs SET run=:run WHERE job=:id")
                    .bind("run", run)
                    .bind("id", id)
                    .execute();
        });
    }

    /**
     * Ends a job.
     *
     * @param from the state it must be in
     * @return whether it was
     */
    boolean end(String id, Job.State from, Job.State state, String detail) {
        return jdbi.withHandle(handle -> handle.createUpdate(
                                "UPDATE jobs SET state=:state, ended=:now, detail=:detail WHERE id=:id AND state=:from")
                        .bind("state", state.word())
                        .bind("now", Instant.now().toString())
                        .bind("detail", detail)
                        .bind("id", id)
                        .bind("from", from.word())
                        .execute())
                > 0;
    }

    /** Notes that somebody wants it to end: it is not gone on with after a restart. */
    void wantStop(String id) {
        jdbi.useHandle(handle -> handle.createUpdate("UPDATE jobs SET stop_wanted=1 WHERE id=:id")
                .bind("id", id)
                .execute());
    }

    /** Whether it was there, at its end, and is no more. */
    boolean delete(String id) {
        return jdbi.withHandle(handle -> handle.createUpdate(
                                "DELETE FROM jobs WHERE id=:id AND state IN ('done', 'stopped', 'failed')")
                        .bind("id", id)
                        .execute())
                > 0;
    }

    private static Job job(ResultSet row) throws SQLException {
        return new Job(
                row.getLong("number"),
                row.getString("id"),
                Job.State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
                row.getString("network"),
                row.getString("model_id"),
                row.getString("dataset"),
                row.getString("configuration"),
                row.getString("name"),
                row.getString("run"),
                row.getString("agent"),
                row.getInt("overwrite") == 1,
                row.getInt("keep_epochs") == 1,
                row.getInt("stop_wanted") == 1,
                Objects.requireNonNull(instant(row.getString("created"))),
                instant(row.getString("started")),
                instant(row.getString("ended")),
                row.getString("detail"));
    }

    private static @Nullable Instant instant(@Nullable String text) {
        return text == null ? null : Instant.parse(text);
    }
}
