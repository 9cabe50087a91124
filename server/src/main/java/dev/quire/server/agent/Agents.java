package dev.quire.server.agent;

import dev.quire.server.http.Id;
import dev.quire.server.http.Json;
import dev.quire.server.http.Problem;
import dev.quire.server.store.Store;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The machines that train. Each registers itself when its server starts, and says every few seconds how it is. */
public final class Agents {
    private static final Logger LOG = LoggerFactory.getLogger(Agents.class);
    private static final Duration EVERY = Duration.ofSeconds(5);
    /** Who has not been heard of for so long is away. */
    private static final Duration SILENCE = Duration.ofSeconds(30);

    private static final String SELECT = "SELECT id, seen, machine, (SELECT count(*) FROM jobs"
            + " WHERE jobs.agent=agents.id AND jobs.state='running') AS running FROM agents";

    private final Jdbi jdbi;
    private final String own;
    private final Gpus gpus = Gpus.ofThisMachine();
    private volatile @Nullable Thread telling;

    /**
     * A machine as clients see it.
     *
     * @param name for people; it does not tell the name of the host
     * @param state {@code busy} with jobs, {@code idle}, or {@code away} when it has not been heard of for half a minute
     * @param running jobs that it trains now
     * @param processors that it trains with
     * @param load share of the time that they are busy, from 0 to 1
     * @param loadAverage processes that ran or waited over the last minute
     * @param memory in bytes
     * @param memoryUsed in bytes
     * @param seen when it was last heard of
     */
    public record Agent(
            String id,
            String name,
            String state,
            int running,
            int processors,
            @Nullable Double load,
            @Nullable Double loadAverage,
            long memory,
            long memoryUsed,
            List<Gpu> gpus,
            Instant seen) {
        public Agent {
            gpus = List.copyOf(gpus);
        }
    }

    /**
     * @param own the id of this machine
     */
    public Agents(Store store, String own) {
        this.jdbi = store.jdbi();
        this.own = own;
    }

    /** Registers this machine, and goes on to tell how it is. GPUs are looked at off this thread: a driver may be slow. */
    public void begin() {
        tell(Machine.now(List.of()));
        Thread thread = new Thread(this::goOn, "quire-agent");
        thread.setDaemon(true);
        telling = thread;
        thread.start();
    }

    /** Tells no more. */
    public void end() {
        Thread thread = telling;
        if (thread != null) {
            thread.interrupt();
            try {
                thread.join(EVERY.toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void goOn() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                try {
                    tell(Machine.now(gpus.now()));
                } catch (JdbiException e) {
                    LOG.warn("the store cannot be told how this machine is: {}", String.valueOf(e.getMessage()));
                }
                Thread.sleep(EVERY.toMillis());
            }
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
        }
    }

    private void tell(Machine machine) {
        jdbi.useHandle(handle -> handle.createUpdate("INSERT INTO agents (id, seen, machine) VALUES (:id, :seen,"
                        + " :machine) ON CONFLICT (id) DO UPDATE SET seen=excluded.seen, machine=excluded.machine")
                .bind("id", own)
                .bind("seen", Instant.now().toString())
                .bind("machine", Json.text(machine))
                .execute());
    }

    /** All, in the order in which they registered. */
    public List<Agent> list() {
        return jdbi.withHandle(handle -> handle.createQuery(SELECT + " ORDER BY number")
                .map((row, context) -> agent(row))
                .list());
    }

    /**
     * A machine.
     *
     * @throws Problem 400 when it is no id, 404 when there is none
     */
    public Agent find(String id) {
        return jdbi.withHandle(handle -> handle.createQuery(SELECT + " WHERE id=:id")
                        .bind("id", Id.of("machine", id))
                        .map((row, context) -> agent(row))
                        .findOne())
                .orElseThrow(() -> Problem.missing("there is no agent " + id, "GET /v1/agents lists them"));
    }

    private static Agent agent(ResultSet row) throws SQLException {
        String id = row.getString("id");
        Instant seen = Instant.parse(row.getString("seen"));
        Machine machine = Json.as(Json.parse(row.getString("machine")), Machine.class);
        int running = row.getInt("running");
        boolean isAway = seen.plus(SILENCE).isBefore(Instant.now());
        return new Agent(
                id,
                machine.system() + " " + id.substring(0, 8),
                isAway ? "away" : running > 0 ? "busy" : "idle",
                running,
                machine.processors(),
                machine.load(),
                machine.loadAverage(),
                machine.memory(),
                machine.memoryUsed(),
                machine.gpus(),
                seen);
    }
}
