package dev.quire.server.oip;

import dev.quire.graph.DType;
import dev.quire.server.http.Problem;
import dev.quire.server.http.SafeText;

/** Names of element types in the protocol. */
final class Datatype {
    private Datatype() {}

    static String of(DType type) {
        return switch (type) {
            case BOOL -> "BOOL";
            case UINT8 -> "UINT8";
            case INT32 -> "INT32";
            case INT64 -> "INT64";
            case FLOAT32 -> "FP32";
            case FLOAT64 -> "FP64";
            case BFLOAT16 -> "BF16";
        };
    }

    /**
     * The type of a name.
     *
     * @throws Problem 400 when no model here takes it
     */
    static DType read(String name) {
        for (DType type : DType.values()) {
            if (of(type).equals(name)) {
                return type;
            }
        }
        throw Problem.bad(
                "the datatype '" + SafeText.shown(name) + "' is not taken",
                "send BOOL, UINT8, INT32, INT64, FP32, FP64 or BF16");
    }
}
