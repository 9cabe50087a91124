package dev.quire.server.deploy;

import dev.quire.server.http.Problem;
import dev.quire.server.infer.Quickest;
import dev.quire.server.infer.Served;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A model under a name of its own: its versions, the newest of which answers, and its log. */
public final class Deployment {
    private final String name;
    private final Served served;
    private final DeploymentLog log = new DeploymentLog();
    private final LongAdder answered = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final List<DeploymentStore.Version> versions;
    private State state = State.STOPPED;
    private @Nullable String detail;
    private int stops;

    /** What a deployment does. */
    public enum State {
        STOPPED,
        LOADING,
        RUNNING,
        FAILED;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * A deployment as clients see it.
     *
     * @param state {@code stopped}, {@code loading}, {@code running} or {@code failed}
     * @param version the newest, from 1
     * @param kind {@code run} or {@code file}
     * @param source the name of the run or the file
     * @param created its first version
     * @param answered requests since the server started
     * @param failed likewise
     * @param runtime what computes the answers, while it runs
     * @param detail why it failed
     */
    public record View(
            String name,
            String state,
            int version,
            String kind,
            String source,
            Instant created,
            long answered,
            long failed,
            List<VersionView> versions,
            @Nullable String runtime,
            @Nullable String detail) {}

    /** A version as clients see it. */
    public record VersionView(int version, String kind, String source, Instant created) {}

    Deployment(String name, List<DeploymentStore.Version> versions, Served served) {
        this.name = name;
        this.served = served;
        this.versions = new ArrayList<>(versions);
    }

    public String name() {
        return name;
    }

    /** What answers. */
    public Served served() {
        return served;
    }

    /** What it did lately. */
    public DeploymentLog log() {
        return log;
    }

    synchronized DeploymentStore.Version newest() {
        return versions.get(versions.size() - 1);
    }

    synchronized void add(DeploymentStore.Version version) {
        versions.add(version);
    }

    synchronized State state() {
        return state;
    }

    /** How often it was stopped: what was asked before a stop is no longer wanted after it. */
    synchronized int stops() {
        return stops;
    }

    /** From now on it is being loaded; as {@link #stops()}. */
    synchronized int loading() {
        state = State.LOADING;
        detail = null;
        return stops;
    }

    /** It could not be loaded, unless it was stopped since, or another start was sooner. */
    synchronized void failed(int stopsBefore, String why) {
        if (stops == stopsBefore && state == State.LOADING) {
            state = State.FAILED;
            detail = why;
            log.add("did not start: " + why);
        }
    }

    /**
     * Lets a version answer from now on.
     *
     * @param stopsBefore when it was asked for
     * @param version makes it; not called where it was stopped since
     * @throws Problem 409 where it was stopped since
     */
    synchronized void answer(int stopsBefore, Supplier<Served.Version> version) {
        if (stops != stopsBefore) {
            throw Problem.conflict(
                    "deployment " + name + " was stopped while it was being loaded",
                    "POST /v1/deployments/" + name + "/start starts it");
        }
        served.change(version.get());
        state = State.RUNNING;
        detail = null;
    }

    /** Answers what it was asked, and nothing more: no version that is still being loaded either. */
    synchronized void stop() {
        stops++;
        state = State.STOPPED;
        detail = null;
        served.stop();
    }

    /** Notes an answer. */
    public void answered(Served.Said said, int rows) {
        answered.increment();
        log.add(() -> String.format(
                Locale.ROOT,
                "version %d answered %d %s in %.2f ms%s",
                said.by().which().version(),
                rows,
                rows == 1 ? "row" : "rows",
                said.reply().milliseconds(),
                said.reply().joined() > rows ? ", " + said.reply().joined() + " in one call" : ""));
    }

    /** Notes a request that was not answered. */
    public void failed(String why) {
        failed.increment();
        log.add("refused a request: " + why);
    }

    /** What is said where it does not run. */
    public synchronized Problem notRunning() {
        String now = state == State.FAILED ? "failed: " + detail : state.word();
        return Problem.conflict(
                "deployment " + name + " is " + now, "POST /v1/deployments/" + name + "/start starts it");
    }

    /** What clients see. */
    public synchronized View view() {
        DeploymentStore.Version newest = newest();
        return new View(
                name,
                state.word(),
                newest.number(),
                newest.source().kind().word(),
                newest.source().name(),
                versions.get(0).created(),
                answered.sum(),
                failed.sum(),
                versions.stream()
                        .map(each -> new VersionView(
                                each.number(),
                                each.source().kind().word(),
                                each.source().name(),
                                each.created()))
                        .toList(),
                served.version()
                        .map(version -> version.model().card().madeFrom().get(Quickest.RUNTIME))
                        .orElse(null),
                detail);
    }
}
