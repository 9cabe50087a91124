package dev.quire.inference;

import dev.quire.data.HostTensor;
import java.util.List;

/** What computes: inputs in the order of the card, which fit it, to outputs likewise. Calls may overlap. */
public interface Runner extends AutoCloseable {
    List<HostTensor> run(List<HostTensor> inputs);

    /** Called once, when no call is under way. */
    @Override
    void close();
}
