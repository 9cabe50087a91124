package dev.quire.compile.onnx;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import dev.quire.engine.GraphRun.Values;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Runs ONNX models in ONNX Runtime, on one thread. */
public final class OnnxRun implements AutoCloseable {
    private static final OrtEnvironment ENVIRONMENT =
            OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR, "quire-test");

    private final OrtSession session;

    private OnnxRun(OrtSession session) {
        this.session = session;
    }

    /** A file of which it is sure that ONNX Runtime takes it. */
    public static OnnxRun of(Path file) {
        return of(file, 1);
    }

    /** As above, on some threads. */
    public static OnnxRun of(Path file, int threads) {
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(threads);
            options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR);
            return new OnnxRun(ENVIRONMENT.createSession(file.toString(), options));
        } catch (OrtException e) {
            throw new AssertionError("ONNX Runtime refuses " + file.getFileName() + ": " + e.getMessage(), e);
        }
    }

    /** The metadata of the file. */
    public Map<String, String> metadata() {
        try {
            return session.getMetadata().getCustomMetadata();
        } catch (OrtException e) {
            throw new AssertionError(e);
        }
    }

    /** All outputs for these inputs, in order. */
    public List<Values> run(List<Values> inputs) {
        Map<String, OnnxTensor> given = new LinkedHashMap<>();
        try {
            int i = 0;
            for (NodeInfo input : session.getInputInfo().values()) {
                given.put(input.getName(), tensor(inputs.get(i++), ((TensorInfo) input.getInfo()).type));
            }
            try (OrtSession.Result result = session.run(given)) {
                List<Values> out = new ArrayList<>();
                result.forEach(entry -> out.add(values((OnnxTensor) entry.getValue())));
                return out;
            }
        } catch (OrtException e) {
            throw new AssertionError("ONNX Runtime cannot run: " + e.getMessage(), e);
        } finally {
            given.values().forEach(OnnxTensor::close);
        }
    }

    private static OnnxTensor tensor(Values values, OnnxJavaType type) throws OrtException {
        int count = values.data().length;
        Buffer buffer;
        switch (type) {
            case INT64 -> {
                LongBuffer longs = LongBuffer.allocate(count);
                for (float value : values.data()) {
                    longs.put((long) value);
                }
                return OnnxTensor.createTensor(ENVIRONMENT, longs.flip(), values.sizes());
            }
            case INT32 -> {
                IntBuffer ints = IntBuffer.allocate(count);
                for (float value : values.data()) {
                    ints.put((int) value);
                }
                return OnnxTensor.createTensor(ENVIRONMENT, ints.flip(), values.sizes());
            }
            case UINT8 -> {
                ByteBuffer bytes = ByteBuffer.allocateDirect(count).order(ByteOrder.nativeOrder());
                for (float value : values.data()) {
                    bytes.put((byte) (int) value);
                }
                return OnnxTensor.createTensor(ENVIRONMENT, bytes.flip(), values.sizes(), type);
            }
            default -> buffer = FloatBuffer.wrap(values.data());
        }
        return OnnxTensor.createTensor(ENVIRONMENT, (FloatBuffer) buffer, values.sizes());
    }

    private static Values values(OnnxTensor tensor) {
        long[] sizes = tensor.getInfo().getShape();
        OnnxJavaType type = tensor.getInfo().type;
        ByteBuffer bytes = tensor.getByteBuffer().order(ByteOrder.nativeOrder());
        int count = (int) java.util.Arrays.stream(sizes).reduce(1, Math::multiplyExact);
        float[] out = new float[count];
        for (int i = 0; i < count; i++) {
            out[i] = switch (type) {
                case FLOAT -> bytes.getFloat();
                case INT64 -> bytes.getLong();
                case INT32 -> bytes.getInt();
                case BOOL, UINT8 -> bytes.get() & 0xff;
                default -> throw new AssertionError("no values of " + type);
            };
        }
        return new Values(sizes, out);
    }

    @Override
    public void close() {
        try {
            session.close();
        } catch (OrtException e) {
            throw new AssertionError(e);
        }
    }
}
