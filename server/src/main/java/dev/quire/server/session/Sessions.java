package dev.quire.server.session;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.quire.QuireException;
import dev.quire.data.Dataset;
import dev.quire.data.Progress;
import dev.quire.model.Layer;
import dev.quire.model.json.Networks;
import dev.quire.run.RunFolder;
import dev.quire.run.RunOption;
import dev.quire.run.Runs;
import dev.quire.run.StoredRun;
import dev.quire.server.dataset.Shelf;
import dev.quire.server.find.Trained;
import dev.quire.server.http.Json;
import dev.quire.server.http.Socket;
import dev.quire.server.job.Job;
import dev.quire.server.job.Jobs;
import dev.quire.server.job.Submission;
import dev.quire.server.live.Live;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;

/** Trainings that clients talk about, each over its own WebSocket. */
public final class Sessions {
    private final Jobs jobs;
    private final Live live;
    private final Shelf shelf;
    private final Path runs;
    private final Map<Session, Conversation> open = new ConcurrentHashMap<>();

    /**
     * @param runs where runs are recorded
     */
    public Sessions(Jobs jobs, Live live, Shelf shelf, Path runs) {
        this.jobs = jobs;
        this.live = live;
        this.shelf = shelf;
        this.runs = runs;
    }

    Jobs jobs() {
        return jobs;
    }

    /** A WebSocket route for clients that speak so. */
    public Socket socket(String path, String summary, Tongue tongue) {
        return new Socket(path, summary, socket -> {
            socket.onConnect(context -> {
                context.enableAutomaticPings();
                open.put(context.session, new Conversation(this, tongue, line(context.session)));
            });
            socket.onMessage(context -> {
                Conversation conversation = open.get(context.session);
                if (conversation != null) {
                    conversation.hear(context.message());
                }
            });
            socket.onClose(context -> forget(context.session));
            socket.onError(context -> forget(context.session));
        });
    }

    private void forget(Session session) {
        open.remove(session);
        live.forget(session);
    }

    private Conversation.Line line(Session session) {
        return new Conversation.Line() {
            @Override
            public void send(String text) {
                // One who asks and asks and never reads is let go.
                session.sendText(text, Callback.from(() -> {}, failure -> session.disconnect()));
            }

            @Override
            public void follow(String job, Function<String, Optional<String>> as) {
                live.forget(session);
                live.watch(session, Optional.of(job), List::of, as);
            }
        };
    }

    /** The newest run that came to its end and would come out as this one. */
    Optional<StoredRun> existing(Submission submission) {
        Dataset data = shelf.load(submission.dataset(), Progress.silent());
        Layer network = Networks.read(submission.network(), data).layer();
        return Runs.ended(network, data, List.of(given -> submission.spec(), new RunOption.Below(runs)));
    }

    /** What came of a training. */
    JsonNode told(StoredRun stored) {
        try {
            return Json.tree(Trained.of(stored));
        } catch (IOException e) {
            throw new QuireException("the record " + stored.name() + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** How a job ended, with what came of it. */
    ObjectNode ending(ObjectNode result) {
        ObjectNode out = Json.MAPPER.createObjectNode();
        String state = result.path("state").asText();
        boolean isDone = state.equals(Job.State.DONE.word());
        out.put("type", isDone ? "result" : state.equals(Job.State.STOPPED.word()) ? "aborted" : "error");
        out.put("message", result.path("detail").asText());
        out.set("job", result.path("job"));
        String run = result.path("run").asText("");
        RunFolder folder = new RunFolder(runs.resolve(run));
        if (!run.isEmpty() && Files.exists(folder.run())) {
            out.set("trained", told(StoredRun.of(folder)));
        }
        return out;
    }
}
