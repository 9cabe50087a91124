package dev.quire.source;

import dev.quire.QuireException;
import dev.quire.train.Loss;
import dev.quire.train.Monitor;
import dev.quire.train.Optimizer;
import dev.quire.train.Optimizers;
import dev.quire.train.ParameterRule;
import dev.quire.train.Plan;
import dev.quire.train.SamplingRule;
import dev.quire.train.Schedule;
import dev.quire.train.TrainingSpec;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A specification as options that make it again: a word where one says all of it, else the record itself. */
final class JavaOptions {
    private JavaOptions() {}

    static List<String> of(Plan plan) {
        TrainingSpec spec = plan.spec();
        List<String> out = new ArrayList<>(List.of("epochs(" + spec.epochs() + ")", "batch(" + spec.batch() + ")"));
        out.add(optimizer(spec.optimizer()));
        out.add(schedule(spec.schedule()));
        spec.loss().ifPresent(loss -> out.add(loss(loss)));
        if (spec.gradient().accumulate() > 1) {
            out.add("accumulate(" + spec.gradient().accumulate() + ")");
        }
        spec.gradient().clip().ifPresent(norm -> out.add("clip(" + norm + ")"));
        spec.gradient().clipValue().ifPresent(value -> out.add("clipValue(" + value + ")"));
        parameters(spec.parameters(), out);
        sampling(spec.sampling(), out);
        if (spec.precision() == TrainingSpec.Precision.BFLOAT16) {
            out.add("bf16()");
        }
        spec.average().ifPresent(decay -> out.add("ema(" + decay + ")"));
        monitor(spec.monitor(), out);
        spec.limits().batches().ifPresent(most -> out.add("maxBatches(" + most + ")"));
        spec.limits().seconds().ifPresent(most -> out.add("timeBudget(" + most + ")"));
        out.add("seed(" + spec.seed() + "L)");
        return out;
    }

    private static String optimizer(Optimizer optimizer) {
        double rate = optimizer.learningRate();
        Map<String, Optimizer> usual = Map.of(
                "sgd", Optimizers.sgd(rate),
                "adam", Optimizers.adam(rate),
                "adamW", Optimizers.adamW(rate),
                "rmsProp", Optimizers.rmsProp(rate),
                "adagrad", Optimizers.adagrad(rate));
        return usual.entrySet().stream()
                .filter(each -> each.getValue().equals(optimizer))
                .findFirst()
                .map(each -> each.getKey() + "(" + rate + ")")
                .orElseGet(() -> record((Record) optimizer));
    }

    private static String schedule(Schedule schedule) {
        String warmup = schedule.warmup() > 0 ? "warmup(" + schedule.warmup() + ")" : "";
        if (schedule.curve() instanceof Schedule.Constant) {
            return "constant(" + warmup + ")";
        } else if (schedule.curve().equals(new Schedule.Cosine(0))) {
            return "cosine(" + warmup + ")";
        } else if (schedule.curve() instanceof Schedule.OneCycle cycle
                && cycle.equals(Schedule.OneCycle.to(cycle.peak()))
                && warmup.isEmpty()) {
            return "oneCycle(" + cycle.peak() + ")";
        }
        return record(schedule);
    }

    private static String loss(Loss loss) {
        if (loss instanceof Loss.Custom || !(loss instanceof Record settings)) {
            throw new QuireException("export: the loss " + loss.name() + " is of your own, whose Java is in your cells:"
                    + " record(\"run.zip\") keeps the cells, .py prints its ops");
        }
        if (loss instanceof Loss.CrossEntropy entropy && entropy.equals(Loss.CrossEntropy.plain())) {
            return "crossEntropy()";
        }
        return record(settings);
    }

    private static void parameters(ParameterRule rule, List<String> out) {
        if (rule.decay() == ParameterRule.Decay.MATRICES) {
            out.add("decayMatrices()");
        }
        names("noDecay", rule.undecayed(), out);
        names("freeze", rule.frozen(), out);
        rule.rates().forEach(rate -> out.add("rate(" + Python.text(rate.pattern()) + ", " + rate.factor() + ")"));
    }

    private static void sampling(SamplingRule rule, List<String> out) {
        rule.mixing()
                .ifPresent(mixing ->
                        out.add(mixing.kind().name().toLowerCase(java.util.Locale.ROOT) + "(" + mixing.alpha() + ")"));
        if (rule.balanced()) {
            out.add("balanced()");
        }
    }

    private static void monitor(Monitor monitor, List<String> out) {
        names("metrics", monitor.metrics(), out);
        if (monitor.every() > 1) {
            out.add("evaluateEvery(" + monitor.every() + ")");
        }
        monitor.earlyStop()
                .ifPresent(
                        early -> out.add("earlyStop(" + early.patience() + ", " + Python.text(early.metric()) + ")"));
        monitor.best()
                .ifPresent(best -> out.add("best(" + Python.text(best.metric()) + ", Goal."
                        + best.goal().name() + ")"));
    }

    private static void names(String word, List<String> names, List<String> out) {
        if (!names.isEmpty()) {
            out.add(word + names.stream().map(Python::text).collect(Collectors.joining(", ", "(", ")")));
        }
    }

    /** The call of a record's constructor: {@code new Schedule.Cosine(0.1)}. */
    private static String record(Record record) {
        Class<?> type = record.getClass();
        Class<?> outer = type.getEnclosingClass();
        return "new " + (outer == null ? "" : outer.getSimpleName() + ".") + type.getSimpleName()
                + Arrays.stream(type.getRecordComponents())
                        .map(component -> value(component, record))
                        .collect(Collectors.joining(", ", "(", ")"));
    }

    private static String value(RecordComponent component, Record record) {
        try {
            Object value = component.getAccessor().invoke(record);
            if (value instanceof Record inner) {
                return record(inner);
            } else if (value instanceof List<?> list) {
                return list.stream().map(String::valueOf).collect(Collectors.joining(", ", "List.of(", ")"));
            }
            return String.valueOf(value) + (value instanceof Long ? "L" : "");
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot read " + component.getName() + " of " + record, e);
        }
    }
}
