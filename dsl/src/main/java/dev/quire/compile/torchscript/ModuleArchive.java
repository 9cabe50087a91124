package dev.quire.compile.torchscript;

import dev.quire.graph.Graph;
import dev.quire.graph.Ops;
import dev.quire.graph.Parameter;
import dev.quire.graph.Tensor;
import dev.quire.store.Safetensors;
import dev.quire.store.WholeFile;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;

/**
 * A graph and its weights as one TorchScript file: {@code torch.jit.load} of Python and DJL's {@code Criteria} open it,
 * without Quire. Parameters and buffers are attributes of modules inside modules, under their own names;
 * {@code forward} takes one tensor for each input of the graph and gives its output, or a tuple of them.
 */
public final class ModuleArchive {
    /** Tensors begin at such places, so that a file can be mapped into memory. */
    private static final int ALIGNMENT = 64;

    private static final int PIECE = 1 << 20;
    /** About the earliest time that a ZIP archive can tell: the same network gives the same file. */
    private static final long MIDWINTER_1980 = 315_619_200_000L;

    private static final Pattern ARGUMENT = Pattern.compile("[a-z_]{3,}[a-z_0-9]*");
    private static final Set<String> RESERVED = Set.of(
            "and",
            "assert",
            "async",
            "await",
            "bool",
            "break",
            "class",
            "continue",
            "def",
            "del",
            "elif",
            "else",
            "except",
            "finally",
            "float",
            "for",
            "from",
            "getattr",
            "global",
            "import",
            "inf",
            "int",
            "lambda",
            "len",
            "nan",
            "nonlocal",
            "not",
            "ops",
            "pass",
            "place",
            "print",
            "raise",
            "range",
            "return",
            "self",
            "str",
            "torch",
            "try",
            "while",
            "with",
            "yield");

    private ModuleArchive() {}

    /**
     * Writes a file whole.
     *
     * @param tensors the parameters and buffers of the graph, in any order
     * @param extra text by name, which {@code torch.jit.load} gives to those who ask for it as {@code _extra_files}
     * @throws dev.quire.QuireException when a parameter has a name that a module cannot have
     */
    public static void write(Path file, Graph graph, List<Safetensors.Entry> tensors, Map<String, String> extra)
            throws IOException {
        Map<String, Safetensors.Entry> byName =
                tensors.stream().collect(Collectors.toMap(Safetensors.Entry::name, Function.identity()));
        ModuleTree tree = ModuleTree.of(graph);
        Map<Parameter, Integer> numbers = new LinkedHashMap<>();
        tree.all().forEach(module -> module.tensors().values().forEach(each -> numbers.put(each, numbers.size())));
        WholeFile.write(file, channel -> {
            ZipArchiveOutputStream zip = new ZipArchiveOutputStream(channel);
            put(zip, "data.pkl", pickle(tree, numbers));
            put(zip, "constants.pkl", new Pickle().empty().bytes());
            put(zip, "code/__torch__.py", text(graph, tree).getBytes(StandardCharsets.UTF_8));
            put(zip, "byteorder", "little".getBytes(StandardCharsets.UTF_8));
            put(zip, "version", Archive.VERSION.getBytes(StandardCharsets.UTF_8));
            for (Map.Entry<String, String> each : extra.entrySet()) {
                put(zip, "extra/" + each.getKey(), each.getValue().getBytes(StandardCharsets.UTF_8));
            }
            for (Map.Entry<Parameter, Integer> each : numbers.entrySet()) {
                put(zip, "data/" + each.getValue(), entry(byName, each.getKey()).content());
            }
            // Closing it would close the file, which is still to be forced to disk.
            zip.finish();
        });
    }

    private static Safetensors.Entry entry(Map<String, Safetensors.Entry> byName, Parameter parameter) {
        return Objects.requireNonNull(byName.get(parameter.name()), () -> "no tensor " + parameter.name());
    }

    private static void put(ZipArchiveOutputStream zip, String name, byte[] content) throws IOException {
        put(zip, name, ByteBuffer.wrap(content));
    }

    private static void put(ZipArchiveOutputStream zip, String name, ByteBuffer content) throws IOException {
        ZipArchiveEntry entry = new ZipArchiveEntry("module/" + name);
        entry.setMethod(ZipArchiveEntry.STORED);
        entry.setSize(content.remaining());
        entry.setAlignment(ALIGNMENT);
        entry.setTime(FileTime.fromMillis(MIDWINTER_1980));
        zip.putArchiveEntry(entry);
        write(zip, content);
        zip.closeArchiveEntry();
    }

    /** In pieces: the JDK copies what it writes from the heap, all of it at once. */
    private static void write(OutputStream out, ByteBuffer content) throws IOException {
        byte[] piece = new byte[Math.min(PIECE, content.remaining())];
        while (content.hasRemaining()) {
            int count = Math.min(piece.length, content.remaining());
            content.get(piece, 0, count);
            out.write(piece, 0, count);
        }
    }

    private static byte[] pickle(ModuleTree tree, Map<Parameter, Integer> numbers) {
        Pickle out = new Pickle();
        module(out, tree, numbers);
        return out.bytes();
    }

    private static void module(Pickle out, ModuleTree module, Map<Parameter, Integer> numbers) {
        out.instance("__torch__", module.type(), attributes -> {
            module.tensors().forEach((name, parameter) -> {
                attributes.text(name);
                tensor(attributes, parameter, Objects.requireNonNull(numbers.get(parameter)));
            });
            attributes.text("training").flag(false);
            module.modules().forEach((name, child) -> {
                attributes.text(name);
                module(attributes, child, numbers);
            });
        });
    }

    private static void tensor(Pickle out, Parameter parameter, int number) {
        long[] sizes = parameter.type().shape().sizes();
        Long[] strides = new Long[sizes.length];
        long stride = 1;
        for (int i = sizes.length - 1; i >= 0; i--) {
            strides[i] = stride;
            stride *= sizes[i];
        }
        long count = stride;
        out.global("torch._utils", "_rebuild_tensor_v2")
                .tuple(call -> call.tuple(storage -> storage.text("storage")
                                .global("torch", storage(parameter))
                                .text(Integer.toString(number))
                                .text("cpu")
                                .integer(count))
                        .reference()
                        .integer(0)
                        .integers(Arrays.stream(sizes).boxed().toList())
                        .integers(List.of(strides))
                        .flag(parameter.node().op() == Ops.PARAMETER)
                        .global("collections", "OrderedDict")
                        .empty()
                        .call())
                .call();
    }

    private static String storage(Parameter parameter) {
        return switch (parameter.type().dtype()) {
            case UINT8 -> "ByteStorage";
            case INT32 -> "IntStorage";
            case INT64 -> "LongStorage";
            case FLOAT32 -> "FloatStorage";
            case FLOAT64 -> "DoubleStorage";
            case BOOL -> "BoolStorage";
            case BFLOAT16 -> "BFloat16Storage";
        };
    }

    /** The classes of the modules, those inside first. */
    static String text(Graph graph, ModuleTree tree) {
        List<ModuleTree> all = new ArrayList<>(tree.all());
        StringBuilder out = new StringBuilder();
        for (int i = all.size() - 1; i > 0; i--) {
            out.append(all.get(i).declaration());
        }
        return out.append(tree.declaration()).append(forward(graph, tree)).toString();
    }

    private static String forward(Graph graph, ModuleTree tree) {
        List<String> arguments = arguments(graph);
        Map<Parameter, String> names = new HashMap<>();
        graph.parameters().forEach(each -> names.put(each, "w" + names.size()));
        graph.buffers().forEach(each -> names.put(each, "w" + names.size()));
        Map<Tensor, String> leaves = new HashMap<>();
        names.forEach((parameter, name) -> leaves.put(parameter.tensor(), name));
        IntStream.range(0, arguments.size())
                .forEach(i -> leaves.put(graph.inputs().get(i), arguments.get(i)));
        Body.Printed body = Body.print(graph, leaves, "v");
        List<String> lines = new ArrayList<>(ModuleTree.names(tree.all(), names).toList());
        lines.add("place = ops.prim.device(" + arguments.get(0) + ")");
        lines.add(Values.BATCH + " = torch.size(" + arguments.get(0) + ", 0)");
        lines.addAll(body.constants());
        lines.addAll(body.lines());
        List<String> results = graph.outputs().stream().map(body::name).toList();
        lines.add("return " + (results.size() == 1 ? results.get(0) : "(" + String.join(", ", results) + ")"));
        String type = results.size() == 1
                ? "Tensor"
                : "Tuple[" + String.join(", ", Collections.nCopies(results.size(), "Tensor")) + "]";
        return arguments.stream()
                        .map(name -> ",\n    " + name + ": Tensor")
                        .collect(
                                Collectors.joining("", "  def forward(self: __torch__.Network", ") -> " + type + ":\n"))
                + lines.stream().map(line -> "    " + line + "\n").collect(Collectors.joining());
    }

    /** The inputs by their own names, where those can be names of arguments. */
    private static List<String> arguments(Graph graph) {
        List<String> names = graph.inputs().stream()
                .map(input -> String.valueOf(input.node().attributes().find("name")))
                .toList();
        boolean areGood = names.stream().distinct().count() == names.size()
                && names.stream().allMatch(name -> ARGUMENT.matcher(name).matches() && !RESERVED.contains(name));
        return areGood
                ? names
                : IntStream.range(0, names.size()).mapToObj(i -> "x" + i).toList();
    }
}
