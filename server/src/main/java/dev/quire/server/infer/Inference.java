package dev.quire.server.infer;

import dev.quire.data.Dataset;
import dev.quire.inference.Model;
import dev.quire.server.guard.Limits;
import dev.quire.server.http.Json;
import dev.quire.server.http.Problem;
import dev.quire.server.http.Schema;
import io.javalin.http.Context;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;

/** Models that answer requests, with the threads for it: one of each a server. */
public final class Inference implements AutoCloseable {
    private static final int ANSWERING = 2;

    private final Questions questions;
    private final ExecutorService loading = Executors.newSingleThreadExecutor(named("quire-load"));
    private final ExecutorService answering = Executors.newFixedThreadPool(ANSWERING, named("quire-answer"));
    private final BatchRule rule;
    private final ServedRuns runs;

    /**
     * @param limits of what a request may carry
     * @param folder where runs are recorded
     * @param data the dataset of a name
     * @param rule how requests are joined
     */
    public Inference(Limits limits, Path folder, Function<String, Dataset> data, BatchRule rule) {
        this.questions = new Questions(limits);
        this.rule = rule;
        this.runs = new ServedRuns(folder, data, rule, loading, answering);
    }

    private static ThreadFactory named(String name) {
        AtomicInteger number = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, name + "-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }

    public ServedRuns runs() {
        return runs;
    }

    public Questions questions() {
        return questions;
    }

    /** Calls a model for many clients; it is closed with the batcher. */
    public Batcher batcher(Model model) {
        return new Batcher(model, rule, answering);
    }

    /** Runs on the thread that loads models, one after another. */
    public CompletableFuture<Void> load(Runnable work) {
        return CompletableFuture.runAsync(work, loading);
    }

    /**
     * Asks a model what a request says, and answers it when the model has.
     *
     * @param stopped what is said where nothing answers under this name
     */
    public CompletableFuture<Void> answer(Context context, Served served, Supplier<Problem> stopped) {
        Model model = served.version().orElseThrow(stopped).model();
        Question question = questions.read(context, model);
        return ask(context, served, question, stopped).thenAccept(said -> write(context, Spoken.of(question, said)));
    }

    /**
     * Shows images to a run.
     *
     * @param isDrawing whether they are drawings of digits, to be centred and scaled
     */
    public CompletableFuture<Spoken> images(Context context, String run, List<Images.Sent> images, boolean isDrawing) {
        return asked(context, run, model -> questions.ofImages(images, isDrawing, model));
    }

    /**
     * Asks a run.
     *
     * @param read makes the question for its model
     */
    public CompletableFuture<Spoken> asked(Context context, String run, Function<Model, Question> read) {
        return runs.of(run).thenCompose(served -> {
            Model model = served.version().orElseThrow(Inference::gone).model();
            Question question = read.apply(model);
            return ask(context, served, question, Inference::gone).thenApply(said -> Spoken.of(question, said));
        });
    }

    /** What is said where a run is being replaced. */
    static Problem gone() {
        return new Problem(503, "the run is being loaded again", "ask again");
    }

    /** Writes an answer. */
    public static void write(Context context, Spoken answer) {
        context.contentType(Schema.JSON).result(Json.bytes(answer));
    }

    /** Asks a model. Where too many wait, the client is told when to come back. */
    public CompletableFuture<Served.Said> ask(
            Context context, Served served, Question question, Supplier<Problem> stopped) {
        try {
            Optional<CompletableFuture<Served.Said>> coming = served.ask(question.inputs(), question.rows());
            return coming.orElseThrow(stopped);
        } catch (Problem said) {
            if (said.status() == 503) {
                context.header("Retry-After", "1");
            }
            throw said;
        }
    }

    @Override
    public void close() {
        runs.close();
        loading.shutdown();
        answering.shutdown();
    }
}
