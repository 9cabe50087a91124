package dev.quire.server.find;

import dev.quire.server.http.Body;
import dev.quire.server.http.Problem;
import dev.quire.server.http.Route;
import dev.quire.server.http.Routes;
import dev.quire.server.http.Schema;
import dev.quire.server.infer.Images;
import dev.quire.server.infer.Inference;
import dev.quire.server.infer.Spoken;
import io.javalin.http.Context;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds the trained run for a configuration, and asks it of a drawing if there is one. */
public final class FindRoutes implements Routes {
    private final Finder finder;
    private final Inference inference;

    /**
     * What is looked for.
     *
     * @param drawing a data address; the run that is found is asked of it
     */
    record Wanted(Configuration configuration, @Nullable String drawing) {}

    /**
     * The run that was found.
     *
     * @param answer what it says of the drawing
     */
    record Found(Trained found, @Nullable Spoken answer) {}

    public FindRoutes(Finder finder, Inference inference) {
        this.finder = finder;
        this.inference = inference;
    }

    @Override
    public String group() {
        return "inference";
    }

    @Override
    public List<Route> routes() {
        return List.of(Route.post("/v1/find", "Finds the run that was trained as a configuration says, and asks it")
                .takes(Schema.of(Wanted.class))
                .answers(200, Schema.of(Found.class))
                .by(this::find));
    }

    /** What is said where no run was trained so: the remedy ends with the address of the form. */
    public static Problem notTrained(Configuration configuration) {
        return Problem.missing("Model not trained yet.", "train it: " + configuration.link());
    }

    private void find(Context context) {
        Wanted wanted = Body.as(context, Wanted.class);
        Optional<Trained> best = finder.best(wanted.configuration());
        Trained found = best.orElseThrow(() -> notTrained(wanted.configuration()));
        String drawing = wanted.drawing();
        if (drawing == null) {
            context.json(new Found(found, null));
            return;
        }
        Images.Sent image = Images.fromDataUrl(drawing);
        context.future(() -> inference
                .images(context, found.run(), List.of(image), true)
                .thenAccept(said -> context.json(new Found(found, said))));
    }
}
