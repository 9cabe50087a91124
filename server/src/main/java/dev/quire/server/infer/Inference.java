package dev.quire.server.infer;

import dev.quire.data.Dataset;
import dev.quire.inference.Model;
import dev.quire.server.guard.Limits;
import dev.quire.server.http.Json;
import dev.quire.server.http.Problem;
import dev.quire.server.http.Schema;
import io.javalin.http.Context;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
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
    private final ServingFigures figures;

    /** A question and what was said to it. */
    public record Answered(Question question, Served.Said said) {
        /** As it is sent. */
        public Spoken spoken() {
            return Spoken.of(question, said);
        }
    }

    /**
     * @param limits of what a request may carry
     * @param folder where runs are recorded
     * @param data the dataset of a name
     * @param rule how requests are joined
     * @param registry is told what was asked
     */
    public Inference(
            Limits limits, Path folder, Function<String, Dataset> data, BatchRule rule, PrometheusRegistry registry) {
        this.questions = new Questions(limits);
        this.rule = rule;
        this.figures = new ServingFigures(registry);
        this.runs = new ServedRuns(folder, data, rule, loading, answering, figures);
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

    /** Figures of what is asked. */
    public ServingFigures figures() {
        return figures;
    }

    /** Calls a model for many clients of a name; it is closed with the batcher. */
    public Batcher batcher(Model model, Served served) {
        return new Batcher(model, rule, answering, served.figures());
    }

    /** Runs on the thread that loads models, one after another. */
    public CompletableFuture<Void> load(Runnable work) {
        return CompletableFuture.runAsync(work, loading);
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
        return runs.of(run)
                .thenCompose(served -> ask(context, served, read, Inference::gone))
                .thenApply(Answered::spoken);
    }

    /** What is said where a run is being replaced. */
    static Problem gone() {
        return new Problem(503, "the run is being loaded again", "ask again");
    }

    /**
     * Writes an answer when it is there. One that is there already needs nothing of what HTTP does to wait.
     *
     * @param write writes it
     */
    public static <T> void respond(Context context, CompletableFuture<T> answer, Consumer<T> write) {
        if (answer.isDone() && !answer.isCompletedExceptionally()) {
            write.accept(answer.join());
        } else {
            context.future(() -> answer.thenAccept(write));
        }
    }

    /** Writes an answer. */
    public static void write(Context context, Spoken answer) {
        context.contentType(Schema.JSON).result(Json.bytes(answer));
    }

    /**
     * Asks a model. Where too many wait, the client is told when to come back.
     *
     * @param read makes the question for the model
     * @param stopped what is said where nothing answers under this name
     */
    public CompletableFuture<Answered> ask(
            Context context, Served served, Function<Model, Question> read, Supplier<Problem> stopped) {
        long began = System.nanoTime();
        served.figures().asked();
        try {
            Question question = read.apply(served.version().orElseThrow(stopped).model());
            return served.ask(question.inputs(), question.rows())
                    .orElseThrow(stopped)
                    .whenComplete((said, failure) -> {
                        if (failure != null) {
                            served.figures().failed(failure);
                        } else {
                            served.figures().answered(question.rows(), System.nanoTime() - began);
                        }
                    })
                    .thenApply(said -> new Answered(question, said));
        } catch (RuntimeException failure) {
            served.figures().failed(failure);
            if (failure instanceof Problem said && said.status() == 503) {
                context.header("Retry-After", "1");
            }
            throw failure;
        }
    }

    @Override
    public void close() {
        runs.close();
        loading.shutdown();
        answering.shutdown();
    }
}
