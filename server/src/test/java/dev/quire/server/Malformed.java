package dev.quire.server;

import dev.quire.server.Wire.Served;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Requests that are wrong in one way or several: the same ones for the same seed. */
final class Malformed {
    private static final List<String> METHODS =
            List.of("GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS", "TRACE", "get", "P0ST", "SEARCH");
    private static final List<String> NAMES = List.of(
            "digits",
            "123e4567-e89b-12d3-a456-426614174000",
            "00000000-0000-0000-0000-000000000000",
            "-1",
            "0",
            "99999999999999999999",
            "NaN",
            "null",
            "%00",
            "%",
            "%zz",
            "%c3%28",
            "%ed%a0%80",
            "%F0%9F%98%80",
            "..",
            "%2e%2e%2f",
            "a;b=c",
            "a%3Bb",
            "*",
            "%3Cscript%3E",
            "x".repeat(300),
            "x".repeat(9000),
            "é",
            "",
            "'%20OR%201=1--",
            "${jndi:ldap://127.0.0.1/a}");
    private static final List<String> VALUES = List.of(
            "null",
            "true",
            "-1",
            "0",
            "1e999",
            "-1e-999",
            "NaN",
            "9223372036854775808",
            "1" + "0".repeat(400),
            "0.1",
            "\"\"",
            "\"\\ud800\"",
            "\"\\u0000\"",
            "\"" + "x".repeat(5000) + "\"",
            "\"../../etc/passwd\"",
            "[]",
            "{}",
            "[[[[[[[[]]]]]]]]",
            "{\"type\":{\"type\":{}}}",
            "[null]",
            "\"data:image/png;base64,AAAA\"",
            "\"data:image/png;base64,iVBORw0KGgo=\"",
            "\"http://169.254.169.254/\"");
    private static final List<String> BODIES = List.of(
            "{\"dataset\":\"iris\",\"network\":" + JobTest.NETWORK
                    + ",\"configuration\":{\"epochs\":1,\"batch\":32,\"seed\":3,\"optimizer\":{\"type\":\"adam\","
                    + "\"learningRate\":0.001}},\"name\":\"one\",\"overwrite\":true}",
            JobTest.NETWORK,
            "{\"version\":1,\"nodes\":[{\"id\":\"a\",\"type\":\"input\",\"shape\":[4]},{\"id\":\"b\",\"type\":\"dense\","
                    + "\"units\":3,\"inputs\":[\"a\"]}],\"outputs\":[\"b\"]}",
            "{\"epochs\":2,\"batch\":16,\"seed\":1}",
            "{\"configuration\":{\"model_type\":\"mlp\",\"optimizer\":\"adam\",\"learning_rate_range\":\"Low\","
                    + "\"batch_size\":64,\"epochs\":3,\"hidden_layers_config\":[128,64],\"use_dropout\":true},"
                    + "\"drawing\":\"data:image/png;base64,iVBORw0KGgo=\"}",
            "{\"name\":\"one\",\"run\":\"mlp__crossEntropy__scratch\"}",
            "{\"file\":\"model.onnx\"}",
            "{\"rows\":[[1,2,3,4]]}",
            "{\"images\":[\"data:image/png;base64,iVBORw0KGgo=\"]}",
            "{\"id\":\"1\",\"inputs\":[{\"name\":\"x\",\"shape\":[1,4],\"datatype\":\"FP32\",\"data\":[1,2,3,4]}],"
                    + "\"outputs\":[{\"name\":\"y\",\"parameters\":{\"binary_data\":true}}]}",
            "{\"type\":\"overwrite\",\"value\":true}",
            "{\"type\":\"abort\"}");
    private static final List<String> HEADERS = List.of(
            "Content-Type: application/json",
            "Content-Type: application/json; charset=\"nothing\"",
            "Content-Type: application/json; charset=utf-16",
            "Content-Type: ",
            "Content-Type: ;;;",
            "Content-Type: application/x-java-serialized-object",
            "Content-Type: application/x-pickle",
            "Content-Type: multipart/form-data; boundary=XX",
            "Content-Type: multipart/form-data; boundary=" + "x".repeat(500),
            "Content-Type: multipart/form-data",
            "Content-Type: image/png",
            "Content-Type: application/octet-stream",
            "Content-Type: application/zip",
            "Content-Type: text/csv",
            "Content-Encoding: gzip",
            "Content-Encoding: br",
            "Content-Encoding: gzip, gzip",
            "Inference-Header-Content-Length: 99999999999",
            "Inference-Header-Content-Length: -1",
            "Inference-Header-Content-Length: x",
            "Accept: \u0001",
            "Accept: text/html;q=x",
            "Range: bytes=-5--1",
            "If-None-Match: \"",
            "If-Modified-Since: never",
            "Expect: 200-nothing",
            "Cookie: a=b; =; ;;quire-1=\"",
            "Authorization: Basic %%%",
            "Authorization: Bearer",
            "X-HTTP-Method-Override: DELETE",
            "X-Forwarded-Host: evil.example",
            "Upgrade: h2c",
            "Sec-WebSocket-Extensions: permessage-deflate; server_max_window_bits=99",
            "Transfer-Encoding: identity",
            "X-Long: " + "x".repeat(9000),
            "No colon");

    private final Random random;
    private final List<Served> routes;
    private final List<Served> sockets;

    Malformed(long seed, List<Served> routes, List<Served> sockets) {
        this.random = new Random(seed);
        this.routes = routes;
        this.sockets = sockets;
    }

    /** The next request, as it goes over the wire. */
    byte[] next() {
        return random.nextInt(10) == 0 ? socket() : request();
    }

    private byte[] request() {
        Served route = any(routes);
        String method = random.nextInt(4) == 0 ? any(METHODS) : route.method();
        byte[] body = random.nextInt(6) == 0 ? noise(random.nextInt(2000)) : mutated(any(BODIES));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        StringBuilder head = new StringBuilder(method + " " + path(route) + " " + version() + "\r\n");
        head.append(random.nextInt(30) == 0 ? "" : "Host: localhost\r\n");
        head.append(random.nextInt(40) == 0 ? "Host: two\r\n" : "");
        head.append(random.nextInt(3) == 0 ? "" : "Content-Type: application/json\r\n");
        for (int i = random.nextInt(3); i > 0; i--) {
            head.append(any(HEADERS)).append("\r\n");
        }
        boolean isChunked = random.nextInt(8) == 0;
        head.append(isChunked ? "Transfer-Encoding: chunked\r\n" : "Content-Length: " + length(body.length) + "\r\n");
        head.append("Connection: close\r\n\r\n");
        byte[] bytes = head.toString().getBytes(StandardCharsets.UTF_8);
        out.write(bytes, 0, random.nextInt(25) == 0 ? random.nextInt(bytes.length) : bytes.length);
        if (isChunked) {
            chunk(out, body);
        } else {
            out.writeBytes(body);
        }
        return out.toByteArray();
    }

    private String version() {
        return random.nextInt(40) == 0 ? any(List.of("HTTP/1.0", "HTTP/9.9", "HTTP", "", "http/1.1")) : "HTTP/1.1";
    }

    private String path(Served route) {
        String path = route.with(any(NAMES));
        return switch (random.nextInt(12)) {
            case 0 -> path + "/";
            case 1 -> path + "/" + any(NAMES);
            case 2 -> path.replace("/", "//");
            case 3 -> path + "?num=" + any(NAMES) + "&limit=" + any(NAMES) + "&drawing=maybe&dataset=" + any(NAMES);
            case 4 -> path + "?" + any(NAMES);
            case 5 -> path + "#" + any(NAMES);
            case 6 -> path.isEmpty() ? "/" : path.substring(1);
            default -> path;
        };
    }

    private String length(int right) {
        return switch (random.nextInt(30)) {
            case 0 -> "-1";
            case 1 -> "99999999999999999999";
            case 2 -> String.valueOf(right + 10);
            case 3 -> "1\r\nContent-Length: 2";
            case 4 -> "x";
            case 5 -> "17000000";
            default -> String.valueOf(right);
        };
    }

    private void chunk(ByteArrayOutputStream out, byte[] body) {
        String size = random.nextInt(4) == 0
                ? any(List.of("-1", "zz", "FFFFFFFFFFFF", ""))
                : Integer.toHexString(body.length);
        out.writeBytes((size + "\r\n").getBytes(StandardCharsets.US_ASCII));
        out.writeBytes(body);
        out.writeBytes((random.nextInt(4) == 0 ? "" : "\r\n0\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
    }

    /** A body with one to three faults; now and then with none. */
    private byte[] mutated(String valid) {
        String text = valid;
        for (int i = random.nextInt(4); i > 0; i--) {
            int at = random.nextInt(Math.max(1, text.length()));
            text = switch (random.nextInt(8)) {
                case 0 -> text.substring(0, at);
                case 1 -> text.substring(0, at) + text.substring(Math.min(text.length(), at + 3));
                case 2 -> "[".repeat(random.nextInt(3) == 0 ? 100_000 : 300) + text;
                case 3 ->
                    text.replaceAll("\"" + any(List.of("type", "units", "epochs", "name", "data")) + "\":", "\"x\":");
                default -> value(text);
            };
        }
        byte[] out = text.getBytes(random.nextInt(20) == 0 ? StandardCharsets.UTF_16 : StandardCharsets.UTF_8);
        if (random.nextInt(20) == 0 && out.length > 0) {
            out[random.nextInt(out.length)] = (byte) random.nextInt(256);
        }
        return out;
    }

    /** With another value for one field. */
    private String value(String text) {
        int[] colons = java.util.stream.IntStream.range(0, text.length())
                .filter(i -> text.charAt(i) == ':')
                .toArray();
        if (colons.length == 0) {
            return any(VALUES);
        }
        int from = colons[random.nextInt(colons.length)] + 1;
        int to = from;
        while (to < text.length() && ",}]".indexOf(text.charAt(to)) < 0) {
            to++;
        }
        return text.substring(0, from) + any(VALUES) + text.substring(to);
    }

    /** An upgrade, and frames that are none. */
    private byte[] socket() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        String head = Wire.upgrade(any(sockets).with(any(NAMES)));
        if (random.nextInt(4) == 0) {
            head = head.replace("Sec-WebSocket-" + any(List.of("Key", "Version")), "X-Other");
        }
        out.writeBytes(head.getBytes(StandardCharsets.UTF_8));
        for (int i = random.nextInt(4); i > 0; i--) {
            byte[] content = random.nextInt(3) == 0 ? noise(random.nextInt(125)) : mutated(any(BODIES));
            content = Arrays.copyOf(content, Math.min(content.length, 60_000));
            int opcode = random.nextInt(3) == 0 ? random.nextInt(256) : 0x81;
            boolean isMasked = random.nextInt(6) != 0;
            out.write(opcode);
            if (random.nextInt(10) == 0) {
                // It claims to be longer than any memory.
                out.writeBytes(new byte[] {(byte) 0xff, 0x7f, -1, -1, -1, -1, -1, -1, -1});
            } else {
                out.write((isMasked ? 0x80 : 0) | 126);
                out.write(content.length >> 8);
                out.write(content.length);
            }
            out.writeBytes(isMasked ? new byte[4] : new byte[0]);
            out.writeBytes(content);
        }
        // An end, so that neither side waits for the other.
        out.writeBytes(new byte[] {(byte) 0x88, (byte) 0x80, 0, 0, 0, 0});
        return out.toByteArray();
    }

    private byte[] noise(int length) {
        byte[] out = new byte[length];
        random.nextBytes(out);
        return out;
    }

    private <T> T any(List<T> some) {
        return some.get(random.nextInt(some.size()));
    }
}
