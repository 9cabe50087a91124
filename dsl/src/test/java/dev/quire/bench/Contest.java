package dev.quire.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * One workload and who takes part. The first contestant is compared with each of the others.
 *
 * @param title for the table
 * @param unit of the figures
 * @param entries those who take part, the measured one first
 * @param goals how many times as fast as a contestant the first should be, by the other's name
 */
record Contest(String title, String unit, List<Contestant.Entry> entries, Map<String, Double> goals) {
    /** Rounds take turns, so that a noisy moment of the machine falls on everyone. */
    void run(Settings settings, Table table) {
        Map<Contestant, List<Double>> figures = new LinkedHashMap<>();
        Map<Contestant, String> failures = new LinkedHashMap<>();
        try {
            for (Contestant.Entry entry : entries) {
                figures.put(entry.open(), new ArrayList<>());
            }
            for (int round = 0; round <= settings.rounds(); round++) {
                for (Contestant contestant : figures.keySet()) {
                    if (failures.containsKey(contestant)) {
                        continue;
                    }
                    settings.progress(title + ", round " + round + ": " + contestant.name());
                    try {
                        double figure = contestant.round(round == 0 ? settings.seconds() / 2 : settings.seconds());
                        // Round 0 warms up.
                        if (round > 0) {
                            figures.get(contestant).add(figure);
                        }
                    } catch (Contestant.Failed e) {
                        failures.put(contestant, e.reason());
                    }
                }
            }
            report(figures, failures, table);
        } finally {
            figures.keySet().forEach(Contestant::close);
        }
    }

    private void report(Map<Contestant, List<Double>> figures, Map<Contestant, String> failures, Table table) {
        OptionalDouble reference = OptionalDouble.empty();
        String head = title;
        for (Map.Entry<Contestant, List<Double>> row : figures.entrySet()) {
            String name = row.getKey().name();
            String failure = failures.get(row.getKey());
            if (failure != null) {
                table.row(head, name, failure, "", "");
            } else {
                double figure = median(row.getValue());
                table.row(
                        head,
                        name,
                        amount(figure) + " " + unit + spread(row.getValue()),
                        reference.isPresent() ? "%.2fx".formatted(reference.getAsDouble() / figure) : "",
                        reference.isPresent()
                                ? goal(name).map("%.1fx"::formatted).orElse("")
                                : "");
                if (reference.isEmpty()) {
                    reference = OptionalDouble.of(figure);
                }
            }
            head = "";
        }
    }

    private Optional<Double> goal(String name) {
        return goals.entrySet().stream()
                .filter(goal -> name.endsWith(goal.getKey()))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    private static String amount(double figure) {
        return figure < 100 ? "%.1f".formatted(figure) : "%,.0f".formatted(figure);
    }

    /** How far the rounds lie apart, as a share of their median. */
    private static String spread(List<Double> values) {
        double[] sorted = sorted(values);
        return " ±%.0f %%".formatted(50 * (sorted[sorted.length - 1] - sorted[0]) / median(values));
    }

    static double median(List<Double> values) {
        double[] sorted = sorted(values);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    private static double[] sorted(List<Double> values) {
        double[] sorted = values.stream().mapToDouble(Double::doubleValue).toArray();
        Arrays.sort(sorted);
        return sorted;
    }
}
