package dev.quire.server.oip;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.quire.data.HostTensor;
import dev.quire.graph.DType;
import dev.quire.server.http.Json;
import dev.quire.server.http.Problem;
import dev.quire.server.http.SafeText;
import dev.quire.server.infer.Served;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes an answer: JSON, and after it the bytes of the outputs that are wanted as such. */
final class ReplyWriter {
    private ReplyWriter() {}

    /**
     * An answer.
     *
     * @param jsonBytes how many of its first bytes are JSON
     * @param isBinary whether bytes follow
     */
    @SuppressWarnings("ArrayRecordComponent") // Written once, compared never.
    record Written(byte[] body, int jsonBytes, boolean isBinary) {}

    static Written write(InferRequest request, Served.Said said) {
        Map<String, Boolean> wanted = wanted(request, said);
        ByteArrayOutputStream out = new ByteArrayOutputStream(512);
        List<HostTensor> binary = new ArrayList<>();
        try (JsonGenerator json = Json.MAPPER.createGenerator(out)) {
            json.writeStartObject();
            json.writeStringField("model_name", said.by().which().name());
            json.writeStringField(
                    "model_version", Integer.toString(said.by().which().version()));
            if (request.id() != null) {
                json.writeStringField("id", request.id());
            }
            json.writeArrayFieldStart("outputs");
            for (Map.Entry<String, Boolean> each : wanted.entrySet()) {
                HostTensor tensor = said.reply().outputs().get(each.getKey());
                if (tensor == null) {
                    throw new IllegalStateException("the model gave no output " + each.getKey());
                }
                output(json, each.getKey(), tensor, each.getValue());
                if (each.getValue()) {
                    binary.add(tensor);
                }
            }
            json.writeEndArray();
            json.writeEndObject();
        } catch (IOException e) {
            throw new IllegalStateException("an answer that cannot be written", e);
        }
        int length = out.size();
        for (HostTensor tensor : binary) {
            byte[] content = new byte[tensor.bytes().remaining()];
            tensor.bytes().get(content);
            out.writeBytes(content);
        }
        return new Written(out.toByteArray(), length, !binary.isEmpty());
    }

    private static Map<String, Boolean> wanted(InferRequest request, Served.Said said) {
        Map<String, Boolean> out = new LinkedHashMap<>();
        if (request.outputs().isEmpty()) {
            said.reply().outputs().keySet().forEach(name -> out.put(name, request.isBinary()));
        }
        for (InferRequest.Output each : request.outputs()) {
            if (!said.reply().outputs().containsKey(each.name())) {
                throw Problem.bad(
                        "unexpected inference output '" + SafeText.shown(each.name()) + "' for model '"
                                + said.by().which().name() + "'",
                        "it gives " + said.reply().outputs().keySet());
            }
            out.put(each.name(), each.isBinary());
        }
        return out;
    }

    private static void output(JsonGenerator json, String name, HostTensor tensor, boolean isBinary)
            throws IOException {
        json.writeStartObject();
        json.writeStringField("name", name);
        json.writeStringField("datatype", Datatype.of(tensor.type()));
        json.writeFieldName("shape");
        json.writeArray(tensor.sizes(), 0, tensor.rank());
        if (isBinary) {
            json.writeObjectFieldStart("parameters");
            json.writeNumberField("binary_data_size", tensor.bytes().remaining());
            json.writeEndObject();
        } else {
            json.writeArrayFieldStart("data");
            for (int i = 0; i < tensor.count(); i++) {
                number(json, tensor, i);
            }
            json.writeEndArray();
        }
        json.writeEndObject();
    }

    private static void number(JsonGenerator json, HostTensor tensor, int i) throws IOException {
        DType type = tensor.type();
        switch (type) {
            case BOOL -> json.writeBoolean(tensor.value(i) != 0);
            case UINT8, INT32 -> json.writeNumber((int) tensor.value(i));
            case INT64 -> json.writeNumber(tensor.bytes().getLong(i * Long.BYTES));
            case FLOAT64 -> json.writeNumber(tensor.value(i));
            default -> json.writeNumber((float) tensor.value(i));
        }
    }
}
