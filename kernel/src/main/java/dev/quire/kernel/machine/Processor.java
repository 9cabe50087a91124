package dev.quire.kernel.machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The processor.
 *
 * @param model its name
 * @param features those that libtorch makes use of
 */
record Processor(String model, List<String> features) {
    private static final Path LINUX = Path.of("/proc/cpuinfo");

    /** What Linux calls them, and everybody else. */
    private static final Map<String, String> KNOWN = new LinkedHashMap<>();

    static {
        KNOWN.put("avx2", "AVX2");
        KNOWN.put("avx512f", "AVX-512");
        KNOWN.put("avx512_vnni", "AVX512-VNNI");
        KNOWN.put("avx512_bf16", "AVX512-BF16");
        KNOWN.put("amx_tile", "AMX");
        KNOWN.put("asimd", "NEON");
        KNOWN.put("sve", "SVE");
        KNOWN.put("bf16", "BF16");
    }

    static Processor ofThisMachine() {
        try {
            return parse(Files.readString(LINUX));
        } catch (IOException notLinux) {
            return new Processor(System.getProperty("os.arch"), List.of());
        }
    }

    static Processor parse(String cpuinfo) {
        Set<String> flags = new TreeSet<>(List.of(line(cpuinfo, "flags")
                .or(() -> line(cpuinfo, "Features"))
                .orElse("")
                .split(" ")));
        return new Processor(
                line(cpuinfo, "model name").orElse(System.getProperty("os.arch")),
                KNOWN.entrySet().stream()
                        .filter(entry -> flags.contains(entry.getKey()))
                        .map(Map.Entry::getValue)
                        .toList());
    }

    private static Optional<String> line(String text, String key) {
        return Pattern.compile("(?m)^" + key + "\\s*:\\s*(.*)$")
                .matcher(text)
                .results()
                .map((MatchResult match) -> match.group(1).strip())
                .findFirst();
    }

    Finding finding() {
        String known = features.stream().collect(Collectors.joining(", "));
        boolean isOld = Files.exists(LINUX) && !features.contains("AVX2") && !features.contains("NEON");
        return isOld
                ? Finding.note("processor", model + ": no AVX2", "libtorch works, but slowly, on a processor this old")
                : Finding.good("processor", known.isEmpty() ? model : model + ": " + known);
    }
}
