package dev.quire.train;

import dev.quire.QuireException;
import dev.quire.compile.torchscript.Update;
import dev.quire.data.Field;
import dev.quire.data.Split;
import dev.quire.engine.Arena;
import dev.quire.engine.Array;
import dev.quire.engine.Device;
import dev.quire.engine.Program;
import dev.quire.engine.Torch;
import dev.quire.graph.Parameter;
import dev.quire.metric.History;
import dev.quire.pretrained.StoredWeights;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

/** A compiled plan with its weights on a device. Everything it holds is freed by {@link #close}. */
public final class Network implements AutoCloseable {
    /** Evaluation keeps nothing for a backward pass, so its batches may be larger. */
    private static final int EVALUATION_BATCH = 500;

    private final Plan plan;
    private final Arena arena;
    private final Arena host;
    private final Program program;
    private final int threads;
    private final List<Array> state;
    private final List<List<Array>> slots = new ArrayList<>();
    private final List<Array> flat;
    private boolean isAveraging;

    private Network(Plan plan, Arena arena, Program program, List<Array> state) {
        this.plan = plan;
        this.arena = arena;
        this.host = arena.onHost();
        this.program = program;
        this.threads = plan.threads();
        this.state = state;
        this.flat = List.of(arena.alias(state.get(0)));
    }

    /**
     * A network as it begins: weights drawn from the seed of its specification, or read from files.
     *
     * @throws QuireException when the files are missing or their weights do not fit; nothing native has been loaded then
     */
    public static Network start(Plan plan, Device device) {
        StoredWeights stored = StoredWeights.of(plan.prediction());
        return on(plan, device, (arena, program) -> {
            List<Array> drawn;
            try (Arena host = arena.onHost()) {
                List<Array> control =
                        List.of(host.array(new long[] {Seeds.weights(plan.spec().seed())}, 1), arena.filled(0, 1));
                drawn = program.call("initialize", List.of(control));
            }
            if (stored.isEmpty()) {
                return drawn;
            }
            Weights weights = copy(drawn).with(plan, stored);
            drawn.forEach(Array::close);
            return state(plan, arena, weights);
        });
    }

    /** A network with weights known already. */
    public static Network of(Plan plan, Device device, Weights weights) {
        return on(plan, device, (arena, program) -> state(plan, arena, weights));
    }

    /** What does not fit on the device leaves nothing there. */
    private static Network on(Plan plan, Device device, BiFunction<Arena, Program, List<Array>> state) {
        Arena arena = Arena.on(device);
        try {
            Program program = Program.load(arena, plan.script(device.isGpu()));
            return new Network(plan, arena, program, state.apply(arena, program));
        } catch (RuntimeException e) {
            arena.close();
            throw e;
        }
    }

    private static List<Array> state(Plan plan, Arena arena, Weights weights) {
        List<Array> state = new ArrayList<>();
        state.add(arena.array(weights.flat(), weights.flat().length));
        for (int i = 0; i < plan.buffers().size(); i++) {
            Parameter buffer = plan.buffers().get(i);
            state.add(arena.array(
                    buffer(weights.buffers().get(i)),
                    buffer.type().dtype(),
                    buffer.type().shape().sizes()));
        }
        return state;
    }

    private static ByteBuffer buffer(byte[] content) {
        ByteBuffer direct = ByteBuffer.allocateDirect(content.length).order(ByteOrder.nativeOrder());
        return direct.put(content).flip();
    }

    public Plan plan() {
        return plan;
    }

    public Device device() {
        return arena.device();
    }

    /** A copy of the weights in main memory, as they are between two calls: their average where one is kept. */
    public Weights weights() {
        return Torch.alone(() -> copy(shown()));
    }

    /** What evaluates and predicts: parameters, or their average while training keeps one, and buffers. */
    private List<Array> shown() {
        if (!isAveraging) {
            return state;
        }
        List<Array> out = new ArrayList<>(state);
        out.set(0, slot(StepRule.AVERAGE));
        return out;
    }

    private Array slot(String name) {
        List<Update.Slot> all = plan.update().slots();
        int at = IntStream.range(0, all.size())
                .filter(i -> all.get(i).name().equals(name))
                .findFirst()
                .orElseThrow();
        return slots.get(at).get(0);
    }

    private static Weights copy(List<Array> state) {
        List<byte[]> buffers = new ArrayList<>();
        for (Array array : state.subList(1, state.size())) {
            ByteBuffer bytes = array.bytes();
            byte[] content = new byte[bytes.remaining()];
            bytes.get(content);
            buffers.add(content);
        }
        return new Weights(state.get(0).floats(), buffers);
    }

    /** Puts weights back, in place. */
    void restore(Weights weights) {
        try (Arena scratch = arena.child()) {
            List<Array> values = state(plan, scratch, weights);
            call("restore", List.of(state, values)).get(0).close();
        }
    }

    /** Training is over: the average, where one was kept, becomes the weights. */
    void settle() {
        if (isAveraging) {
            restore(weights());
            isAveraging = false;
        }
    }

    private List<Array> call(String method, List<List<Array>> arguments) {
        return Torch.alone(() -> {
            Torch.use(threads);
            return program.call(method, arguments);
        });
    }

    Feed feed(Split split) {
        Optional<Balance> balance = plan.spec().sampling().balanced() && split == Split.TRAIN
                ? Optional.of(Balance.of(plan.data()))
                : Optional.empty();
        return Feed.of(plan.data(), split, arena, program, balance);
    }

    /** What the optimizer remembers, as it begins. */
    void forget() {
        for (Update.Slot slot : plan.update().slots()) {
            slots.add(List.of(
                    slot.perParameter()
                            ? arena.filled(slot.start(), state.get(0).count())
                            : arena.filled(slot.start())));
        }
        isAveraging = plan.spec().average().isPresent();
    }

    /** A copy in main memory of all that training needs. */
    Snapshot snapshot(int epoch, long step, Snapshot.Sums sums, History history, int bestEpoch) {
        return Torch.alone(() -> new Snapshot(
                epoch,
                step,
                sums,
                history,
                bestEpoch,
                state.stream().map(Array::bytes).toList(),
                copy(shown()),
                slots.stream().map(slot -> slot.get(0).bytes()).toList()));
    }

    /** Goes on from a snapshot, in place. */
    void resume(Snapshot from) {
        fill(state, from.state());
        fill(slots.stream().map(slot -> slot.get(0)).toList(), from.slots());
    }

    private void fill(List<Array> targets, List<ByteBuffer> contents) {
        try (Arena scratch = arena.child()) {
            for (int i = 0; i < targets.size(); i++) {
                Array target = targets.get(i);
                ByteBuffer content = contents.get(i).duplicate().rewind();
                byte[] bytes = new byte[content.remaining()];
                content.get(bytes);
                Array value = scratch.array(buffer(bytes), target.dtype(), target.sizes());
                call("overwrite", List.of(List.of(target), List.of(value)))
                        .get(0)
                        .close();
            }
        }
    }

    /** Losses and metric sums, a row a step or batch. */
    record Rows(float[] losses, float[] sums, float[] outputs, float[] targets) {}

    /** Steps of training with these rates and seeds. */
    Rows train(Feed.Piece piece, double[] rates, long[] seeds) {
        try (Arena inputs = host.child()) {
            List<Array> control = List.of(
                    inputs.array(
                            new long[] {
                                piece.first(), piece.steps(), plan.spec().batch()
                            },
                            3),
                    inputs.array(rates, rates.length),
                    inputs.array(seeds, seeds.length));
            List<List<Array>> arguments = new ArrayList<>(List.of(state, flat, piece.data(), control));
            arguments.addAll(slots);
            return rows(call("train", arguments));
        }
    }

    private Rows evaluate(Feed.Piece piece, int batch) {
        try (Array numbers = host.array(new long[] {piece.first(), piece.steps(), batch}, 3)) {
            return rows(call("evaluate", List.of(shown(), piece.data(), List.of(numbers))));
        }
    }

    private static Rows rows(List<Array> results) {
        try (Array losses = results.get(0);
                Array sums = results.get(1)) {
            return new Rows(losses.floats(), sums.floats(), kept(results, 2), kept(results, 3));
        }
    }

    private static float[] kept(List<Array> results, int at) {
        if (at >= results.size()) {
            return new float[0];
        }
        try (Array values = results.get(at)) {
            return values.floats();
        }
    }

    /** Loss and metrics over a whole split. */
    public Map<String, Double> evaluate(Split split) {
        try (Feed feed = feed(split)) {
            return evaluate(feed, () -> false).means("");
        }
    }

    /** Loss and metrics over a feed; what there was so far when it is to stop. */
    Scores evaluate(Feed feed, BooleanSupplier stop) {
        Scores scores = new Scores(plan.metrics(), plan.examined(), plan.predictionsPerExample());
        int batch =
                Math.toIntExact(Math.min(Math.max(EVALUATION_BATCH, plan.spec().batch()), feed.count()));
        feed.inOrder();
        Pace pace = new Pace();
        while (scores.examples() < feed.count() && !stop.getAsBoolean()) {
            long begin = System.nanoTime();
            Feed.Piece piece = feed.next(batch, pace.steps());
            if (piece.steps() == 0) {
                break;
            }
            Rows rows = evaluate(piece, batch);
            scores.add(rows.losses(), rows.sums(), batch, piece.examples());
            if (rows.outputs().length > 0) {
                scores.add(rows.outputs(), rows.targets());
            }
            pace.took(piece.steps(), (System.nanoTime() - begin) * 1e-9);
        }
        return scores;
    }

    /** The outputs for every example of a split, in order, row-major. */
    public float[] infer(Split split) {
        try (Feed feed = feed(split)) {
            int batch = Math.toIntExact(Math.min(EVALUATION_BATCH, feed.count()));
            int row = Math.toIntExact(plan.outputShape().countPerExample());
            float[] out = new float[Math.toIntExact(feed.count() * row)];
            feed.inOrder();
            int done = 0;
            while (done < out.length) {
                Feed.Piece piece = feed.next(batch, 1);
                if (piece.steps() == 0) {
                    throw new QuireException("stopped while predicting the " + split + " split");
                }
                try (Array numbers = host.array(new long[] {piece.first(), piece.steps(), batch}, 3);
                        Array result = call("infer", List.of(shown(), piece.data(), List.of(numbers)))
                                .get(0)) {
                    float[] values = result.floats();
                    System.arraycopy(values, 0, out, done, values.length);
                    done += values.length;
                }
            }
            return out;
        }
    }

    /** The outputs for some examples, given as the bytes of each input, one after another. */
    public float[] predict(List<ByteBuffer> inputs, int count) {
        try (Arena scratch = arena.child()) {
            List<Array> arrays = inputs(scratch, inputs, count);
            try (Array result = call("predict", List.of(shown(), arrays)).get(0)) {
                return result.floats();
            }
        }
    }

    /**
     * What a probe answers for some examples, each of its outputs row-major.
     *
     * @param inputs the bytes of each input, one example after another
     * @param count of examples
     * @param more a row of numbers for each example, where the probe takes them
     */
    public List<float[]> ask(Probe probe, List<ByteBuffer> inputs, int count, float[] more) {
        try (Arena scratch = arena.child()) {
            Program asked = Program.load(scratch, probe.script());
            List<Array> arrays = inputs(scratch, inputs, count);
            if (more.length > 0) {
                arrays.add(scratch.array(more, count, more.length / count));
            }
            List<Array> results = Torch.alone(() -> {
                Torch.use(threads);
                return asked.call(Probe.METHOD, List.of(shown(), arrays));
            });
            return results.stream().map(Array::floats).toList();
        }
    }

    private List<Array> inputs(Arena scratch, List<ByteBuffer> inputs, int count) {
        List<Array> arrays = new ArrayList<>();
        for (int i = 0; i < inputs.size(); i++) {
            Field field = plan.data().inputs().get(i);
            long[] sizes = field.shape().batched().sizes();
            sizes[0] = count;
            arrays.add(scratch.array(Objects.requireNonNull(inputs.get(i)), field.type(), sizes));
        }
        return arrays;
    }

    @Override
    public void close() {
        arena.close();
    }
}
