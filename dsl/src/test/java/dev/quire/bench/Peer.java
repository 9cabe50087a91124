package dev.quire.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** PyTorch in a Python of its own, driven line by line; see {@code peer.py}. */
final class Peer implements AutoCloseable {
    private final Process process;
    private final PrintWriter requests;
    private final BufferedReader answers;
    private final List<String> greeting;
    private int opened;

    private Peer(Process process) throws IOException {
        this.process = process;
        this.requests = new PrintWriter(process.getOutputStream(), true, StandardCharsets.UTF_8);
        this.answers = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        this.greeting = List.of(ask("hello").split(" "));
    }

    /** Starts the first Python that has PyTorch: {@code QUIRE_PYTHON}, else python3, else the system's. */
    static Optional<Peer> start(Path script, int threads) {
        List<String> candidates = new ArrayList<>();
        Optional.ofNullable(System.getenv("QUIRE_PYTHON")).ifPresent(candidates::add);
        candidates.addAll(List.of("python3", "/usr/bin/python3"));
        for (String python : candidates) {
            try {
                if (imports(python)) {
                    ProcessBuilder builder = new ProcessBuilder(python, script.toString(), Integer.toString(threads));
                    builder.environment().put("OMP_NUM_THREADS", Integer.toString(threads));
                    builder.redirectError(ProcessBuilder.Redirect.DISCARD);
                    return Optional.of(new Peer(builder.start()));
                }
            } catch (IOException e) {
                System.err.println(python + " does not start: " + e.getMessage());
            }
        }
        return Optional.empty();
    }

    private static boolean imports(String python) throws IOException {
        Process process = new ProcessBuilder(python, "-c", "import torch")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            return process.waitFor() == 0;
        } catch (InterruptedException e) {
            process.destroy();
            Thread.currentThread().interrupt();
            return false;
        }
    }

    String version() {
        return greeting.get(1).replaceAll("\\+.*", "");
    }

    /** Whether this PyTorch has {@code fused} AdamW, {@code compile} or {@code attention} in one op. */
    boolean can(String ability) {
        return greeting.indexOf(ability) > 1;
    }

    /** A contestant that trains a workload in a variant that {@code peer.py} knows. */
    Contestant contestant(String name, String workload, String variant) {
        return new Remote("PyTorch " + version() + " " + name, "c" + opened++, workload, variant);
    }

    private String ask(String request) {
        try {
            requests.println(request);
            String answer = answers.readLine();
            if (answer == null) {
                throw new IOException("Python ended while asked to " + request);
            }
            return answer;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        requests.close();
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroy();
            }
        } catch (InterruptedException e) {
            process.destroy();
            Thread.currentThread().interrupt();
        }
    }

    private final class Remote implements Contestant {
        private final String name;
        private final String id;
        private final String open;
        private boolean ready;

        Remote(String name, String id, String workload, String variant) {
            this.name = name;
            this.id = id;
            this.open = "open " + id + " " + workload + " " + variant;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public double round(double seconds) throws Failed {
            if (!ready) {
                answered(ask(open), "ok");
                ready = true;
            }
            return Double.parseDouble(answered(ask("round " + id + " " + seconds), "rate "));
        }

        private String answered(String answer, String wanted) throws Failed {
            if (!answer.startsWith(wanted)) {
                throw new Failed(answer);
            }
            return answer.substring(wanted.length());
        }

        @Override
        public void close() {
            ask("close " + id);
        }
    }
}
