package dev.quire.train;

import dev.quire.QuireException;
import dev.quire.graph.Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * How parameters differ from each other in training. A pattern is a parameter's dotted name in which {@code *} stands
 * for any characters; one without a star also means all that lies below it, so that {@code "0"} is the whole first layer.
 *
 * @param decay which parameters weight decay pulls towards 0
 * @param undecayed patterns of parameters it leaves alone besides
 * @param frozen patterns of parameters that stay as they are
 * @param rates how many times the learning rate others have; of several that fit, the last counts
 */
public record ParameterRule(Decay decay, List<String> undecayed, List<String> frozen, List<Rate> rates) {
    /** All alike, as in PyTorch. */
    public static final ParameterRule NONE = new ParameterRule(Decay.ALL, List.of(), List.of(), List.of());

    /** Which parameters decay. */
    public enum Decay {
        /** All of them, as in PyTorch when nothing is said. */
        ALL,
        /** Those of two axes and more: neither biases nor the scales of normalisation. */
        MATRICES
    }

    /**
     * A learning rate of one's own.
     *
     * @param pattern of the parameters
     * @param factor times the learning rate of the schedule, at least 0
     */
    public record Rate(String pattern, double factor) {
        public Rate {
            if (!(factor >= 0) || Double.isInfinite(factor)) {
                throw new QuireException("rate: the factor for " + pattern + " must be at least 0, got " + factor);
            }
        }
    }

    public ParameterRule {
        undecayed = List.copyOf(undecayed);
        frozen = List.copyOf(frozen);
        rates = List.copyOf(rates);
    }

    public ParameterRule decay(Decay value) {
        return new ParameterRule(value, undecayed, frozen, rates);
    }

    /** With more patterns of parameters that do not decay. */
    public ParameterRule undecayed(List<String> patterns) {
        return new ParameterRule(decay, joined(undecayed, patterns), frozen, rates);
    }

    /** With more patterns of parameters that stay as they are. */
    public ParameterRule freeze(List<String> patterns) {
        return new ParameterRule(decay, undecayed, joined(frozen, patterns), rates);
    }

    /** With a learning rate for some more parameters. */
    public ParameterRule rate(String pattern, double factor) {
        return new ParameterRule(decay, undecayed, frozen, joined(rates, List.of(new Rate(pattern, factor))));
    }

    /** Whether a parameter stays as it is. */
    public boolean isFrozen(Parameter parameter) {
        return isFrozen(parameter.name());
    }

    /** Whether the parameter of a name stays as it is. */
    boolean isFrozen(String name) {
        return frozen.stream().anyMatch(pattern -> matches(pattern, name));
    }

    /** How many times the learning rate a parameter has; 0 where it is frozen. */
    public double factor(Parameter parameter) {
        if (isFrozen(parameter)) {
            return 0;
        }
        return rates.stream()
                .filter(rate -> matches(rate.pattern(), parameter.name()))
                .reduce((first, second) -> second)
                .map(Rate::factor)
                .orElse(1.0);
    }

    /** Whether weight decay pulls at a parameter. */
    public boolean decays(Parameter parameter) {
        return (decay == Decay.ALL || parameter.type().shape().rank() > 1)
                && undecayed.stream().noneMatch(pattern -> matches(pattern, parameter.name()));
    }

    /**
     * Refuses a pattern that means no parameter, and one that leaves none to train.
     *
     * @throws QuireException names the parameters there are
     */
    void check(List<Parameter> parameters) {
        List<String> names = parameters.stream().map(Parameter::name).toList();
        Stream.of(undecayed, frozen, rates.stream().map(Rate::pattern).toList())
                .flatMap(List::stream)
                .filter(pattern -> names.stream().noneMatch(name -> matches(pattern, name)))
                .findFirst()
                .ifPresent(pattern -> {
                    throw new QuireException("no parameter is named " + pattern + ": there are " + some(names));
                });
        if (!parameters.isEmpty() && parameters.stream().allMatch(this::isFrozen)) {
            throw new QuireException(
                    "freeze: every parameter is frozen, so there is nothing to train: there are " + some(names));
        }
    }

    private static String some(List<String> names) {
        int shown = 12;
        return String.join(", ", names.subList(0, Math.min(shown, names.size())))
                + (names.size() > shown ? ", … " + (names.size() - shown) + " more" : "");
    }

    private static boolean matches(String pattern, String name) {
        return name.equals(pattern)
                || (!pattern.contains("*") && name.startsWith(pattern + "."))
                || name.matches(Pattern.quote(pattern).replace("*", "\\E.*\\Q"));
    }

    private static <T> List<T> joined(List<T> first, List<T> second) {
        List<T> out = new ArrayList<>(first);
        out.addAll(second);
        return out;
    }
}
