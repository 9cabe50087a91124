package dev.quire.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * What the command line asks for.
 *
 * @param workloads which, by the beginning of their names; all when empty
 * @param rounds of each contestant
 * @param seconds a round
 * @param threads on the processor, for everyone
 */
record Settings(List<String> workloads, int rounds, double seconds, int threads) {
    private static final List<String> NAMES = Stream.concat(
                    Workloads.RACES.stream(), Stream.of("inference", "digits", "mnist", "reruns", "repeat", "onnx"))
            .toList();
    static final String USAGE = "arguments: [--rounds=5] [--seconds=2] [--threads=2] [WORKLOAD...]\n" + "workloads: "
            + String.join(" ", NAMES) + "; all unless some are named";

    static Settings of(String... arguments) {
        List<String> workloads = new ArrayList<>();
        int rounds = 5;
        double seconds = 2;
        int threads = 2;
        for (String argument : arguments) {
            String value = argument.substring(argument.indexOf('=') + 1);
            if (argument.startsWith("--rounds=")) {
                rounds = Integer.parseInt(value);
            } else if (argument.startsWith("--seconds=")) {
                seconds = Double.parseDouble(value);
            } else if (argument.startsWith("--threads=")) {
                threads = Integer.parseInt(value);
            } else if (NAMES.stream().anyMatch(name -> name.startsWith(argument))) {
                workloads.add(argument.toLowerCase(Locale.ROOT));
            } else {
                throw new IllegalArgumentException(argument + "?\n" + USAGE);
            }
        }
        return new Settings(List.copyOf(workloads), rounds, seconds, threads);
    }

    boolean wants(String workload) {
        return workloads.isEmpty() || workloads.stream().anyMatch(workload::startsWith);
    }

    /** Whether any contest of speed is wanted, so that peers are needed. */
    boolean races() {
        return Workloads.RACES.stream().anyMatch(this::wants);
    }

    /** Tells whoever waits at a terminal; the table alone goes to standard output. */
    void progress(String what) {
        if (System.console() != null) {
            System.err.print("\r\033[K" + what + "\r");
        }
    }
}
