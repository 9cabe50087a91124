package dev.quire.inference;

import dev.quire.QuireException;
import dev.quire.data.HostTensor;
import dev.quire.engine.Device;
import dev.quire.engine.ScriptFile;
import dev.quire.engine.Torch;
import dev.quire.store.torch.TorchZip;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Models from TorchScript files. They do not declare shapes: those are given, or stay open. */
final class ScriptModels {
    private static final long LONGEST_CODE = 64L << 20;
    private static final Pattern NAME = Pattern.compile("c__torch__([\\w.]*)\\n(\\w+)\\n");
    private static final Pattern ARGUMENT = Pattern.compile("\\s*(\\w+)\\s*:\\s*(.+?)\\s*");

    /** The ops of libtorch that reach files. */
    private static final Pattern FILES = Pattern.compile("\\b(from_file|save)\\b");

    private ScriptModels() {}

    static Model load(Path file, LoadSpec spec) {
        List<String> arguments;
        Map<String, String> notes;
        try (TorchZip zip = TorchZip.open(file)) {
            if (!zip.isScript()) {
                throw new QuireException(file + " holds weights without a network, so there is nothing to run: save the"
                        + " network with torch.jit.script(model).save(...), or as ONNX");
            }
            requireNoFiles(file, zip);
            arguments = arguments(zip);
            notes = Notes.of(file.toString(), zip.extraFiles());
        }
        List<Port> inputs = inputs(file, arguments, spec.shapes().isEmpty() ? Notes.inputs(spec, notes) : spec);
        int threads = spec.threads() > 0 ? spec.threads() : Integer.MAX_VALUE;
        Device device = Torch.device();
        ScriptFile script = ScriptFile.load(device, file);
        try {
            return new RunningModel(card(file, script, inputs, spec, notes, threads), new Runner() {
                @Override
                public Map<String, HostTensor> run(List<HostTensor> given) {
                    return ScriptModels.run(file, script, given, threads);
                }

                @Override
                public void close() {
                    script.close();
                }
            });
        } catch (RuntimeException e) {
            script.close();
            throw e;
        }
    }

    /** A program computes, and nothing else: what lies on this machine is not for it to read or to write. */
    private static void requireNoFiles(Path file, TorchZip zip) {
        for (String program : zip.programs(LONGEST_CODE)) {
            Matcher op = FILES.matcher(program);
            if (op.find()) {
                throw new QuireException(file + " is refused: its program names torch." + op.group(1)
                        + ", which reaches files of this machine. It was not run. Save the network without it, or as"
                        + " ONNX");
            }
        }
    }

    private static Map<String, HostTensor> run(Path file, ScriptFile script, List<HostTensor> given, int threads) {
        try {
            return script.run(given, threads);
        } catch (QuireException e) {
            throw new QuireException(file.getFileName() + " does not take " + given + ": " + e.getMessage(), e);
        }
    }

    private static ModelCard card(
            Path file, ScriptFile script, List<Port> inputs, LoadSpec spec, Map<String, String> notes, int threads) {
        Map<String, String> madeFrom = new LinkedHashMap<>();
        madeFrom.put("file", file.toString());
        madeFrom.putAll(notes);
        String undeclared = inputs.stream().allMatch(Port::isDeclared)
                ? ""
                : ", which does not declare its shapes: inputShape(...) says them";
        return new ModelCard(
                        String.valueOf(file.getFileName()),
                        "a TorchScript file" + undeclared,
                        inputs,
                        outputs(file, script, inputs, threads),
                        Notes.classes(file.toString(), spec, notes),
                        Notes.image(file.toString(), spec, notes, inputs),
                        madeFrom,
                        script.parameters(),
                        size(file),
                        Map.of())
                .columns(Notes.columns(file.toString(), notes, inputs));
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new QuireException(file + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static List<Port> inputs(Path file, List<String> arguments, LoadSpec spec) {
        int given = spec.shapes().size();
        if (given > 0 && given != arguments.size()) {
            throw new QuireException(file + " takes " + arguments.size() + " inputs, " + arguments
                    + ", and inputShape was" + " given " + given + " times: give it for each input, or not at all");
        }
        List<Port> inputs = new ArrayList<>();
        for (int i = 0; i < arguments.size(); i++) {
            if (given == 0) {
                inputs.add(Port.undeclared(arguments.get(i)));
            } else {
                List<Long> sizes = new ArrayList<>(List.of(-1L));
                sizes.addAll(spec.shapes().get(i));
                inputs.add(Port.of(arguments.get(i), spec.types().get(i), sizes));
            }
        }
        return inputs;
    }

    /** What comes out of zeros, in batches of one and two; not known where the inputs are not. */
    private static List<Port> outputs(Path file, ScriptFile script, List<Port> inputs, int threads) {
        if (!inputs.stream().allMatch(Port::isDeclared)) {
            return List.of(Port.undeclared("output"));
        }
        Map<String, HostTensor> one = run(file, script, zeros(inputs, 1), threads);
        Map<String, HostTensor> two = run(file, script, zeros(inputs, 2), threads);
        List<Port> outputs = new ArrayList<>();
        one.forEach((name, tensor) -> {
            HostTensor other = two.getOrDefault(name, tensor);
            List<Long> sizes = new ArrayList<>();
            for (int i = 0; i < tensor.rank(); i++) {
                sizes.add(other.rank() == tensor.rank() && other.size(i) == tensor.size(i) ? tensor.size(i) : -1);
            }
            outputs.add(Port.of(name, tensor.type(), sizes));
        });
        return outputs;
    }

    private static List<HostTensor> zeros(List<Port> inputs, int rows) {
        return inputs.stream()
                .map(port -> {
                    long[] sizes = port.sizes().stream()
                            .mapToLong(size -> Math.max(1, size))
                            .toArray();
                    sizes[0] = rows;
                    long bytes = port.type().bytes();
                    for (long size : sizes) {
                        bytes = Math.multiplyExact(bytes, size);
                    }
                    return HostTensor.of(port.type(), ByteBuffer.allocateDirect(Math.toIntExact(bytes)), sizes);
                })
                .toList();
    }

    /** The names of the arguments of {@code forward}, as the program is written down in the file. */
    private static List<String> arguments(TorchZip zip) {
        String pickle = new String(zip.bytes("data.pkl", LONGEST_CODE), StandardCharsets.ISO_8859_1);
        Matcher name = NAME.matcher(pickle);
        String module = name.find() ? name.group(1).replace('.', '/') : "";
        String entry = "code/__torch__" + module + ".py";
        String code = zip.names("code/").contains(entry)
                ? new String(zip.bytes(entry, LONGEST_CODE), StandardCharsets.UTF_8)
                : "";
        int own = name.reset().find() ? Math.max(0, code.indexOf("class " + name.group(2) + "(")) : 0;
        int begin = code.indexOf("def forward(self", own);
        int end = begin < 0 ? -1 : code.indexOf(") -> ", begin);
        if (end < 0) {
            return List.of("input");
        }
        List<String> arguments = new ArrayList<>();
        String[] parts = code.substring(begin, end).split(",\\s*\\n\\s*");
        for (int i = 1; i < parts.length; i++) {
            Matcher argument = ARGUMENT.matcher(parts[i]);
            if (argument.matches() && !argument.group(2).contains("=")) {
                arguments.add(argument.group(1));
            }
        }
        return arguments.isEmpty() ? List.of("input") : arguments;
    }
}
