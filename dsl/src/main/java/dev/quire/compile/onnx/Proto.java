package dev.quire.compile.onnx;

import dev.quire.graph.DType;

/** The numbers of the format: fields of its messages, and what stands for element types. */
final class Proto {
    /** {@code ModelProto}. */
    static final class Model {
        static final int IR_VERSION = 1;
        static final int PRODUCER_NAME = 2;
        static final int PRODUCER_VERSION = 3;
        static final int DOC_STRING = 6;
        static final int GRAPH = 7;
        static final int OPSET_IMPORT = 8;
        static final int METADATA_PROPS = 14;

        private Model() {}
    }

    /** {@code OperatorSetIdProto}. */
    static final class OperatorSet {
        static final int DOMAIN = 1;
        static final int VERSION = 2;

        private OperatorSet() {}
    }

    /** {@code GraphProto}. */
    static final class Graph {
        static final int NODE = 1;
        static final int NAME = 2;
        static final int INITIALIZER = 5;
        static final int INPUT = 11;
        static final int OUTPUT = 12;
        static final int VALUE_INFO = 13;

        private Graph() {}
    }

    /** {@code NodeProto}. */
    static final class Node {
        static final int INPUT = 1;
        static final int OUTPUT = 2;
        static final int NAME = 3;
        static final int OP_TYPE = 4;
        static final int ATTRIBUTE = 5;

        private Node() {}
    }

    /** {@code AttributeProto}. */
    static final class Attribute {
        static final int NAME = 1;
        static final int REAL = 2;
        static final int INTEGER = 3;
        static final int TEXT = 4;
        static final int INTEGERS = 8;
        static final int TEXTS = 9;
        static final int TYPE = 20;

        static final int TYPE_REAL = 1;
        static final int TYPE_INTEGER = 2;
        static final int TYPE_TEXT = 3;
        static final int TYPE_INTEGERS = 7;
        static final int TYPE_TEXTS = 8;

        private Attribute() {}
    }

    /** {@code TensorProto}. */
    static final class Tensor {
        static final int DIMS = 1;
        static final int DATA_TYPE = 2;
        static final int NAME = 8;
        static final int RAW_DATA = 9;
        static final int EXTERNAL_DATA = 13;
        static final int DATA_LOCATION = 14;

        static final int EXTERNAL = 1;

        private Tensor() {}
    }

    /** {@code ValueInfoProto}. */
    static final class ValueInfo {
        static final int NAME = 1;
        static final int TYPE = 2;
        static final int DOC_STRING = 3;

        private ValueInfo() {}
    }

    /** {@code TypeProto} and the messages in it. */
    static final class Type {
        static final int TENSOR = 1;
        static final int TENSOR_ELEMENT = 1;
        static final int TENSOR_SHAPE = 2;
        static final int SHAPE_SIZE = 1;
        static final int SIZE_VALUE = 1;
        static final int SIZE_NAME = 2;

        private Type() {}
    }

    /** Signed bytes, which the graph has no type for. */
    static final int INT8 = 3;

    private Proto() {}

    /** The number of an element type. */
    static int type(DType dtype) {
        return switch (dtype) {
            case FLOAT32 -> 1;
            case UINT8 -> 2;
            case INT32 -> 6;
            case INT64 -> 7;
            case BOOL -> 9;
            case FLOAT64 -> 11;
            case BFLOAT16 -> 16;
        };
    }
}
