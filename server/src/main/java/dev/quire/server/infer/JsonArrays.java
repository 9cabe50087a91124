package dev.quire.server.infer;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.quire.graph.DType;
import dev.quire.inference.Port;
import dev.quire.server.http.Problem;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Reads nested arrays of numbers straight into the bytes that a model takes; no tree of nodes is made. */
public final class JsonArrays {
    private static final int DEEPEST = 16;

    private final JsonParser json;
    private final DType type;
    private final String name;
    private final long[] sizes = new long[DEEPEST];
    private int depth = -1;
    private ByteBuffer content;

    private JsonArrays(JsonParser json, DType type, String name, int room) {
        this.json = json;
        this.type = type;
        this.name = name;
        this.content = ByteBuffer.allocate(room).order(ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * The array or number that the parser stands at, as the input of a model.
     *
     * @param model its name, for messages
     * @throws Problem 400 when it is no array of numbers, uneven, or of another shape than the model takes
     */
    public static Given read(JsonParser json, Port port, String model) throws IOException {
        JsonArrays reading = values(json, port.type(), port.name(), room(port));
        return new Given(port.type(), reading.content, Expected.sizes(port, model, reading.sizes()));
    }

    /** As much as one example takes. */
    private static int room(Port port) {
        long bytes = port.type().bytes();
        for (int i = 1; i < port.sizes().size(); i++) {
            bytes *= Math.max(1, port.sizes().get(i));
        }
        return (int) Math.min(Math.max(64, bytes), 1 << 20);
    }

    /** The numbers of a flat or nested array, whatever their shape. */
    public static ByteBuffer flat(JsonParser json, DType type, String name) throws IOException {
        return values(json, type, name, 256).content;
    }

    private static JsonArrays values(JsonParser json, DType type, String name, int room) throws IOException {
        JsonArrays reading = new JsonArrays(json, type, name, room);
        JsonToken token = json.currentToken();
        if (token == JsonToken.START_ARRAY) {
            reading.array(0);
        } else {
            reading.depth = 0;
            reading.number(token);
        }
        reading.content.flip();
        return reading;
    }

    private List<Long> sizes() {
        List<Long> out = new ArrayList<>(depth);
        Arrays.stream(sizes, 0, Math.max(0, depth)).forEach(out::add);
        return out;
    }

    private void array(int level) throws IOException {
        if (level >= DEEPEST - 1) {
            throw Problem.bad("the input " + name + " is nested deeper than " + DEEPEST + " levels", "send numbers");
        }
        long count = 0;
        for (JsonToken token = json.nextToken(); token != JsonToken.END_ARRAY; token = json.nextToken()) {
            if (token == JsonToken.START_ARRAY) {
                array(level + 1);
            } else {
                if (depth < 0) {
                    depth = level + 1;
                    Arrays.fill(sizes, -1);
                }
                if (level + 1 != depth) {
                    throw uneven();
                }
                number(token);
            }
            count++;
        }
        if (count == 0) {
            throw Problem.bad("the input " + name + " has an empty array", "send numbers");
        }
        if (level >= depth || (sizes[level] >= 0 && sizes[level] != count)) {
            throw uneven();
        }
        sizes[level] = count;
    }

    private Problem uneven() {
        return Problem.bad(
                "the arrays of the input " + name + " are not all of the same length" + place(),
                "send as many numbers in each");
    }

    private String place() {
        return " (line " + json.currentLocation().getLineNr() + ", column "
                + json.currentLocation().getColumnNr() + ")";
    }

    private void number(JsonToken token) throws IOException {
        if (content.remaining() < Long.BYTES) {
            content = ByteBuffer.allocate(Math.multiplyExact(2, content.capacity()))
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .put(content.flip());
        }
        switch (token) {
            case VALUE_NUMBER_INT -> {
                if (type == DType.FLOAT32 || type == DType.FLOAT64 || type == DType.BFLOAT16) {
                    real(json.getDoubleValue());
                } else {
                    whole(longValue());
                }
            }
            case VALUE_NUMBER_FLOAT -> {
                double value = json.getDoubleValue();
                if (type == DType.FLOAT32 || type == DType.FLOAT64 || type == DType.BFLOAT16) {
                    real(value);
                } else if (value == Math.rint(value) && Math.abs(value) < 1e15) {
                    whole((long) value);
                } else {
                    throw wrong(json.getText());
                }
            }
            case VALUE_TRUE, VALUE_FALSE -> {
                if (type != DType.BOOL) {
                    throw wrong(json.getText());
                }
                content.put((byte) (token == JsonToken.VALUE_TRUE ? 1 : 0));
            }
            default -> throw wrong(token == JsonToken.VALUE_STRING ? "a text" : json.getText());
        }
    }

    private long longValue() throws IOException {
        if (json.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
            throw wrong("a number beyond 64 bits");
        }
        return json.getLongValue();
    }

    private void real(double value) {
        boolean fits = type == DType.FLOAT64 ? Double.isFinite(value) : Float.isFinite((float) value);
        if (!fits) {
            throw wrong("a number beyond what " + Expected.word(type) + " holds");
        }
        switch (type) {
            case FLOAT32 -> content.putFloat((float) value);
            case FLOAT64 -> content.putDouble(value);
            default -> content.putShort((short) (Float.floatToIntBits((float) value) >>> 16));
        }
    }

    private void whole(long value) {
        boolean fits = switch (type) {
            case UINT8 -> value >= 0 && value <= 255;
            case BOOL -> value == 0 || value == 1;
            case INT32 -> value == (int) value;
            default -> true;
        };
        if (!fits) {
            throw wrong(Long.toString(value));
        }
        switch (type) {
            case INT32 -> content.putInt((int) value);
            case INT64 -> content.putLong(value);
            default -> content.put((byte) value);
        }
    }

    private Problem wrong(String got) {
        String wanted = switch (type) {
            case UINT8 -> "whole numbers from 0 to 255";
            case BOOL -> "true or false";
            case INT32, INT64 -> "whole numbers";
            default -> "finite numbers";
        };
        return Problem.bad("the input " + name + " holds " + got + place(), "send " + wanted);
    }
}
