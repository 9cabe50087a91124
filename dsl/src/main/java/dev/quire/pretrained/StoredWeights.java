package dev.quire.pretrained;

import dev.quire.QuireException;
import dev.quire.graph.Graph;
import dev.quire.graph.Init;
import dev.quire.graph.Parameter;
import dev.quire.graph.WeightFiles;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/** The parameters and buffers of a network that begin with values from files, checked against those files. */
public final class StoredWeights {
    private final Map<WeightFiles, Matching> sources;

    private StoredWeights(Map<WeightFiles, Matching> sources) {
        this.sources = sources;
    }

    /**
     * Opens the files that a network begins with. Only their headers are read here.
     *
     * @throws QuireException when files are missing, damaged, or not those of the fingerprint, or when names or shapes
     *     do not fit: all that do not are listed
     */
    public static StoredWeights of(Graph network) {
        Map<WeightFiles, Map<String, Parameter>> wanted = new LinkedHashMap<>();
        Stream.concat(network.parameters().stream(), network.buffers().stream()).forEach(parameter -> {
            if (parameter.init() instanceof Init.Stored stored) {
                wanted.computeIfAbsent(stored.source(), source -> new LinkedHashMap<>())
                        .put(stored.name(), parameter);
            }
        });
        Map<WeightFiles, Matching> out = new LinkedHashMap<>();
        wanted.forEach((source, parameters) -> out.put(source, open(source, parameters)));
        return new StoredWeights(out);
    }

    private static Matching open(WeightFiles source, Map<String, Parameter> parameters) {
        Naming naming = source.naming().equals(ModelFolder.OWN)
                ? Naming.OWN
                : Family.find(source.naming())
                        .map(Family::naming)
                        .orElseThrow(() -> new QuireException("the weights of " + source.place() + " are named as '"
                                + source.naming() + "', which is not known: expected " + ModelFolder.OWN + ", "
                                + Family.words()));
        TensorFiles files = TensorFiles.at(HubCache.standard().find(source.place()));
        if (!files.fingerprint().equals(source.fingerprint())) {
            throw new QuireException("the weights of " + source.place()
                    + " are not those that the network was made with: their SHA-256 is "
                    + files.fingerprint() + ", expected " + source.fingerprint()
                    + ": put the others back, or make the network anew from these");
        }
        return Matching.of(source.place(), naming, files.entries(), parameters);
    }

    public boolean isEmpty() {
        return sources.isEmpty();
    }

    /** The values of each, by its name in the network, row-major. */
    public void read(BiConsumer<String, float[]> into) {
        sources.values().forEach(matching -> matching.read(into));
    }
}
