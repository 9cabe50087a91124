package dev.quire.server.model;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.quire.data.table.Nearest;
import dev.quire.model.Layer;
import dev.quire.model.json.ModelJson;
import dev.quire.pretrained.WellKnown;
import dev.quire.server.http.Json;
import dev.quire.server.http.Problem;
import dev.quire.server.http.SafeText;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;

/** Networks that are known by a name alone. */
public final class Flavours {
    private static final Map<String, IntFunction<ObjectNode>> KNOWN = known();

    private Flavours() {}

    private static Map<String, IntFunction<ObjectNode>> known() {
        Map<String, IntFunction<ObjectNode>> out = new LinkedHashMap<>();
        out.put("mlp", classes -> Family.MLP.network(List.of(128), 0, classes));
        out.put("cnn", classes -> Family.CNN.network(List.of(32, 64), 0, classes));
        for (int layers : new int[] {18, 34, 50}) {
            out.put("resnet" + layers, classes -> json(WellKnown.resnet(layers, classes)));
        }
        out.put("convnext", classes -> json(WellKnown.convnext(classes)));
        out.put("vit", classes -> json(WellKnown.vit(classes)));
        return out;
    }

    /** Their names. */
    public static List<String> names() {
        return List.copyOf(KNOWN.keySet());
    }

    /**
     * A network as JSON, drawn at random when it is trained.
     *
     * @param classes how many values it ends with
     * @throws Problem 404 when there is none of that name
     */
    public static ObjectNode network(String name, int classes) {
        IntFunction<ObjectNode> known = KNOWN.get(name);
        if (known == null) {
            throw Problem.missing(
                    "there is no flavour '" + SafeText.shown(name) + "'"
                            + Nearest.of(name, names(), ", did you mean", "; there are"),
                    "name one of these, or a model that was kept: POST /v1/models");
        }
        return known.apply(classes);
    }

    private static ObjectNode json(Layer network) {
        return Json.object(ModelJson.write(network));
    }
}
