package dev.quire.bench;

import static dev.quire.Quire.batch;
import static dev.quire.Quire.epochs;
import static dev.quire.Quire.maxBatches;
import static dev.quire.Quire.name;
import static dev.quire.Quire.train;
import static dev.quire.Quire.unrecorded;

import dev.quire.data.HostTensor;
import dev.quire.data.Part;
import dev.quire.inference.Model;
import dev.quire.inference.ModelOption;
import dev.quire.inference.Models;
import dev.quire.run.Run;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.LongStream;

/** What one call of a model takes: the CNN of the table, in Quire and in ONNX Runtime, in batches and by several callers. */
final class Serving {
    private static final int[] BATCHES = {1, 8, 32, 64};
    private static final double SLICE = 0.25;

    private final Settings settings;
    private final Table table;

    Serving(Settings settings, Table table) {
        this.settings = settings;
        this.table = table;
    }

    void run() {
        settings.progress("inference");
        Run run = train(
                Networks.cnn(),
                Networks.images(),
                epochs(1),
                maxBatches(20),
                batch(128),
                name("bench-inference"),
                unrecorded());
        Path folder = temporary();
        Path onnx = run.export(folder.resolve("cnn.onnx").toString());
        Map<String, Model> models = new LinkedHashMap<>();
        models.put("Quire", Models.of(run));
        models.put(
                "Quire's TorchScript file",
                Models.load(run.export(folder.resolve("cnn.pt").toString())));
        models.put("ONNX Runtime", Models.load(onnx, ModelOption.threads(settings.threads())));
        try {
            for (int size : BATCHES) {
                HostTensor input = input(run, size);
                compare(size, input, models);
            }
            for (int callers : new int[] {2, 8}) {
                concurrent(callers, input(run, 32), models);
            }
        } finally {
            models.values().forEach(Model::close);
            delete(folder, onnx, folder.resolve("cnn.pt"));
        }
    }

    private static HostTensor input(Run run, int rows) {
        Part part = run.data().train();
        return HostTensor.join(LongStream.range(0, rows)
                .mapToObj(part::example)
                .map(example -> HostTensor.of(
                        example.inputs().get(0).field().type(),
                        example.inputs().get(0).bytes(),
                        1,
                        1,
                        28,
                        28))
                .toList());
    }

    /** Slices in turn, so that whatever else the machine does meets all alike. */
    private void compare(int size, HostTensor input, Map<String, Model> models) {
        Map<String, List<Double>> micros = new LinkedHashMap<>();
        models.forEach((who, model) -> calls(model, input, 2 * SLICE));
        int slices = (int) Math.max(3, settings.rounds() * settings.seconds() / SLICE / models.size());
        for (int i = 0; i < slices; i++) {
            models.forEach((who, model) -> micros.computeIfAbsent(who, first -> new ArrayList<>())
                    .add(1e6 * SLICE / calls(model, input, SLICE)));
        }
        double own = median(Objects.requireNonNull(micros.get("Quire")));
        micros.forEach((who, all) -> table.row(
                "MNIST CNN, one call of " + size,
                who,
                "%.0f us, %,.0f images/s".formatted(median(all), 1e6 * size / median(all)),
                who.equals("Quire") ? "" : "%.2f x".formatted(median(all) / own),
                ""));
    }

    private static double calls(Model model, HostTensor input, double seconds) {
        long begin = System.nanoTime();
        long end = begin + (long) (seconds * 1e9);
        int calls = 0;
        while (System.nanoTime() < end) {
            model.run(input);
            calls++;
        }
        return calls * seconds / ((System.nanoTime() - begin) * 1e-9);
    }

    private void concurrent(int callers, HostTensor input, Map<String, Model> models) {
        models.forEach((who, model) -> {
            LongAdder calls = new LongAdder();
            long end = System.nanoTime() + (long) (settings.seconds() * 1e9);
            ExecutorService pool = Executors.newFixedThreadPool(callers);
            try {
                CompletableFuture.allOf(java.util.stream.IntStream.range(0, callers)
                                .mapToObj(i -> CompletableFuture.runAsync(
                                        () -> {
                                            while (System.nanoTime() < end) {
                                                model.run(input);
                                                calls.increment();
                                            }
                                        },
                                        pool))
                                .toArray(CompletableFuture<?>[]::new))
                        .join();
            } finally {
                pool.shutdown();
            }
            table.row(
                    "MNIST CNN, " + callers + " callers of " + input.size(0),
                    who,
                    "%,.0f images/s".formatted(calls.sum() * input.size(0) / settings.seconds()),
                    "",
                    who.equals("Quire") ? "5,000/s" : "");
        });
    }

    private static double median(List<Double> values) {
        double[] sorted = values.stream().mapToDouble(Double::doubleValue).toArray();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    private static Path temporary() {
        try {
            return Files.createTempDirectory("quire-bench");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path folder, Path... files) {
        try {
            for (Path file : files) {
                Files.deleteIfExists(file);
            }
            Files.delete(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
