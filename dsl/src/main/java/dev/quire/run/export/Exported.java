package dev.quire.run.export;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.quire.QuireException;
import dev.quire.data.Column;
import dev.quire.data.Field;
import dev.quire.graph.Parameter;
import dev.quire.graph.TensorType;
import dev.quire.store.Safetensors;
import dev.quire.train.Plan;
import dev.quire.train.Weights;
import dev.quire.train.json.SpecJson;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * What an export is made of.
 *
 * @param name of the run
 * @param plan its network, data and specification
 * @param weights as they are predicted with
 * @param commit of the code it was trained with, where that is known
 */
public record Exported(String name, Plan plan, Weights weights, Optional<String> commit) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Parameters, then buffers, under PyTorch's names and in its layouts. */
    public List<Safetensors.Entry> tensors() {
        ByteBuffer flat = littleEndian(weights.flat());
        List<Safetensors.Entry> entries = new ArrayList<>();
        int at = 0;
        for (Parameter parameter : plan.parameters()) {
            int bytes = Math.toIntExact(parameter.type().shape().count() * Float.BYTES);
            entries.add(entry(parameter, flat.slice(at, bytes)));
            at += bytes;
        }
        for (int i = 0; i < plan.buffers().size(); i++) {
            entries.add(entry(
                    plan.buffers().get(i), ByteBuffer.wrap(weights.buffers().get(i))));
        }
        return entries;
    }

    /**
     * Where it comes from, as text by name: {@code run}, {@code data}, {@code inputs} (name, shape and type of each, as
     * the data holds it), {@code classes} (a JSON list), {@code columns} of a table (a JSON list of names and categories), {@code spec} (in words where it has no JSON), {@code quire}, the
     * version that wrote it, {@code fingerprint} of the data, and {@code commit} where it is known.
     */
    public Map<String, String> notes() {
        Map<String, String> notes = new LinkedHashMap<>();
        notes.put("run", name);
        notes.put("data", plan.data().name());
        notes.put(
                "inputs", plan.data().inputs().stream().map(Exported::describe).collect(Collectors.joining(", ")));
        notes.put("classes", json(plan.data().classes()));
        if (!plan.data().columns().isEmpty()) {
            notes.put("columns", columns(plan.data().columns()));
        }
        notes.put("spec", spec());
        notes.put("quire", version());
        notes.put("fingerprint", plan.data().fingerprint());
        commit.ifPresent(known -> notes.put("commit", known));
        return notes;
    }

    private static String describe(Field field) {
        return field.name() + " " + new TensorType(field.type(), field.shape());
    }

    private String spec() {
        try {
            return SpecJson.write(plan.spec());
        } catch (QuireException ownClass) {
            return plan.spec().words();
        }
    }

    private static String version() {
        Properties build = new Properties();
        try (InputStream in = Exported.class.getResourceAsStream("/dev/quire/quire.properties")) {
            build.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return build.getProperty("version").replace("-SNAPSHOT", "");
    }

    private static String columns(List<Column> columns) {
        ArrayNode out = JSON.createArrayNode();
        for (Column column : columns) {
            ObjectNode one = out.addObject().put("name", column.name());
            if (!column.categories().isEmpty()) {
                column.categories().forEach(one.putArray("categories")::add);
            }
        }
        return out.toString();
    }

    private static String json(List<String> texts) {
        try {
            return JSON.writeValueAsString(texts);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a list of texts that cannot be written", e);
        }
    }

    /** A tensor of a file with these bytes, little-endian. */
    public static Safetensors.Entry entry(Parameter parameter, ByteBuffer bytes) {
        List<Long> shape =
                LongStream.of(parameter.type().shape().sizes()).boxed().toList();
        return new Safetensors.Entry(parameter.name(), dtype(parameter), shape, bytes);
    }

    /** Numbers as bytes, little-endian. */
    public static ByteBuffer littleEndian(float[] values) {
        ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(Float.BYTES, values.length))
                .order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        return bytes;
    }

    private static String dtype(Parameter parameter) {
        return switch (parameter.type().dtype()) {
            case UINT8 -> "U8";
            case BOOL -> "BOOL";
            case INT32 -> "I32";
            case INT64 -> "I64";
            case FLOAT32 -> "F32";
            case FLOAT64 -> "F64";
            case BFLOAT16 -> "BF16";
        };
    }
}
