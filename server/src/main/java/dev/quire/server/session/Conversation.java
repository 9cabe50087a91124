package dev.quire.server.session;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.quire.QuireException;
import dev.quire.run.StoredRun;
import dev.quire.server.http.Json;
import dev.quire.server.http.Problem;
import dev.quire.server.job.Job;
import dev.quire.server.job.Submission;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One client's training: it begins with the client's first message, asks before it repeats what is trained already, can be
 * aborted at any time, and ends with {@code result}, {@code aborted} or {@code error}. Then another may begin. A client
 * that goes leaves its job to the queue.
 */
public final class Conversation {
    private static final String TYPE = "type";

    private final Sessions sessions;
    private final Tongue tongue;
    private final Line line;

    private @Nullable Submission asked;
    private @Nullable Job job;

    /** The line to the client. */
    interface Line {
        void send(String text);

        /**
         * Sends what the job tells, from its beginning.
         *
         * @param as what the client is told of a message; empty for nothing
         */
        void follow(String job, java.util.function.Function<String, Optional<String>> as);
    }

    Conversation(Sessions sessions, Tongue tongue, Line line) {
        this.sessions = sessions;
        this.tongue = tongue;
        this.line = line;
    }

    /** What the client says. */
    public synchronized void hear(String text) {
        try {
            JsonNode said = Json.parse(text);
            if (!(said instanceof ObjectNode message)) {
                throw Problem.bad("the message is no JSON object", "send an object");
            }
            switch (message.path(TYPE).asText("")) {
                case "overwrite" -> overwrite(message);
                case "abort" -> abort();
                default -> begin(message);
            }
        } catch (Problem problem) {
            error(problem.getMessage() + ": " + problem.remedy());
        } catch (QuireException e) {
            error(String.valueOf(e.getMessage()));
        }
    }

    private void begin(ObjectNode message) {
        if (asked != null) {
            throw Problem.conflict(
                    "whether to overwrite has not been answered",
                    "send {\"type\":\"overwrite\",\"value\":true or false}");
        }
        if (isTraining()) {
            throw Problem.conflict("a training is under way", "wait for its end, or send {\"type\":\"abort\"}");
        }
        Submission submission = tongue.order().apply(message);
        Optional<StoredRun> existing = submission.overwrite() ? Optional.empty() : sessions.existing(submission);
        if (existing.isEmpty()) {
            train(submission);
            return;
        }
        asked = submission;
        ObjectNode out = message("exists", "this configuration is trained already: overwrite it?");
        out.set("existing", sessions.told(existing.get()));
        send(out);
    }

    private void overwrite(ObjectNode message) {
        Submission waiting = asked;
        if (waiting == null) {
            throw Problem.conflict(
                    "nothing asks whether to overwrite, or it has been answered", "answer once, after \"exists\"");
        }
        if (!message.path("value").isBoolean()) {
            throw Problem.bad("the answer has no value", "send {\"type\":\"overwrite\",\"value\":true or false}");
        }
        asked = null;
        if (message.path("value").asBoolean()) {
            train(waiting.overwriting());
        } else {
            send(message("aborted", "what is trained already is kept"));
        }
    }

    private void abort() {
        if (asked != null) {
            asked = null;
            send(message("aborted", "nothing was trained"));
        } else if (isTraining()) {
            sessions.jobs().stop(String.valueOf(job == null ? "" : job.id()));
        } else {
            throw Problem.conflict("nothing is under way", "there is nothing to abort");
        }
    }

    private boolean isTraining() {
        return job != null && !sessions.jobs().find(job.id()).state().isFinal();
    }

    private void train(Submission submission) {
        Job begun = sessions.jobs().submit(submission);
        job = begun;
        line.follow(begun.id(), this::translated);
    }

    private Optional<String> translated(String text) {
        ObjectNode message = Json.object(text);
        ObjectNode ending = message.path(TYPE).asText().equals("result") ? sessions.ending(message) : message;
        return tongue.say().apply(ending).map(Json::text);
    }

    private void error(String text) {
        send(message("error", text));
    }

    private void send(ObjectNode message) {
        tongue.say().apply(message).map(Json::text).ifPresent(line::send);
    }

    private static ObjectNode message(String type, String text) {
        return Json.MAPPER.createObjectNode().put(TYPE, type).put("message", text);
    }
}
