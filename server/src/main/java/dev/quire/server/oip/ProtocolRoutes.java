package dev.quire.server.oip;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.quire.QuireException;
import dev.quire.inference.Model;
import dev.quire.inference.Port;
import dev.quire.server.deploy.Deployment;
import dev.quire.server.deploy.Deployments;
import dev.quire.server.http.Body;
import dev.quire.server.http.Json;
import dev.quire.server.http.Problem;
import dev.quire.server.http.Refused;
import dev.quire.server.http.Route;
import dev.quire.server.http.Routes;
import dev.quire.server.http.SafeText;
import dev.quire.server.http.Schema;
import dev.quire.server.infer.Expected;
import dev.quire.server.infer.Given;
import dev.quire.server.infer.Inference;
import dev.quire.server.infer.Question;
import dev.quire.server.infer.Questions;
import dev.quire.server.infer.Served;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The routes of the protocol. Its errors are objects with one field, {@code error}. */
public final class ProtocolRoutes implements Routes {
    private static final String LENGTH = "Inference-Header-Content-Length";
    private static final String BYTES = "application/octet-stream";
    private static final String PLATFORM = "quire";

    private final Deployments deployments;
    private final Inference inference;
    private final String version;

    record ServerCard(String name, String version, List<String> extensions) {}

    record Live(boolean live) {}

    record Ready(boolean ready) {}

    record ModelReady(String name, boolean ready) {}

    record TensorCard(String name, String datatype, List<Long> shape) {}

    record Card(
            String name, List<String> versions, String platform, List<TensorCard> inputs, List<TensorCard> outputs) {}

    record Fault(@JsonProperty("error") String error) {}

    /**
     * @param version of Quire
     */
    public ProtocolRoutes(Deployments deployments, Inference inference, String version) {
        this.deployments = deployments;
        this.inference = inference;
        this.version = version;
    }

    @Override
    public String group() {
        return "open inference protocol";
    }

    @Override
    public List<Route> routes() {
        List<Route> out = new ArrayList<>(List.of(
                answering(Route.get("/v2", "The server, as the Open Inference Protocol names it"), ServerCard.class)
                        .by(faults(context ->
                                context.json(new ServerCard("quire", version, List.of("binary_tensor_data"))))),
                answering(Route.get("/v2/health/live", "Whether the server is alive"), Live.class)
                        .by(faults(context -> context.json(new Live(true)))),
                answering(Route.get("/v2/health/ready", "Whether it can be asked"), Ready.class)
                        .by(faults(context -> context.json(new Ready(true))))));
        for (String path : List.of("/v2/models/{model}", "/v2/models/{model}/versions/{version}")) {
            out.add(answering(Route.get(path, "The inputs and outputs of a deployment"), Card.class)
                    .by(faults(context -> context.json(card(named(context))))));
            out.add(answering(Route.get(path + "/ready", "Whether a deployment runs"), ModelReady.class)
                    .by(faults(context -> {
                        Deployment named = named(context);
                        version(named);
                        context.json(new ModelReady(named.name(), true));
                    })));
            out.add(faulty(Route.post(path + "/infer", "Asks a deployment, with JSON or with bytes after the JSON")
                            .takes(Schema.object())
                            .takes(Schema.bytes(BYTES))
                            .answers(200, Schema.object(), Schema.bytes(BYTES)))
                    .by(faults(this::ask)));
        }
        return List.copyOf(out);
    }

    private static Route answering(Route route, Class<?> type) {
        return faulty(route.answers(200, Schema.of(type)));
    }

    private static Route faulty(Route route) {
        Route out = route;
        for (int status : new int[] {400, 404, 413, 500, 503}) {
            out = out.answers(status, Schema.of(Fault.class));
        }
        return out;
    }

    /** What goes wrong, as the protocol words it. */
    private static Handler faults(Handler handler) {
        return context -> {
            try {
                handler.handle(context);
            } catch (Problem | QuireException said) {
                fault(context, said);
            }
        };
    }

    private static void fault(Context context, Throwable failure) {
        Problem problem = Refused.in(failure).orElseGet(() -> {
            for (Throwable each = failure; each != null; each = each.getCause()) {
                if (each instanceof QuireException said) {
                    return Problem.of(said);
                }
            }
            return new Problem(500, "something went wrong inside the server", "see its log, and try again");
        });
        // The protocol knows no conflict: a model that does not run is a bad request.
        context.status(problem.status() == 409 ? 400 : problem.status());
        context.contentType(Schema.JSON).result(Json.bytes(new Fault(problem.getMessage() + ": " + problem.remedy())));
    }

    private Deployment named(Context context) {
        String name = context.pathParam("model");
        Deployment named;
        try {
            named = deployments.find(name);
        } catch (Problem missing) {
            throw missing.status() == 404
                    ? Problem.missing("unknown model: '" + SafeText.shown(name) + "'", missing.remedy())
                    : missing;
        }
        String wanted = context.pathParamMap().get("version");
        int now = named.view().version();
        if (wanted != null && !wanted.equals(Integer.toString(now))) {
            throw Problem.missing(
                    "unknown version of model '" + name + "': '" + SafeText.shown(wanted) + "'",
                    "version " + now + " is served");
        }
        return named;
    }

    private static Served.Version version(Deployment named) {
        return named.served().version().orElseThrow(named::notRunning);
    }

    private static Card card(Deployment named) {
        Served.Version version = version(named);
        Model model = version.model();
        return new Card(
                named.name(),
                List.of(Integer.toString(version.which().version())),
                PLATFORM,
                model.inputs().stream().map(ProtocolRoutes::tensor).toList(),
                model.outputs().stream().map(ProtocolRoutes::tensor).toList());
    }

    private static TensorCard tensor(Port port) {
        return new TensorCard(port.name(), Datatype.of(port.type()), port.sizes());
    }

    private void ask(Context context) {
        Deployment named = named(context);
        InferRequest request = read(context, named);
        Inference.respond(
                context,
                inference
                        .ask(context, named.served(), model -> question(model, request), named::notRunning)
                        .handle((answered, failure) -> new Outcome(answered, failure)),
                outcome -> answer(context, named, request, outcome));
    }

    /** One of the two. */
    private record Outcome(
            Inference.@Nullable Answered answered, @Nullable Throwable failure) {}

    private static void answer(Context context, Deployment named, InferRequest request, Outcome outcome) {
        Inference.Answered answered = outcome.answered();
        if (answered == null) {
            Throwable failure = Objects.requireNonNull(outcome.failure());
            named.failed(String.valueOf(failure.getMessage()));
            fault(context, failure);
            return;
        }
        named.answered(answered.said(), answered.question().rows());
        try {
            write(context, request, answered.said());
        } catch (Problem refused) {
            fault(context, refused);
        }
    }

    private static InferRequest read(Context context, Deployment named) {
        try {
            byte[] body = Body.bytes(context);
            return RequestReader.read(body, jsonBytes(context, body.length));
        } catch (Problem refused) {
            named.served().figures().refused(refused);
            throw refused;
        }
    }

    private Question question(Model model, InferRequest request) {
        for (Port port : model.inputs()) {
            Given given = request.inputs().get(port.name());
            if (given == null) {
                throw Problem.bad(
                        "expected " + model.inputs().size() + " inputs but got "
                                + request.inputs().size() + " inputs for model '" + model.name() + "': "
                                + port.name() + " is missing",
                        "send all of them");
            }
            Expected.check(port, model.name(), given.type(), given.sizes());
        }
        request.inputs().keySet().forEach(name -> Questions.port(model, name));
        return inference.questions().checked(request.inputs());
    }

    private static int jsonBytes(Context context, int bytes) {
        String said = Optional.ofNullable(context.header(LENGTH)).orElse("");
        if (said.isEmpty()) {
            return bytes;
        }
        try {
            int length = Integer.parseInt(said.strip());
            if (length >= 0 && length <= bytes) {
                return length;
            }
        } catch (NumberFormatException none) {
            // Refused below, as a length beyond the body is.
        }
        throw Problem.bad(
                LENGTH + " is '" + SafeText.shown(said) + "', the body has " + bytes + " bytes",
                "send the length of the JSON part");
    }

    private static void write(Context context, InferRequest request, Served.Said said) {
        ReplyWriter.Written written = ReplyWriter.write(request, said);
        if (written.isBinary()) {
            context.header(LENGTH, Integer.toString(written.jsonBytes()));
        }
        context.contentType(written.isBinary() ? BYTES : Schema.JSON).result(written.body());
    }
}
