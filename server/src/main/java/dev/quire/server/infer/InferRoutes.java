package dev.quire.server.infer;

import dev.quire.server.http.Route;
import dev.quire.server.http.Routes;
import dev.quire.server.http.Schema;
import io.javalin.http.Context;
import java.util.List;
import java.util.Map;

/** Asks runs. */
public final class InferRoutes implements Routes {
    private final Inference inference;

    public InferRoutes(Inference inference) {
        this.inference = inference;
    }

    @Override
    public String group() {
        return "inference";
    }

    @Override
    public List<Route> routes() {
        return List.of(asking(Route.post(
                        "/v1/runs/{run}/infer",
                        "Asks a run: \"rows\" or \"inputs\" of numbers, \"records\" of a table by the names of its columns, \"texts\", \"image\" or \"drawing\" as data addresses, or"
                                + " image files"))
                .by(this::ask));
    }

    /** What every route that asks a model takes and answers. */
    public static Route asking(Route route) {
        return route.query(
                        "drawing",
                        Route.Parameter.Kind.BOOLEAN,
                        "whether image files are drawings of digits, to be centred and scaled")
                .takes(Schema.object())
                .takes(Schema.form(Map.of("files", true)))
                .takes(Schema.bytes("image/png"))
                .takes(Schema.bytes("image/jpeg"))
                .answers(200, Schema.of(Spoken.class));
    }

    private void ask(Context context) {
        String run = context.pathParam("run");
        Inference.respond(
                context,
                inference.asked(context, run, model -> inference.questions().read(context, model)),
                said -> Inference.write(context, said));
    }
}
