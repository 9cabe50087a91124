package dev.quire.inference;

import dev.quire.data.HostTensor;
import java.util.List;
import java.util.Map;

/** What computes: inputs in the order of the card, which fit it, to outputs by name. Calls may overlap. */
interface Runner extends AutoCloseable {
    Map<String, HostTensor> run(List<HostTensor> inputs);

    /** As {@link Model#atOnce}. */
    default int atOnce() {
        return 1;
    }

    /** Called once, when no call is under way. */
    @Override
    void close();
}
