package dev.quire.inference;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxModelMetadata;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import dev.quire.QuireException;
import dev.quire.data.HostTensor;
import dev.quire.graph.DType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.LongStream;

/** Models from ONNX files, run by ONNX Runtime, which loads when the first of them does. */
final class OnnxModels {
    private OnnxModels() {}

    static Model load(Path file, LoadSpec spec) {
        // All inputs are tensors on the processor; ONNX Runtime's own log would go to the console.
        OrtEnvironment environment = OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL, "quire");
        OrtSession session = session(environment, file, spec);
        try {
            ModelCard card = card(file, session, spec);
            return new RunningModel(card, new Runner() {
                @Override
                public Map<String, HostTensor> run(List<HostTensor> inputs) {
                    return OnnxModels.run(environment, session, card, inputs);
                }

                @Override
                public int atOnce() {
                    int processors = Runtime.getRuntime().availableProcessors();
                    return spec.threads() == 1 ? Math.max(2, processors) : 1;
                }

                @Override
                public void close() {
                    OnnxModels.close(session);
                }
            });
        } catch (OrtException e) {
            close(session);
            throw OnnxFailure.of(file, e);
        } catch (RuntimeException e) {
            close(session);
            throw e;
        }
    }

    private static OrtSession session(OrtEnvironment environment, Path file, LoadSpec spec) {
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            if (spec.threads() > 0) {
                options.setIntraOpNumThreads(spec.threads());
            }
            // Threads that wait actively take processor time from whatever else goes on, training for instance.
            options.addConfigEntry("session.intra_op.allow_spinning", "0");
            return environment.createSession(file.toString(), options);
        } catch (OrtException e) {
            throw OnnxFailure.of(file, e);
        }
    }

    private static void close(OrtSession session) {
        try {
            session.close();
        } catch (OrtException e) {
            throw new QuireException("ONNX Runtime cannot close a model: " + e.getMessage(), e);
        }
    }

    private static ModelCard card(Path file, OrtSession session, LoadSpec spec) throws OrtException {
        OnnxModelMetadata about = session.getMetadata();
        Map<String, String> notes = about.getCustomMetadata();
        Map<String, String> madeFrom = new LinkedHashMap<>();
        madeFrom.put("file", file.toString());
        if (!about.getProducerName().isEmpty()) {
            madeFrom.put("producer", about.getProducerName());
        }
        madeFrom.putAll(notes);
        List<Port> inputs = inputs(file, session, spec);
        long bytes;
        try {
            bytes = Files.size(file);
        } catch (IOException e) {
            throw new QuireException(file + " cannot be read: " + e.getMessage(), e);
        }
        OnnxCount count = OnnxCount.of(file);
        return new ModelCard(
                        String.valueOf(file.getFileName()),
                        "an ONNX file"
                                + (about.getProducerName().isEmpty() ? "" : " made by " + about.getProducerName()),
                        inputs,
                        ports(file, session.getOutputInfo()),
                        Notes.classes(file.toString(), spec, notes),
                        Notes.image(file.toString(), spec, notes, inputs),
                        madeFrom,
                        count.parameters(),
                        bytes,
                        count.ops())
                .columns(Notes.columns(file.toString(), notes, inputs));
    }

    /** As the file declares them; a shape that was given besides must agree, and makes free sizes known. */
    private static List<Port> inputs(Path file, OrtSession session, LoadSpec spec) throws OrtException {
        List<Port> declared = ports(file, session.getInputInfo());
        if (spec.shapes().isEmpty()) {
            return declared;
        }
        if (spec.shapes().size() != declared.size()) {
            throw new QuireException(file + " takes " + declared.size() + " inputs, " + declared
                    + ", and inputShape was given " + spec.shapes().size() + " times");
        }
        List<Port> out = new ArrayList<>();
        for (int i = 0; i < declared.size(); i++) {
            out.add(narrowed(file, declared.get(i), spec.shapes().get(i)));
        }
        return out;
    }

    private static Port narrowed(Path file, Port port, List<Long> example) {
        List<Long> sizes = new ArrayList<>();
        boolean agrees = port.sizes().size() == example.size() + 1;
        for (int i = 0; agrees && i < port.sizes().size(); i++) {
            long declared = port.sizes().get(i);
            long given = i == 0 ? declared : example.get(i - 1);
            agrees = declared < 0 || given < 0 || declared == given;
            sizes.add(declared < 0 ? given : declared);
        }
        if (!agrees) {
            throw new QuireException(
                    "inputShape" + example.toString().replace('[', '(').replace(']', ')') + " does not fit the input "
                            + port + " of " + file + ", which has the batch first");
        }
        return Port.of(port.name(), port.type(), sizes);
    }

    private static List<Port> ports(Path file, Map<String, NodeInfo> nodes) {
        List<Port> out = new ArrayList<>();
        nodes.forEach((name, node) -> {
            if (!(node.getInfo() instanceof TensorInfo info)) {
                throw new QuireException(file + ": " + name + " is a "
                        + node.getInfo().getClass().getSimpleName() + ", and only tensors are supported");
            }
            out.add(Port.of(
                    name,
                    type(file, name, info.type),
                    LongStream.of(info.getShape()).boxed().toList()));
        });
        return out;
    }

    private static DType type(Path file, String name, OnnxJavaType type) {
        return switch (type) {
            case UINT8 -> DType.UINT8;
            case INT32 -> DType.INT32;
            case INT64 -> DType.INT64;
            case FLOAT -> DType.FLOAT32;
            case DOUBLE -> DType.FLOAT64;
            case BOOL -> DType.BOOL;
            case BFLOAT16 -> DType.BFLOAT16;
            default ->
                throw new QuireException(file + ": " + name + " is of type "
                        + type.name().toLowerCase(Locale.ROOT)
                        + ", which is not supported: float, double, bfloat16, uint8, int32, int64 and bool are");
        };
    }

    private static OnnxJavaType type(DType type) {
        return switch (type) {
            case UINT8 -> OnnxJavaType.UINT8;
            case INT32 -> OnnxJavaType.INT32;
            case INT64 -> OnnxJavaType.INT64;
            case FLOAT32 -> OnnxJavaType.FLOAT;
            case FLOAT64 -> OnnxJavaType.DOUBLE;
            case BOOL -> OnnxJavaType.BOOL;
            case BFLOAT16 -> OnnxJavaType.BFLOAT16;
        };
    }

    private static Map<String, HostTensor> run(
            OrtEnvironment environment, OrtSession session, ModelCard card, List<HostTensor> inputs) {
        Map<String, OnnxTensor> named = new LinkedHashMap<>();
        try {
            for (int i = 0; i < inputs.size(); i++) {
                HostTensor input = inputs.get(i);
                ByteBuffer bytes = input.bytes().order(ByteOrder.nativeOrder());
                named.put(
                        card.inputs().get(i).name(),
                        OnnxTensor.createTensor(environment, bytes, input.sizes(), type(input.type())));
            }
            try (OrtSession.Result result = session.run(named)) {
                Map<String, HostTensor> out = new LinkedHashMap<>();
                for (Map.Entry<String, OnnxValue> entry : result) {
                    out.put(entry.getKey(), host((OnnxTensor) entry.getValue()));
                }
                return out;
            }
        } catch (OrtException e) {
            throw new QuireException(card.name() + " does not take " + inputs + ": " + OnnxFailure.sentence(e), e);
        } finally {
            named.values().forEach(OnnxTensor::close);
        }
    }

    private static HostTensor host(OnnxTensor tensor) {
        TensorInfo info = tensor.getInfo();
        return HostTensor.of(type(Path.of(""), "an output", info.type), tensor.getByteBuffer(), info.getShape());
    }
}
