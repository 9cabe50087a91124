package dev.quire.server.job;

import dev.quire.server.http.Body;
import dev.quire.server.http.Problem;
import dev.quire.server.http.Route;
import dev.quire.server.http.Routes;
import dev.quire.server.http.SafeText;
import dev.quire.server.http.Schema;
import io.javalin.http.Context;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Jobs: submit, list, show, stop, delete. */
public final class JobRoutes implements Routes {
    private static final int MOST = 1000;

    private final Jobs jobs;
    private final Orders orders;

    public JobRoutes(Jobs jobs, Orders orders) {
        this.jobs = jobs;
        this.orders = orders;
    }

    @Override
    public String group() {
        return "jobs";
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.post("/v1/jobs", "Puts a job into the queue")
                        .takes(Schema.of(Orders.Wanted.class))
                        .answers(201, Schema.of(JobView.class))
                        .by(this::submit),
                Route.get("/v1/jobs", "Lists jobs, the newest first")
                        .query("num", Route.Parameter.Kind.INTEGER, "at most so many, 100 unless said")
                        .query("state", Route.Parameter.Kind.STRING, "those in this state")
                        .answers(200, Schema.listOf(JobView.class))
                        .by(this::list),
                Route.get("/v1/jobs/{id}", "Shows a job")
                        .answers(200, Schema.of(JobView.class))
                        .by(context -> context.json(JobView.of(jobs.find(context.pathParam("id"))))),
                Route.post("/v1/jobs/{id}/stop", "Ends a job after the steps under way, and keeps what was learned")
                        .answers(202, Schema.of(JobView.class))
                        .by(context -> context.status(202).json(JobView.of(jobs.stop(context.pathParam("id"))))),
                Route.delete("/v1/jobs/{id}", "Removes a job that has ended; the record of its run stays")
                        .answers(204)
                        .by(context -> {
                            jobs.delete(context.pathParam("id"));
                            context.status(204);
                        }));
    }

    private void submit(Context context) {
        Orders.Wanted wanted = Body.as(context, Orders.Wanted.class);
        context.status(201).json(JobView.of(jobs.submit(orders.check(wanted))));
    }

    private void list(Context context) {
        int most = Body.number(context, "num", 100, 1, MOST);
        Optional<Job.State> state =
                Optional.ofNullable(context.queryParam("state")).map(JobRoutes::state);
        context.json(jobs.list(most, state).stream().map(JobView::of).toList());
    }

    private static Job.State state(String word) {
        return Arrays.stream(Job.State.values())
                .filter(each -> each.word().equals(word))
                .findFirst()
                .orElseThrow(() -> Problem.bad(
                        "there is no state '" + SafeText.shown(word) + "'",
                        "use pending, running, done, stopped or failed"));
    }
}
