package dev.quire.kernel.jupyter.wire;

import com.fasterxml.jackson.databind.JsonNode;
import dev.quire.QuireException;
import dev.quire.kernel.mime.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where a front end waits for its kernel.
 *
 * @param transport {@code tcp} or {@code ipc}
 * @param ip the address to listen at; for {@code ipc} the beginning of a path
 * @param key what messages are signed with; empty where they are not
 */
public record ConnectionFile(
        String transport, String ip, int shell, int control, int iopub, int stdin, int heartbeat, String key) {
    private static final String SCHEME = "hmac-sha256";

    /**
     * Reads the file that Jupyter writes.
     *
     * @throws QuireException if it cannot be read or lacks something
     */
    public static ConnectionFile read(Path file) {
        try {
            return of(Json.read(Files.readString(file)), file.toString());
        } catch (IOException e) {
            throw new QuireException(file + " is no connection file: " + e.getMessage());
        }
    }

    private static ConnectionFile of(JsonNode json, String file) {
        String scheme = json.path("signature_scheme").asText(SCHEME);
        if (!scheme.equals(SCHEME)) {
            throw new QuireException(file + " asks for signatures of the kind " + scheme + "; Quire knows " + SCHEME);
        }
        return new ConnectionFile(
                json.path("transport").asText("tcp"),
                json.path("ip").asText("127.0.0.1"),
                port(json, "shell_port", file),
                port(json, "control_port", file),
                port(json, "iopub_port", file),
                port(json, "stdin_port", file),
                port(json, "hb_port", file),
                json.path("key").asText(""));
    }

    private static int port(JsonNode json, String name, String file) {
        int port = json.path(name).asInt(-1);
        if (port < 0 || port > 65535) {
            throw new QuireException(file + " is no connection file: " + name + " must be a port, got "
                    + (json.has(name) ? json.get(name) : "nothing"));
        }
        return port;
    }

    /** The address of a port, as ZeroMQ has it. */
    public String address(int port) {
        return transport + "://" + ip + (transport.equals("ipc") ? "-" : ":") + port;
    }
}
