package dev.quire.server.oip;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import dev.quire.graph.DType;
import dev.quire.server.http.Json;
import dev.quire.server.http.Problem;
import dev.quire.server.http.SafeText;
import dev.quire.server.infer.Given;
import dev.quire.server.infer.JsonArrays;
import dev.quire.server.infer.Questions;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads a request: JSON, and after it the bytes of the inputs that are sent as such, in their order. */
final class RequestReader {
    private static final int MOST_AXES = 8;

    private final ByteBuffer bytes;
    private final Map<String, Given> inputs = new LinkedHashMap<>();
    private final List<InferRequest.Output> outputs = new ArrayList<>();
    private @Nullable String id;
    private boolean isBinary;

    private RequestReader(ByteBuffer bytes) {
        this.bytes = bytes;
    }

    /**
     * Reads a body.
     *
     * @param jsonBytes how many of its first bytes are JSON
     * @throws Problem 400 when it is not as the protocol says
     */
    static InferRequest read(byte[] body, int jsonBytes) {
        ByteBuffer rest = ByteBuffer.wrap(body, jsonBytes, body.length - jsonBytes);
        RequestReader reader = new RequestReader(rest);
        try (JsonParser json = Json.MAPPER.createParser(body, 0, jsonBytes)) {
            json.enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER.mappedFeature());
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw Problem.bad("the request is no JSON object", "send an object with \"inputs\"");
            }
            reader.fields(json);
            if (json.nextToken() != null) {
                throw Problem.bad("something follows the JSON object of the request", "send one object");
            }
        } catch (JsonProcessingException e) {
            throw Questions.unreadable(e);
        } catch (IOException e) {
            throw Problem.bad("the request could not be read", "send it again");
        }
        if (rest.hasRemaining()) {
            throw Problem.bad(
                    rest.remaining() + " bytes follow the last input",
                    "send as many bytes as binary_data_size says, and the length of the JSON in"
                            + " Inference-Header-Content-Length");
        }
        if (reader.inputs.isEmpty()) {
            throw Problem.bad("the request has no inputs", "send \"inputs\": [{name, shape, datatype, data}]");
        }
        return new InferRequest(reader.id, reader.inputs, reader.outputs, reader.isBinary);
    }

    private void fields(JsonParser json) throws IOException {
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            JsonToken value = json.nextToken();
            switch (name) {
                case "id" -> id = json.getText();
                case "parameters" ->
                    parameters(json, (key, said) -> isBinary |= isTrue(key, "binary_data_output", said));
                case "inputs" -> each(json, value, name, () -> input(json));
                case "outputs" -> each(json, value, name, () -> output(json));
                default -> json.skipChildren();
            }
        }
    }

    private interface Reading {
        void read() throws IOException;
    }

    private interface Setting {
        void set(String name, String value);
    }

    private static void each(JsonParser json, @Nullable JsonToken at, String name, Reading reading) throws IOException {
        if (at != JsonToken.START_ARRAY) {
            throw Problem.bad("\"" + name + "\" is no array", "send an array of objects");
        }
        while (json.nextToken() != JsonToken.END_ARRAY) {
            if (json.currentToken() != JsonToken.START_OBJECT) {
                throw Problem.bad("\"" + name + "\" holds something that is no object", "send an array of objects");
            }
            reading.read();
        }
    }

    private static boolean isTrue(String key, String wanted, String value) {
        return key.equals(wanted) && value.equals("true");
    }

    private static void parameters(JsonParser json, Setting setting) throws IOException {
        if (json.currentToken() != JsonToken.START_OBJECT) {
            throw Problem.bad("\"parameters\" is no object", "send an object");
        }
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            if (json.nextToken().isScalarValue()) {
                setting.set(name, json.getText());
            } else {
                json.skipChildren();
            }
        }
    }

    /** Fields come in any order; the numbers are read by the type, which is wanted before them. */
    private void input(JsonParser json) throws IOException {
        String name = null;
        long[] shape = null;
        DType type = null;
        Given values = null;
        long[] size = {-1};
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String field = json.currentName();
            json.nextToken();
            switch (field) {
                case "name" -> name = json.getText();
                case "shape" -> shape = shape(json, name);
                case "datatype" -> type = Datatype.read(json.getText());
                case "parameters" ->
                    parameters(json, (key, said) -> {
                        if (key.equals("binary_data_size")) {
                            size[0] = size(said);
                        }
                    });
                case "data" -> {
                    if (type == null) {
                        throw Problem.bad(
                                "the input " + shown(name) + " has its \"data\" before its \"datatype\"",
                                "send name, shape, datatype, data in this order");
                    }
                    values = new Given(type, JsonArrays.flat(json, type, shown(name)), new long[0]);
                }
                default -> json.skipChildren();
            }
        }
        if (name == null || shape == null || type == null) {
            throw Problem.bad("an input has no name, no shape or no datatype", "send name, shape, datatype and data");
        }
        long wanted = bytes(shape, type, name);
        ByteBuffer content = values != null ? values.content() : binary(name, size[0]);
        if (content.remaining() != wanted) {
            throw Problem.bad(
                    "the input " + shown(name) + " has " + content.remaining() / type.bytes()
                            + " elements, its shape says " + wanted / type.bytes(),
                    "send as many as the shape says");
        }
        if (inputs.put(name, new Given(type, content, shape)) != null) {
            throw Problem.bad("the input " + shown(name) + " is sent twice", "send it once");
        }
    }

    private static String shown(@Nullable String name) {
        return name == null ? "without a name" : SafeText.shown(name);
    }

    private static long[] shape(JsonParser json, @Nullable String name) throws IOException {
        long[] out = new long[MOST_AXES];
        int axes = 0;
        boolean isRight = json.currentToken() == JsonToken.START_ARRAY;
        while (isRight && json.nextToken() != JsonToken.END_ARRAY) {
            isRight = axes < MOST_AXES && json.currentToken() == JsonToken.VALUE_NUMBER_INT;
            if (isRight) {
                out[axes] = json.getLongValue();
                isRight = out[axes++] >= 0;
            }
        }
        if (!isRight) {
            throw Problem.bad(
                    "the shape of the input " + shown(name) + " is none",
                    "send an array of at most " + MOST_AXES + " whole numbers, 0 or more");
        }
        return java.util.Arrays.copyOf(out, axes);
    }

    private static long bytes(long[] shape, DType type, String name) {
        long out = type.bytes();
        try {
            for (long size : shape) {
                out = Math.multiplyExact(out, size);
            }
            return out;
        } catch (ArithmeticException e) {
            throw Problem.bad("the shape of the input " + shown(name) + " is larger than any memory", "send less");
        }
    }

    private static long size(String said) {
        try {
            return Long.parseLong(said);
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    private ByteBuffer binary(String name, long size) {
        if (size < 0) {
            throw Problem.bad(
                    "the input " + shown(name) + " has no data",
                    "send \"data\", or its bytes after the JSON with \"binary_data_size\" in its parameters");
        }
        if (size > bytes.remaining()) {
            throw Problem.bad(
                    "the input " + shown(name) + " claims " + size + " bytes, " + bytes.remaining() + " are there",
                    "send all of them, and the length of the JSON in Inference-Header-Content-Length");
        }
        ByteBuffer out = bytes.slice(bytes.position(), (int) size).order(ByteOrder.LITTLE_ENDIAN);
        bytes.position(bytes.position() + (int) size);
        return out;
    }

    private void output(JsonParser json) throws IOException {
        String name = null;
        boolean[] asked = {isBinary};
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String field = json.currentName();
            json.nextToken();
            switch (field) {
                case "name" -> name = json.getText();
                case "parameters" ->
                    parameters(json, (key, said) -> {
                        if (key.equals("binary_data")) {
                            asked[0] = said.equals("true");
                        }
                        if (key.equals("classification")) {
                            throw Problem.bad(
                                    "the extension classification is not served", "ask for the output itself");
                        }
                    });
                default -> json.skipChildren();
            }
        }
        if (name == null) {
            throw Problem.bad("a wanted output has no name", "send its name");
        }
        outputs.add(new InferRequest.Output(name, asked[0]));
    }
}
