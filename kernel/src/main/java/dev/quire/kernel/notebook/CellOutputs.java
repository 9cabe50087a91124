package dev.quire.kernel.notebook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.quire.kernel.mime.MimeBundle;
import dev.quire.kernel.session.CellError;
import dev.quire.view.Display;
import java.util.ArrayList;
import java.util.List;

/** What one cell printed and showed, in order, as nbformat has it. Any thread may add. */
final class CellOutputs {
    static final String STDOUT = "stdout";
    static final String STDERR = "stderr";

    private sealed interface Output {
        ObjectNode json();
    }

    private record Printed(String name, StringBuilder text) implements Output {
        @Override
        public ObjectNode json() {
            ObjectNode json = output("stream").put("name", name);
            json.set("text", NotebookCell.lines(text.toString()));
            return json;
        }
    }

    /** Something shown, which may be replaced later. */
    private static final class Shown implements Output {
        private Display display;

        Shown(Display display) {
            this.display = display;
        }

        @Override
        public ObjectNode json() {
            ObjectNode json = output("display_data");
            json.set("data", data(display));
            json.putObject("metadata");
            return json;
        }
    }

    private record Result(int count, Display display) implements Output {
        @Override
        public ObjectNode json() {
            ObjectNode json = output("execute_result").put("execution_count", count);
            json.set("data", data(display));
            json.putObject("metadata");
            return json;
        }
    }

    private record Raised(CellError error) implements Output {
        @Override
        public ObjectNode json() {
            ObjectNode json = output("error").put("ename", error.name()).put("evalue", error.message());
            ArrayNode trace = json.putArray("traceback");
            error.text().lines().forEach(trace::add);
            return json;
        }
    }

    private final List<Output> outputs = new ArrayList<>();

    synchronized void print(String stream, String text) {
        if (text.isEmpty()) {
            return;
        }
        if (outputs.isEmpty()
                || !(outputs.get(outputs.size() - 1) instanceof Printed last)
                || !last.name().equals(stream)) {
            outputs.add(new Printed(stream, new StringBuilder(text)));
        } else {
            last.text().append(text);
        }
    }

    /** Adds a display and gives what replaces it. */
    synchronized java.util.function.Consumer<Display> show(Display display) {
        Shown shown = new Shown(display);
        outputs.add(shown);
        return next -> replace(shown, next);
    }

    private synchronized void replace(Shown shown, Display display) {
        shown.display = display;
    }

    synchronized void result(int count, Display display) {
        outputs.add(new Result(count, display));
    }

    synchronized void error(CellError error) {
        outputs.add(new Raised(error));
    }

    synchronized ArrayNode json() {
        ArrayNode json = JsonNodeFactory.instance.arrayNode();
        outputs.forEach(output -> json.add(output.json()));
        return json;
    }

    private static ObjectNode output(String type) {
        return JsonNodeFactory.instance.objectNode().put("output_type", type);
    }

    /** Text is a list of lines in the file, anything else one string, or JSON. */
    private static JsonNode data(Display display) {
        ObjectNode data = MimeBundle.of(display);
        display.data().forEach((type, representation) -> {
            if (type.startsWith("text/") || type.equals(Display.SVG)) {
                data.set(type, NotebookCell.lines(representation));
            }
        });
        return data;
    }
}
