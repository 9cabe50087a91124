package dev.quire.server.job;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.quire.server.http.Body;
import dev.quire.server.http.Json;
import dev.quire.server.http.Route;
import dev.quire.server.http.Routes;
import dev.quire.server.http.Schema;
import dev.quire.train.TrainingSpec;
import dev.quire.train.json.SpecJson;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Configurations in the folder of the server, by the names of their files. */
public final class ConfigurationRoutes implements Routes {
    private final Configurations configurations;

    /**
     * A configuration.
     *
     * @param name of its file
     * @param configuration as JSON, complete
     */
    record View(String name, ObjectNode configuration) {
        static View of(String name, TrainingSpec spec) {
            byte[] text = SpecJson.write(spec).getBytes(StandardCharsets.UTF_8);
            return new View(name, (ObjectNode) Json.parse(text));
        }
    }

    /** The names of all. */
    record Names(List<String> configurations) {}

    public ConfigurationRoutes(Configurations configurations) {
        this.configurations = configurations;
    }

    @Override
    public String group() {
        return "configurations";
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.get("/v1/configurations", "Lists the configurations in the folder of the server")
                        .answers(200, Schema.of(Names.class))
                        .by(context -> context.json(new Names(configurations.names()))),
                Route.get("/v1/configurations/{name}", "Shows a configuration, complete")
                        .answers(200, Schema.of(View.class))
                        .by(context -> {
                            String name = context.pathParam("name");
                            context.json(View.of(name, configurations.read(name)));
                        }),
                Route.put("/v1/configurations/{name}", "Writes a configuration; what it leaves out is as usual")
                        .takes(Schema.object())
                        .answers(200, Schema.of(View.class))
                        .by(context -> {
                            TrainingSpec spec = SpecJson.read(Json.text(Body.object(context)));
                            String file = configurations.write(context.pathParam("name"), spec);
                            context.json(View.of(file, spec));
                        }));
    }
}
