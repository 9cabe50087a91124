package dev.quire.inference;

import ai.onnxruntime.OrtException;
import dev.quire.QuireException;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What ONNX Runtime says, in a user's words. */
final class OnnxFailure {
    private static final Pattern NOT_IMPLEMENTED =
            Pattern.compile("Could not find an implementation for ([\\w.:]+)\\((\\d+)\\) node with name '([^']*)'");
    private static final Pattern NOT_REGISTERED =
            Pattern.compile("([\\w.:]+)\\(-?\\d+\\) is not a registered function/op");
    private static final Pattern UNKNOWN = Pattern.compile(
            "In Node, \\(\"([^\"]*)\", (\\w+), \"([^\"]*)\".*No Op registered for \\w+", Pattern.DOTALL);
    private static final Pattern IN_NODE =
            Pattern.compile("(?:In Node, \\(\"([^\"]*)\", (\\w+)|running (\\w+) node\\. Name:'([^']*)')");
    private static final Pattern OF_OPERATOR = Pattern.compile("of operator \\((\\w+)\\) in node \\(([^)]*)\\)");
    private static final int LONGEST = 300;

    private OnnxFailure() {}

    static QuireException of(Path file, OrtException e) {
        String said = String.valueOf(e.getMessage());
        Matcher op = NOT_IMPLEMENTED.matcher(said);
        if (op.find()) {
            return unsupported(file, op.group(1) + " of version " + op.group(2), op.group(3), e);
        }
        op = UNKNOWN.matcher(said);
        if (op.find()) {
            return unsupported(file, (op.group(3).isEmpty() ? "" : op.group(3) + ":") + op.group(2), op.group(1), e);
        }
        op = NOT_REGISTERED.matcher(said);
        if (op.find()) {
            String kind = op.group(1).replaceFirst("^:", "");
            return unsupported(file, kind, OnnxCount.nodeOf(file, kind.substring(kind.lastIndexOf(':') + 1)), e);
        }
        if (said.contains("Protobuf parsing failed") || said.contains("INVALID_PROTOBUF")) {
            return new QuireException(file + " is no sound ONNX file: it was cut off, or is something else", e);
        }
        if (said.contains("External data path validation failed")) {
            return new QuireException(
                    file + " keeps weights outside of its folder, where none are read: save it with its weights inside",
                    e);
        }
        return new QuireException(file + " cannot be loaded by ONNX Runtime: " + sentence(e), e);
    }

    private static QuireException unsupported(Path file, String op, String node, OrtException e) {
        return new QuireException(
                file + ": the op " + op + (node.isEmpty() ? "" : " of node '" + node + "'")
                        + " is not supported by ONNX Runtime: export the network with another opset, or without it",
                e);
    }

    /** The sentence behind the codes, with the node where one is named. */
    static String sentence(OrtException e) {
        String said = String.valueOf(e.getMessage());
        Matcher node = IN_NODE.matcher(said);
        String where = "";
        if (node.find()) {
            String name = node.group(1) != null ? node.group(1) : node.group(4);
            String op = node.group(2) != null ? node.group(2) : node.group(3);
            where = "node '" + name + "' (" + op + "): ";
        }
        node = OF_OPERATOR.matcher(said);
        if (where.isEmpty() && node.find()) {
            where = "node '" + node.group(2) + "' (" + node.group(1) + "): ";
        }
        String text = said.replaceFirst("(?s)^Error code - \\w+ - message: ", "")
                .replaceFirst("(?s)^.*Status Message: ", "")
                .replaceFirst("(?s)^Load model from .*? failed:", "")
                .replaceFirst("^This is an invalid model\\. ", "")
                .strip();
        int line = text.indexOf('\n');
        text = line > 0 ? text.substring(0, line) : text;
        return where + (text.length() > LONGEST ? text.substring(0, LONGEST) + "..." : text);
    }
}
