package dev.quire.model;

import dev.quire.QuireException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The options given to one layer, checked against those it knows. */
public final class Options {
    private final String layer;
    private final Map<String, LayerOption> given = new LinkedHashMap<>();

    private Options(String layer) {
        this.layer = layer;
    }

    /**
     * The options of a layer, each at most once.
     *
     * @param layer the layer's word, for messages
     * @param options what the user gave
     * @param known the words of the options that apply
     */
    public static Options of(String layer, LayerOption[] options, String... known) {
        Options out = new Options(layer);
        for (LayerOption option : options) {
            if (!List.of(known).contains(option.word())) {
                throw new QuireException(layer + ": " + option + " does not apply to it; its options are "
                        + List.of(known).stream().map(word -> word + "(…)").collect(Collectors.joining(", ")));
            }
            if (out.given.put(option.word(), option) != null) {
                throw new QuireException(layer + ": " + option.word() + " is given twice, leave one out");
            }
        }
        return out;
    }

    public boolean has(String word) {
        return given.containsKey(word);
    }

    /** The numbers of an option, none where it is not given. */
    public List<Integer> numbers(String word) {
        return given.get(word) instanceof Setting setting ? setting.values() : List.of();
    }

    /** The one number of an option. */
    public int number(String word, int otherwise) {
        List<Integer> values = numbers(word);
        if (values.isEmpty()) {
            return otherwise;
        }
        if (values.size() > 1) {
            throw new QuireException(layer + ": " + given.get(word) + " takes one number");
        }
        return values.get(0);
    }

    public double dropout(double otherwise) {
        return given.get("dropout") instanceof Dropout dropout ? dropout.rate() : otherwise;
    }

    public Activation activation(Activation otherwise) {
        return given.get("activation") instanceof Activation activation ? activation : otherwise;
    }
}
