package dev.quire.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A specification in the words that make it. */
final class Words {
    private Words() {}

    static String of(TrainingSpec spec) {
        List<String> words = new ArrayList<>();
        words.add("epochs(" + spec.epochs() + ")");
        words.add("batch(" + spec.batch() + ")");
        words.add(word(spec.optimizer()) + "(" + spec.optimizer().learningRate() + ")");
        Schedule schedule = spec.schedule();
        words.add(word(schedule.curve()) + "(" + (schedule.warmup() > 0 ? "warmup(" + schedule.warmup() + ")" : "")
                + ")");
        spec.loss().ifPresent(loss -> words.add(loss.name() + "()"));
        gradient(spec.gradient(), words);
        parameters(spec.parameters(), words);
        spec.sampling()
                .mixing()
                .ifPresent(mixing ->
                        words.add(mixing.kind().name().toLowerCase(Locale.ROOT) + "(" + mixing.alpha() + ")"));
        if (spec.sampling().balanced()) {
            words.add("balanced()");
        }
        if (spec.precision() == TrainingSpec.Precision.BFLOAT16) {
            words.add("bf16()");
        }
        spec.average().ifPresent(decay -> words.add("ema(" + decay + ")"));
        monitor(spec.monitor(), words);
        spec.limits().batches().ifPresent(most -> words.add("maxBatches(" + most + ")"));
        spec.limits().seconds().ifPresent(most -> words.add("timeBudget(" + most + ")"));
        words.add("seed(" + spec.seed() + ")");
        return String.join(", ", words);
    }

    private static void gradient(GradientRule rule, List<String> words) {
        if (rule.accumulate() > 1) {
            words.add("accumulate(" + rule.accumulate() + ")");
        }
        rule.clip().ifPresent(norm -> words.add("clip(" + norm + ")"));
        rule.clipValue().ifPresent(value -> words.add("clipValue(" + value + ")"));
    }

    private static void parameters(ParameterRule rule, List<String> words) {
        if (rule.decay() == ParameterRule.Decay.MATRICES) {
            words.add("decayMatrices()");
        }
        patterns("noDecay", rule.undecayed(), words);
        patterns("freeze", rule.frozen(), words);
        rule.rates().forEach(rate -> words.add("rate(\"" + rate.pattern() + "\", " + rate.factor() + ")"));
    }

    private static void monitor(Monitor monitor, List<String> words) {
        patterns("metrics", monitor.metrics(), words);
        if (monitor.every() > 1) {
            words.add("evaluateEvery(" + monitor.every() + ")");
        }
        monitor.earlyStop()
                .ifPresent(early -> words.add("earlyStop(" + early.patience() + ", \"" + early.metric() + "\")"));
        monitor.best().ifPresent(best -> words.add("best(\"" + best.metric() + "\")"));
    }

    private static void patterns(String word, List<String> names, List<String> words) {
        if (!names.isEmpty()) {
            words.add(
                    names.stream().map(name -> "\"" + name + "\"").collect(Collectors.joining(", ", word + "(", ")")));
        }
    }

    private static String word(Object record) {
        String name = record.getClass().getSimpleName();
        return name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1);
    }
}
