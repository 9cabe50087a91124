package dev.quire.compile.torchscript;

import java.util.List;

/** A TorchScript class: its methods. */
public record Script(List<Method> methods) {
    public Script {
        methods = List.copyOf(methods);
    }

    /**
     * One method: lists of tensors in, a list of tensors out.
     *
     * @param name what it is called by
     * @param arguments the names of its lists
     * @param lines its statements, indented by two spaces a level
     * @param autograd whether it asks {@code torch.grad}, so that autograd must be on around the call
     */
    public record Method(String name, List<String> arguments, List<String> lines, boolean autograd) {
        public Method {
            arguments = List.copyOf(arguments);
            lines = List.copyOf(lines);
        }
    }

    /** The class as serialised TorchScript. */
    public String text() {
        StringBuilder out = new StringBuilder(
                "class Program(Module):\n  __parameters__ = []\n  __buffers__ = []\n  training : bool\n");
        for (Method method : methods) {
            out.append("  def ").append(method.name()).append("(self: __torch__.Program");
            method.arguments()
                    .forEach(argument -> out.append(",\n    ").append(argument).append(": List[Tensor]"));
            out.append(") -> List[Tensor]:\n");
            method.lines().forEach(line -> out.append("    ").append(line).append('\n'));
        }
        return out.toString();
    }

    /** The class as an archive that libtorch loads. */
    public byte[] archive() {
        return Archive.of(text());
    }
}
