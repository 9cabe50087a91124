package dev.quire.kernel.jupyter;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.quire.kernel.jupyter.wire.Headers;
import dev.quire.kernel.machine.Build;

/** What this kernel says of itself. */
final class KernelInfo {
    private KernelInfo() {}

    static ObjectNode content() {
        String java = Runtime.version().toString();
        ObjectNode content = JsonNodeFactory.instance
                .objectNode()
                .put("status", "ok")
                .put("protocol_version", Headers.PROTOCOL)
                .put("implementation", "quire")
                .put("implementation_version", Build.version())
                .put("banner", "Quire " + Build.version() + " on Java " + java + ": deep learning, cell by cell")
                .put("debugger", false);
        content.putObject("language_info")
                .put("name", "java")
                .put("version", java)
                .put("mimetype", "text/x-java")
                .put("file_extension", ".java")
                .put("pygments_lexer", "java")
                .put("codemirror_mode", "text/x-java")
                .put("nbconvert_exporter", "script");
        content.putArray("help_links")
                .addObject()
                .put("text", "Java " + Runtime.version().feature())
                .put(
                        "url",
                        "https://docs.oracle.com/en/java/javase/"
                                + Runtime.version().feature() + "/docs/api/");
        content.putArray("supported_features");
        return content;
    }
}
