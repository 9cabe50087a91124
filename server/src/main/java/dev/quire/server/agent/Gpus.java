package dev.quire.server.agent;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The NVIDIA GPUs of this machine, as {@code nvidia-smi} tells of them. Without it there are none to tell of. */
final class Gpus {
    private static final List<String> QUESTION =
            List.of("--query-gpu=index,name,utilization.gpu,memory.total,memory.used", "--format=csv,noheader,nounits");
    private static final long MEBIBYTE = 1 << 20;
    private static final int PATIENCE = 5;

    private final Optional<Path> program;

    Gpus(Optional<Path> program) {
        this.program = program;
    }

    /** Those of this machine. */
    static Gpus ofThisMachine() {
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        return new Gpus(Stream.of(path.split(java.io.File.pathSeparator, -1))
                .filter(folder -> !folder.isBlank())
                .flatMap(folder -> Stream.of("nvidia-smi", "nvidia-smi.exe").map(Path.of(folder)::resolve))
                .filter(Files::isExecutable)
                .findFirst());
    }

    /** How they are now; none where the driver does not answer within seconds. */
    List<Gpu> now() throws InterruptedException {
        if (program.isEmpty()) {
            return List.of();
        }
        Path answer = null;
        try {
            answer = Files.createTempFile("quire-gpus", ".csv");
            Process process = new ProcessBuilder(
                            Stream.concat(Stream.of(program.get().toString()), QUESTION.stream())
                                    .toList())
                    .redirectOutput(answer.toFile())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            try {
                boolean isDone = process.waitFor(PATIENCE, TimeUnit.SECONDS);
                return isDone && process.exitValue() == 0
                        ? read(Files.readString(answer, StandardCharsets.UTF_8))
                        : List.of();
            } finally {
                process.destroyForcibly();
            }
        } catch (IOException none) {
            return List.of();
        } finally {
            delete(answer);
        }
    }

    private static void delete(@Nullable Path file) {
        try {
            if (file != null) {
                Files.deleteIfExists(file);
            }
        } catch (IOException left) {
            file.toFile().deleteOnExit();
        }
    }

    /**
     * What {@code nvidia-smi} printed, a line for each.
     *
     * @param csv number, name, load in percent, memory and memory used in mebibytes; {@code [N/A]} for what it does not know
     */
    static List<Gpu> read(String csv) {
        return csv.lines()
                .map(line -> line.split("\\s*,\\s*", -1))
                .filter(fields -> fields.length == 5 && fields[0].strip().matches("\\d{1,4}"))
                .map(fields -> {
                    Double percent = number(fields[2]);
                    return new Gpu(
                            Integer.parseInt(fields[0].strip()),
                            fields[1],
                            percent == null ? null : percent / 100,
                            bytes(number(fields[3])),
                            bytes(number(fields[4])));
                })
                .toList();
    }

    private static @Nullable Long bytes(@Nullable Double mebibytes) {
        return mebibytes == null ? null : Math.round(mebibytes * MEBIBYTE);
    }

    private static @Nullable Double number(String text) {
        return text.strip().matches("\\d+(\\.\\d+)?") ? Double.valueOf(text.strip()) : null;
    }
}
