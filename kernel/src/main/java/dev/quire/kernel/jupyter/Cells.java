package dev.quire.kernel.jupyter;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.quire.kernel.history.History;
import dev.quire.kernel.jupyter.Publisher.Fault;
import dev.quire.kernel.jupyter.wire.KernelLog;
import dev.quire.kernel.jupyter.wire.Message;
import dev.quire.kernel.mime.MimeBundle;
import dev.quire.kernel.session.CellResult;
import dev.quire.kernel.session.CellResult.Done;
import dev.quire.kernel.session.CellResult.Failed;
import dev.quire.view.Display;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Runs the cell of one request and publishes what comes of it. */
final class Cells {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final Engine engine;
    private final Publisher publisher;
    private final Runnable flush;
    private final History history;
    private final RunningNote note;
    private final KernelLog log;
    private final AtomicReference<@Nullable String> notice;
    private int next = 1;

    /**
     * How a cell ended.
     *
     * @param reply the content of the reply
     * @param isFailed whether what is queued behind it should not run
     */
    record Outcome(ObjectNode reply, boolean isFailed) {}

    /**
     * @param flush sends what was printed and shown so far
     * @param notice what the first cell tells the user; empty where there is nothing to tell
     */
    Cells(
            Engine engine,
            Publisher publisher,
            Runnable flush,
            History history,
            RunningNote note,
            KernelLog log,
            Optional<String> notice) {
        this.engine = engine;
        this.publisher = publisher;
        this.flush = flush;
        this.history = history;
        this.note = note;
        this.log = log;
        this.notice = new AtomicReference<>(notice.orElse(null));
    }

    /**
     * Runs it.
     *
     * @param isStopped whether it was interrupted before it began
     */
    Outcome run(Message request, Origin origin, BooleanSupplier isStopped) throws InterruptedException {
        String code = request.field("code").asText();
        boolean isStored = request.field("store_history").asBoolean(true) && !origin.silent();
        int count = next;
        publisher.input(origin, code, count);
        tellNotice(origin);
        if (code.isBlank()) {
            return new Outcome(ok(count), false);
        }
        if (isStored) {
            next++;
        }
        Optional<String> asked = Question.in(code);
        if (asked.isPresent()) {
            return new Outcome(page(asked.get(), count), false);
        }
        note.begin(count, code);
        Object output;
        try {
            CellResult result = engine.run(count, code, id(request, isStored), isStopped);
            flush.run();
            if (!(result instanceof Done done)) {
                Fault fault = result instanceof Failed failed ? Faults.of(failed.error()) : Faults.INTERRUPTED;
                publisher.error(origin, fault);
                store(isStored, count, code, "");
                return new Outcome(fault.json().put("status", "error").put("execution_count", count), true);
            }
            output = publish(origin, done, count);
            ObjectNode reply = ok(count);
            reply.set("user_expressions", expressions(request, count, isStopped));
            flush.run();
            store(isStored, count, code, output.toString());
            return new Outcome(reply, false);
        } finally {
            note.end();
        }
    }

    /** What the notebook calls the cell; one that is not counted shares its number with the next, and needs a name. */
    private static String id(Message request, boolean isStored) {
        String said = request.metadata().path("cellId").asText();
        return said.isEmpty() && !isStored ? request.id() : said;
    }

    /** The number that the next cell will have. */
    int next() {
        return next;
    }

    private void tellNotice(Origin origin) {
        if (origin.silent()) {
            return;
        }
        String text = notice.getAndSet(null);
        if (text != null) {
            publisher.stream(origin, CellStreams.STDERR, text + "\n");
        }
    }

    /** Publishes notes and value, and gives the text of the value. */
    private String publish(Origin origin, Done done, int count) {
        done.notes().forEach(text -> publisher.stream(origin, CellStreams.STDERR, text + "\n"));
        CellResult.Value value = done.value();
        if (value == null) {
            return "";
        }
        publisher.result(origin, value.display(), count);
        return value.display().plain();
    }

    private static ObjectNode ok(int count) {
        ObjectNode reply = JSON.objectNode().put("status", "ok").put("execution_count", count);
        reply.putArray("payload");
        reply.putObject("user_expressions");
        return reply;
    }

    /** Documentation goes to the pager of the front end. */
    private ObjectNode page(String name, int count) throws InterruptedException {
        Display found = engine.assist(assistant -> assistant.inspect(name, name.length()))
                .orElseGet(() -> Display.text("Nothing is known of " + name + "."));
        ObjectNode reply = ok(count);
        ObjectNode page = reply.withArray("payload").addObject();
        page.put("source", "page").put("start", 0).set("data", MimeBundle.of(found));
        return reply;
    }

    private ObjectNode expressions(Message request, int count, BooleanSupplier isStopped) throws InterruptedException {
        ObjectNode answers = JSON.objectNode();
        for (var wanted : request.field("user_expressions").properties()) {
            CellResult result = engine.evaluate(count, wanted.getValue().asText(), isStopped);
            answers.set(wanted.getKey(), expression(result));
        }
        return answers;
    }

    private static ObjectNode expression(CellResult result) {
        if (result instanceof Done done) {
            CellResult.Value value = done.value();
            ObjectNode answer = JSON.objectNode().put("status", "ok");
            answer.set("data", value == null ? JSON.objectNode() : MimeBundle.of(value.display()));
            answer.putObject("metadata");
            return answer;
        }
        Fault fault = result instanceof Failed failed ? Faults.of(failed.error()) : Faults.INTERRUPTED;
        return fault.json().put("status", "error");
    }

    private void store(boolean isStored, int count, String code, String output) {
        if (!isStored) {
            return;
        }
        try {
            history.add(count, code, output);
        } catch (RuntimeException e) {
            log.say("a cell is not in the history: " + e.getMessage());
        }
    }
}
