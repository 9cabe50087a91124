package dev.quire.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.quire.QuireException;
import dev.quire.compile.torchscript.Update;
import dev.quire.graph.Parameter;
import dev.quire.metric.History;
import dev.quire.run.export.Exported;
import dev.quire.store.Safetensors;
import dev.quire.train.Plan;
import dev.quire.train.Snapshot;
import dev.quire.train.Weights;
import dev.quire.train.json.SpecJson;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/**
 * A snapshot of training as a file: the weights by name in the safetensors format, what the optimizer remembers, and in
 * the metadata all else that is needed to go on. Anything that reads safetensors can use its weights.
 */
public final class Checkpoint {
    private static final int VERSION = 1;
    private static final String KEY = "quire.checkpoint";
    private static final String OPTIMIZER = "optimizer.";
    /** The parameters that steps change, where the named ones are an average. */
    private static final String TRAINED = "training.parameters";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path file;
    private final JsonNode state;
    private final Map<String, Safetensors.Entry> tensors;

    private Checkpoint(Path file, JsonNode state, Map<String, Safetensors.Entry> tensors) {
        this.file = file;
        this.state = state;
        this.tensors = tensors;
    }

    /** Writes a snapshot whole: whoever reads the file sees the one before or this one. */
    public static void write(Path file, Plan plan, Snapshot snapshot) throws IOException {
        List<Safetensors.Entry> entries = new ArrayList<>();
        boolean isAveraged = plan.spec().average().isPresent();
        ByteBuffer flat = isAveraged
                ? Exported.littleEndian(snapshot.shown().flat())
                : snapshot.state().get(0).duplicate().rewind();
        int at = 0;
        for (Parameter parameter : plan.parameters()) {
            int bytes = Math.toIntExact(parameter.type().shape().count() * Float.BYTES);
            entries.add(Exported.entry(parameter, flat.slice(at, bytes)));
            at += bytes;
        }
        for (int i = 0; i < plan.buffers().size(); i++) {
            entries.add(Exported.entry(
                    plan.buffers().get(i),
                    ByteBuffer.wrap(snapshot.shown().buffers().get(i))));
        }
        if (isAveraged) {
            entries.add(vector(TRAINED, snapshot.state().get(0)));
        }
        for (int i = 0; i < snapshot.slots().size(); i++) {
            entries.add(vector(
                    OPTIMIZER + plan.update().slots().get(i).name(),
                    snapshot.slots().get(i)));
        }
        Safetensors.write(
                file,
                new Safetensors.Content(Map.of(KEY, describe(plan, snapshot).toString()), entries));
    }

    private static Safetensors.Entry vector(String name, ByteBuffer bytes) {
        return new Safetensors.Entry(
                name, "F32", List.of((long) bytes.duplicate().rewind().remaining() / Float.BYTES), bytes);
    }

    private static List<Long> shape(Parameter parameter) {
        return LongStream.of(parameter.type().shape().sizes()).boxed().toList();
    }

    private static ObjectNode describe(Plan plan, Snapshot snapshot) {
        ObjectNode out = JSON.createObjectNode().put("version", VERSION);
        out.put("epoch", snapshot.epoch()).put("step", snapshot.step());
        ObjectNode sums = out.putObject("sums");
        sums.put("examples", snapshot.sums().examples())
                .put("loss", snapshot.sums().loss());
        snapshot.sums().metrics().forEach(sums.putArray("metrics")::add);
        out.put("bestEpoch", snapshot.bestEpoch()).put("monitored", plan.monitored());
        History history = snapshot.history();
        if (snapshot.bestEpoch() > 0) {
            out.put("best", history.value(snapshot.bestEpoch(), plan.monitored()));
        }
        out.set("history", HistoryJson.write(history));
        out.put("spec", SpecJson.write(plan.spec()));
        out.put("model", Identity.model(plan.model()));
        out.put("data", plan.data().name());
        out.put("fingerprint", Identity.data(plan.data()));
        return out;
    }

    /**
     * Reads a file and checks that it is whole.
     *
     * @throws QuireException when it is damaged, or from a newer Quire; the message names it
     */
    public static Checkpoint read(Path file) {
        try {
            Safetensors.Content content = Safetensors.readChecked(file);
            JsonNode state = JSON.readTree(content.metadata().getOrDefault(KEY, "{}"));
            if (!state.has("version")) {
                throw new QuireException(file.getFileName() + " holds weights, but is no checkpoint of a run");
            }
            if (state.get("version").asInt() > VERSION) {
                throw new QuireException(file.getFileName() + " is a checkpoint of version " + state.get("version")
                        + ", this Quire reads version " + VERSION + ": use the Quire that wrote it, or a newer one");
            }
            Map<String, Safetensors.Entry> tensors = new LinkedHashMap<>();
            content.entries().forEach(entry -> tensors.put(entry.name(), entry));
            return new Checkpoint(file, state, tensors);
        } catch (JsonProcessingException e) {
            throw new QuireException(file.getFileName() + " is damaged: its description is no JSON", e);
        } catch (IOException e) {
            throw new QuireException("the checkpoint " + file + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** The epoch under way when it was taken, from 1. */
    public int epoch() {
        return state.path("epoch").asInt();
    }

    /** The steps done when it was taken. */
    public long step() {
        return state.path("step").asLong();
    }

    /** What was measured until then. */
    public History history() {
        return HistoryJson.read(state.path("history"));
    }

    /** The specification of its run, as JSON. */
    public String spec() {
        return state.path("spec").asText();
    }

    /**
     * The weights for a network.
     *
     * @throws QuireException when it is another network; lists all that differs
     */
    public Weights weights(Plan plan) {
        check(plan);
        List<byte[]> buffers = new ArrayList<>();
        plan.buffers().forEach(buffer -> buffers.add(bytes(buffer.name())));
        return new Weights(flat(plan), buffers);
    }

    /**
     * The snapshot, for a run of the same network on the same data.
     *
     * @throws QuireException when the network, the data or the optimizer is another; says what differs
     */
    public Snapshot snapshot(Plan plan) {
        Weights shown = weights(plan);
        if (!state.path("fingerprint").asText().equals(Identity.data(plan.data()))) {
            throw new QuireException(
                    file.getFileName() + " was trained on " + state.path("data").asText()
                            + ", and the data is " + plan.data().name()
                            + (state.path("data").asText().equals(plan.data().name())
                                    ? " with other examples or transforms"
                                    : "")
                            + ": resume on the same data");
        }
        List<ByteBuffer> all = new ArrayList<>();
        all.add(tensors.containsKey(TRAINED) ? heap(TRAINED) : Exported.littleEndian(shown.flat()));
        shown.buffers().forEach(buffer -> all.add(ByteBuffer.wrap(buffer)));
        List<ByteBuffer> slots = new ArrayList<>();
        for (Update.Slot slot : plan.update().slots()) {
            if (!tensors.containsKey(OPTIMIZER + slot.name())) {
                throw new QuireException(file.getFileName() + " was trained with another optimizer, which does not"
                        + " remember " + slot.name() + ": resume with " + optimizer());
            }
            slots.add(heap(OPTIMIZER + slot.name()));
        }
        JsonNode sums = state.path("sums");
        List<Double> metrics = new ArrayList<>();
        sums.path("metrics").forEach(value -> metrics.add(value.asDouble()));
        return new Snapshot(
                epoch(),
                step(),
                new Snapshot.Sums(
                        sums.path("examples").asLong(), sums.path("loss").asDouble(), metrics),
                history(),
                state.path("bestEpoch").asInt(),
                all,
                shown,
                slots);
    }

    private String optimizer() {
        return SpecJson.read(spec()).optimizer().toString();
    }

    private void check(Plan plan) {
        List<String> differences = new ArrayList<>();
        List<String> expected = new ArrayList<>();
        for (Parameter parameter : concat(plan.parameters(), plan.buffers())) {
            expected.add(parameter.name());
            Safetensors.Entry entry = tensors.get(parameter.name());
            if (entry == null) {
                differences.add(parameter.name() + " is missing");
            } else if (!entry.shape().equals(shape(parameter))) {
                differences.add(parameter.name() + " is " + entry.shape() + ", the network's is " + shape(parameter));
            }
        }
        tensors.keySet().stream()
                .filter(name -> !name.startsWith(OPTIMIZER) && !name.equals(TRAINED) && !expected.contains(name))
                .forEach(name -> differences.add(name + " is not in the network"));
        if (!differences.isEmpty()) {
            throw new QuireException(file.getFileName() + " holds another network: " + String.join("; ", differences)
                    + ": resume with the network it was trained with");
        }
    }

    private static List<Parameter> concat(List<Parameter> first, List<Parameter> second) {
        List<Parameter> out = new ArrayList<>(first);
        out.addAll(second);
        return out;
    }

    private float[] flat(Plan plan) {
        int count = plan.parameters().stream()
                .mapToInt(parameter -> Math.toIntExact(parameter.type().shape().count()))
                .sum();
        float[] out = new float[count];
        int at = 0;
        for (Parameter parameter : plan.parameters()) {
            int size = Math.toIntExact(parameter.type().shape().count());
            entry(parameter.name()).content().asFloatBuffer().get(out, at, size);
            at += size;
        }
        return out;
    }

    private Safetensors.Entry entry(String name) {
        Safetensors.Entry entry = tensors.get(name);
        if (entry == null) {
            throw new QuireException(file.getFileName() + " has no tensor " + name);
        }
        return entry;
    }

    private byte[] bytes(String name) {
        ByteBuffer content = entry(name).content();
        byte[] out = new byte[content.remaining()];
        content.get(out);
        return out;
    }

    private ByteBuffer heap(String name) {
        return ByteBuffer.wrap(bytes(name));
    }
}
