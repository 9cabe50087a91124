package dev.quire.compile.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Reads a model, and checks the rules of ONNX that a writer can break. */
final class OnnxCheck {
    /** A message: its fields by number, each a {@code Long}, a {@code Float} or a {@code ByteString}. */
    record Fields(Map<Integer, List<Object>> values) {
        static Fields of(ByteString bytes) throws IOException {
            Map<Integer, List<Object>> values = new TreeMap<>();
            CodedInputStream in = bytes.newCodedInput();
            for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
                Object value = switch (WireFormat.getTagWireType(tag)) {
                    case WireFormat.WIRETYPE_VARINT -> in.readInt64();
                    case WireFormat.WIRETYPE_FIXED32 -> in.readFloat();
                    case WireFormat.WIRETYPE_LENGTH_DELIMITED -> in.readBytes();
                    default -> throw new AssertionError("tag " + tag);
                };
                values.computeIfAbsent(WireFormat.getTagFieldNumber(tag), number -> new ArrayList<>())
                        .add(value);
            }
            return new Fields(values);
        }

        List<Object> all(int number) {
            return values.getOrDefault(number, List.of());
        }

        List<String> texts(int number) {
            return all(number).stream()
                    .map(value -> ((ByteString) value).toStringUtf8())
                    .toList();
        }

        String text(int number) {
            assertThat(all(number)).as("field %d", number).hasSize(1);
            return texts(number).get(0);
        }

        long integer(int number) {
            assertThat(all(number)).as("field %d", number).hasSize(1);
            return (Long) all(number).get(0);
        }

        List<Fields> messages(int number) throws IOException {
            List<Fields> out = new ArrayList<>();
            for (Object value : all(number)) {
                out.add(of((ByteString) value));
            }
            return out;
        }

        Fields message(int number) throws IOException {
            assertThat(all(number)).as("field %d", number).hasSize(1);
            return messages(number).get(0);
        }
    }

    private OnnxCheck() {}

    /** Checks a model, and gives its fields. */
    static Fields check(byte[] file) throws IOException {
        Fields model = Fields.of(ByteString.copyFrom(file));
        assertThat(model.integer(Proto.Model.IR_VERSION)).isEqualTo(9);
        Fields operators = model.message(Proto.Model.OPSET_IMPORT);
        assertThat(operators.text(Proto.OperatorSet.DOMAIN)).isEmpty();
        assertThat(operators.integer(Proto.OperatorSet.VERSION)).isEqualTo(20);
        assertThat(model.text(Proto.Model.PRODUCER_NAME)).isEqualTo("Quire");
        graph(model.message(Proto.Model.GRAPH));
        return model;
    }

    private static void graph(Fields graph) throws IOException {
        assertThat(graph.text(Proto.Graph.NAME)).isNotBlank();
        Set<String> known = new HashSet<>();
        for (Fields input : graph.messages(Proto.Graph.INPUT)) {
            value(input);
            known(known, input.text(Proto.ValueInfo.NAME));
        }
        for (Fields tensor : graph.messages(Proto.Graph.INITIALIZER)) {
            tensor(tensor);
            known(known, tensor.text(Proto.Tensor.NAME));
        }
        Set<String> names = new HashSet<>();
        for (Fields node : graph.messages(Proto.Graph.NODE)) {
            node(node, known);
            assertThat(names.add(node.text(Proto.Node.NAME)))
                    .as("a second node %s", node.text(Proto.Node.NAME))
                    .isTrue();
        }
        assertThat(graph.messages(Proto.Graph.OUTPUT)).isNotEmpty();
        for (Fields output : graph.messages(Proto.Graph.OUTPUT)) {
            value(output);
            assertThat(known).contains(output.text(Proto.ValueInfo.NAME));
        }
        for (Fields between : graph.messages(Proto.Graph.VALUE_INFO)) {
            value(between);
            assertThat(known).contains(between.text(Proto.ValueInfo.NAME));
        }
    }

    /** Each value has one name, given once. */
    private static void known(Set<String> known, String name) {
        assertThat(name).isNotBlank();
        assertThat(known.add(name)).as("a second value %s", name).isTrue();
    }

    private static void node(Fields node, Set<String> known) throws IOException {
        String name = node.text(Proto.Node.NAME);
        assertThat(node.text(Proto.Node.OP_TYPE)).isNotBlank();
        for (String input : node.texts(Proto.Node.INPUT)) {
            assertThat(input.isEmpty() || known.contains(input))
                    .as("%s uses %s, which comes before it", name, input)
                    .isTrue();
        }
        assertThat(node.texts(Proto.Node.OUTPUT)).as(name).isNotEmpty();
        node.texts(Proto.Node.OUTPUT).forEach(output -> known(known, output));
        for (Fields attribute : node.messages(Proto.Node.ATTRIBUTE)) {
            assertThat(attribute.text(Proto.Attribute.NAME)).isNotBlank();
            long type = attribute.integer(Proto.Attribute.TYPE);
            int field = switch ((int) type) {
                case Proto.Attribute.TYPE_REAL -> Proto.Attribute.REAL;
                case Proto.Attribute.TYPE_INTEGER -> Proto.Attribute.INTEGER;
                case Proto.Attribute.TYPE_TEXT -> Proto.Attribute.TEXT;
                case Proto.Attribute.TYPE_INTEGERS -> Proto.Attribute.INTEGERS;
                default -> throw new AssertionError("attribute type " + type);
            };
            assertThat(attribute.all(field)).as(name).isNotEmpty();
        }
    }

    private static void tensor(Fields tensor) {
        String name = tensor.text(Proto.Tensor.NAME);
        long count = tensor.all(Proto.Tensor.DIMS).stream()
                .mapToLong(size -> (Long) size)
                .reduce(1, Math::multiplyExact);
        long width = switch ((int) tensor.integer(Proto.Tensor.DATA_TYPE)) {
            case 1, 6 -> 4;
            case 7, 11 -> 8;
            case 2, 3, 9 -> 1;
            default -> throw new AssertionError(name + " has no type");
        };
        if (tensor.all(Proto.Tensor.EXTERNAL_DATA).isEmpty()) {
            assertThat(((ByteString) tensor.all(Proto.Tensor.RAW_DATA).get(0)).size())
                    .as(name)
                    .isEqualTo((int) (count * width));
        } else {
            assertThat(tensor.integer(Proto.Tensor.DATA_LOCATION)).isEqualTo(Proto.Tensor.EXTERNAL);
        }
    }

    private static void value(Fields value) throws IOException {
        Fields tensor = value.message(Proto.ValueInfo.TYPE).message(Proto.Type.TENSOR);
        assertThat(tensor.integer(Proto.Type.TENSOR_ELEMENT)).isPositive();
        for (Fields size : tensor.message(Proto.Type.TENSOR_SHAPE).messages(Proto.Type.SHAPE_SIZE)) {
            assertThat(size.all(Proto.Type.SIZE_VALUE).size()
                            + size.all(Proto.Type.SIZE_NAME).size())
                    .isEqualTo(1);
        }
    }
}
