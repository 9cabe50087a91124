package dev.quire.server.job;

import dev.quire.metric.History;
import dev.quire.run.RunFolder;
import dev.quire.run.StoredRun;
import dev.quire.server.http.Problem;
import dev.quire.server.http.Route;
import dev.quire.server.http.Routes;
import dev.quire.server.http.Socket;
import dev.quire.server.live.Live;
import dev.quire.server.live.Message;
import io.javalin.websocket.WsConfig;
import io.javalin.websocket.WsConnectContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** What jobs tell while they train: a WebSocket for each, and one for all. */
public final class LiveRoutes implements Routes {
    private static final int NOT_ACCEPTABLE = 4404;

    private final Jobs jobs;
    private final Live live;
    private final Path runs;

    public LiveRoutes(Jobs jobs, Live live, Path runs) {
        this.jobs = jobs;
        this.live = live;
        this.runs = runs;
    }

    @Override
    public String group() {
        return "live";
    }

    @Override
    public List<Route> routes() {
        return List.of();
    }

    @Override
    public List<Socket> sockets() {
        return List.of(
                all("/v1/live", "What all jobs tell from now on", Optional::of),
                job("/v1/jobs/{id}/live", "id", "What one job has told, and tells from now on", Optional::of));
    }

    private void forgetting(WsConfig socket) {
        socket.onClose(context -> live.forget(context.session));
        socket.onError(context -> live.forget(context.session));
    }

    /**
     * What all jobs tell, in the words of another protocol.
     *
     * @param as what a client is told of a message; empty for nothing
     */
    public Socket all(String path, String summary, Function<String, Optional<String>> as) {
        return new Socket(path, summary, socket -> {
            socket.onConnect(context -> {
                context.enableAutomaticPings();
                live.watch(context.session, Optional.empty(), List::of, as);
            });
            forgetting(socket);
        });
    }

    /**
     * What one job tells, in the words of another protocol.
     *
     * @param path with the parameter of this name, the id of the job
     * @param as what a client is told of a message; empty for nothing
     */
    public Socket job(String path, String parameter, String summary, Function<String, Optional<String>> as) {
        return new Socket(path, summary, socket -> {
            socket.onConnect(context -> connect(context, parameter, as));
            forgetting(socket);
        });
    }

    private void connect(WsConnectContext context, String parameter, Function<String, Optional<String>> as) {
        try {
            Job job = jobs.find(context.pathParam(parameter));
            context.enableAutomaticPings();
            live.watch(context.session, Optional.of(job.id()), () -> before(job), as);
        } catch (Problem problem) {
            context.closeSession(NOT_ACCEPTABLE, String.valueOf(problem.getMessage()));
        }
    }

    /** Of a job that an earlier server has trained, or has begun to: what its record tells. */
    private List<Message> before(Job job) {
        List<Message> out = new ArrayList<>();
        Message state = Message.of(job.id(), "state");
        state.content().put("state", job.state().word()).put("run", job.run());
        out.add(state);
        String run = job.run();
        if (run != null && Files.exists(new RunFolder(runs.resolve(run)).run())) {
            History history = StoredRun.of(new RunFolder(runs.resolve(run))).history();
            for (int i = 0; i < history.epochs(); i++) {
                out.add(Follower.epoch(job.id(), history, i));
            }
        }
        if (job.state().isFinal()) {
            out.add(Jobs.result(job));
        }
        return out;
    }
}
