package dev.quire.kernel.jupyter;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.quire.kernel.jupyter.wire.Message;
import dev.quire.kernel.mime.MimeBundle;
import dev.quire.kernel.session.assist.Assistant;
import dev.quire.kernel.session.assist.Completions;
import dev.quire.kernel.session.assist.Completions.Completion;
import dev.quire.kernel.session.assist.Readiness;
import dev.quire.view.Display;
import java.util.Locale;
import java.util.Optional;

/** Answers what a front end asks while a cell is written. */
final class Assistance {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private Assistance() {}

    static ObjectNode complete(Message request, Assistant assistant) {
        String code = request.field("code").asText();
        Completions found = assistant.complete(code, cursor(request, code));
        int start = CodePoints.fromJava(code, found.start());
        int end = CodePoints.fromJava(code, found.end());
        ObjectNode content =
                JSON.objectNode().put("status", "ok").put("cursor_start", start).put("cursor_end", end);
        ArrayNode matches = content.putArray("matches");
        ArrayNode types = content.putObject("metadata").putArray("_jupyter_types_experimental");
        for (Completion item : found.items()) {
            matches.add(item.text());
            types.addObject()
                    .put("text", item.text())
                    .put("type", item.kind())
                    .put("signature", item.signature())
                    .put("start", start)
                    .put("end", end);
        }
        return content;
    }

    static ObjectNode inspect(Message request, Assistant assistant) {
        String code = request.field("code").asText();
        Optional<Display> found = assistant.inspect(code, cursor(request, code));
        ObjectNode content = JSON.objectNode().put("status", "ok").put("found", found.isPresent());
        content.set("data", found.map(MimeBundle::of).orElseGet(JSON::objectNode));
        content.putObject("metadata");
        return content;
    }

    static ObjectNode isComplete(Message request, Assistant assistant) {
        Readiness readiness = assistant.readiness(request.field("code").asText());
        ObjectNode content =
                JSON.objectNode().put("status", readiness.state().name().toLowerCase(Locale.ROOT));
        return readiness.state() == Readiness.State.INCOMPLETE ? content.put("indent", readiness.indent()) : content;
    }

    private static int cursor(Message request, String code) {
        return request.content().has("cursor_pos")
                ? CodePoints.toJava(code, request.field("cursor_pos").asInt())
                : code.length();
    }
}
