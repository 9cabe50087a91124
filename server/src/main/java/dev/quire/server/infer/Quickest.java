package dev.quire.server.infer;

import dev.quire.QuireException;
import dev.quire.data.HostTensor;
import dev.quire.engine.Torch;
import dev.quire.inference.Estimate;
import dev.quire.inference.Model;
import dev.quire.inference.ModelCard;
import dev.quire.inference.ModelOption;
import dev.quire.inference.Models;
import dev.quire.inference.Port;
import dev.quire.model.Architecture;
import dev.quire.model.Summary;
import dev.quire.run.Run;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A run as the model that answers with the least work: on a processor ONNX Runtime over its export, where the export can
 * be made and says the same; else Quire's own program.
 */
public final class Quickest {
    /** Under this name a card says what computes. */
    public static final String RUNTIME = "runtime";

    private static final int ROWS = 3;
    private static final double APART = 1e-3;

    /** Multiply-adds of an example, up to which a call takes one thread. */
    private static final long ONE_THREAD = 10_000_000;

    private Quickest() {}

    /**
     * The model of a run.
     *
     * @throws QuireException when the run has no weights
     */
    public static Model of(Run run) {
        Model own = Models.of(run);
        if (Torch.device().isGpu()) {
            return named(own, own, "libtorch");
        }
        Model onnx;
        try {
            onnx = exported(run);
        } catch (QuireException | IOException notExported) {
            return named(own, own, "libtorch"); // A layer without an ONNX form, or a run that still trains.
        }
        if (!isSame(own, onnx)) {
            onnx.close();
            return named(own, own, "libtorch");
        }
        own.close();
        return named(own, onnx, "ONNX Runtime");
    }

    private static Model exported(Run run) throws IOException {
        Path folder = Files.createTempDirectory("quire-serve");
        Path file = folder.resolve("net.onnx");
        long work = Summary.of(run.model(), Architecture.inputs(run.data())).multiplyAdds();
        try {
            // Of a small network several calls run at once, which serves more than threads that share one call.
            Path exported = run.export(file.toString());
            return work < ONE_THREAD ? Models.load(exported, ModelOption.threads(1)) : Models.load(exported);
        } finally {
            Files.deleteIfExists(file);
            Files.deleteIfExists(folder);
        }
    }

    private static boolean isSame(Model own, Model onnx) {
        List<Port> inputs = own.inputs();
        boolean isAlike = inputs.size() == onnx.inputs().size()
                && own.outputs().size() == onnx.outputs().size()
                && inputs.stream().allMatch(Port::isBatched);
        for (int i = 0; isAlike && i < inputs.size(); i++) {
            isAlike = inputs.get(i).type() == onnx.inputs().get(i).type();
        }
        if (!isAlike) {
            return false;
        }
        try {
            Map<String, HostTensor> some = some(inputs);
            List<Estimate> one = own.estimates(own.run(some));
            List<Estimate> other = own.estimates(byPlace(onnx, own, some));
            for (int row = 0; row < one.size(); row++) {
                float[] values = one.get(row).values();
                float[] others = other.get(row).values();
                for (int i = 0; i < values.length; i++) {
                    if (!(Math.abs(values[i] - others[i]) <= APART * Math.max(1, Math.abs(values[i])))) {
                        return false;
                    }
                }
            }
            return true;
        } catch (QuireException notRun) {
            return false;
        }
    }

    private static Map<String, HostTensor> some(List<Port> inputs) {
        Map<String, HostTensor> out = new LinkedHashMap<>();
        Random random = new Random(1);
        for (Port port : inputs) {
            long[] sizes = port.sizes().stream()
                    .mapToLong(each -> each < 0 ? ROWS : each)
                    .toArray();
            long count = port.type().bytes();
            for (long size : sizes) {
                count *= size;
            }
            ByteBuffer bytes = ByteBuffer.allocateDirect(Math.toIntExact(count));
            if (port.type().bytes() == 1) {
                for (int i = 0; i < bytes.capacity(); i++) {
                    bytes.put(i, (byte)
                            (port.type() == dev.quire.graph.DType.BOOL ? random.nextInt(2) : random.nextInt(256)));
                }
            }
            out.put(port.name(), HostTensor.of(port.type(), bytes, sizes));
        }
        return out;
    }

    /** Inputs and outputs of the other by their places, under the names of this one. */
    private static Map<String, HostTensor> byPlace(Model other, Model own, Map<String, HostTensor> inputs) {
        if (other == own) {
            return own.run(inputs);
        }
        Map<String, HostTensor> renamed = new LinkedHashMap<>();
        for (int i = 0; i < own.inputs().size(); i++) {
            HostTensor given = inputs.get(own.inputs().get(i).name());
            if (given != null) {
                renamed.put(other.inputs().get(i).name(), given);
            }
        }
        Map<String, HostTensor> out = new LinkedHashMap<>();
        int place = 0;
        for (HostTensor each : other.run(renamed).values()) {
            out.put(own.outputs().get(place++).name(), each);
        }
        return out;
    }

    private static Model named(Model own, Model answering, String runtime) {
        ModelCard told = own.card().madeFrom(RUNTIME, runtime);
        return new Model() {
            @Override
            public ModelCard card() {
                return told;
            }

            @Override
            public Map<String, HostTensor> run(Map<String, HostTensor> inputs) {
                return byPlace(answering, own, inputs);
            }

            @Override
            public int atOnce() {
                return answering.atOnce();
            }

            @Override
            public void close() {
                answering.close();
            }
        };
    }
}
