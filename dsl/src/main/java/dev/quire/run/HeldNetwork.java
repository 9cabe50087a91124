package dev.quire.run;

import dev.quire.QuireException;
import dev.quire.engine.Device;
import dev.quire.engine.Torch;
import dev.quire.train.Network;
import dev.quire.train.Plan;
import dev.quire.train.Weights;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Where the network of a run is: on its device, or released, with its weights in main memory. */
final class HeldNetwork {
    private final Plan plan;
    private final Progress progress;
    private @Nullable Network network;
    private @Nullable Weights weights;
    private @Nullable Device device;

    /** Of a run that begins, which has neither yet. */
    HeldNetwork(Plan plan, Progress progress) {
        this.plan = plan;
        this.progress = progress;
    }

    /** Of a run that has ended. */
    HeldNetwork(Plan plan, Progress progress, Weights weights) {
        this(plan, progress);
        this.weights = weights;
    }

    synchronized void hold(Network fresh) {
        network = fresh;
        device = fresh.device();
    }

    /** Works with the network on its device, which is loaded again when it was released, and cannot be meanwhile. */
    synchronized <T> T with(Function<Network, T> work) {
        Network loaded = network;
        if (loaded == null) {
            if (weights != null && device == null) {
                device = Torch.device();
            }
            if (weights == null || device == null) {
                throw withoutWeights();
            }
            loaded = Network.of(plan, device, weights);
            network = loaded;
            weights = null;
        }
        return work.apply(loaded);
    }

    /**
     * Parameters and buffers in main memory; the network is not loaded for it where it was released.
     *
     * @throws QuireException when there are none, as the run has not begun, or could not
     */
    synchronized Weights snapshot() {
        Network loaded = network;
        Weights known = loaded == null ? weights : loaded.weights();
        if (known == null) {
            throw withoutWeights();
        }
        return known;
    }

    private QuireException withoutWeights() {
        return new QuireException("run " + progress.name() + " has no weights"
                + (progress.isTraining()
                        ? " yet: it has not begun"
                        : ", as it could not begin: " + progress.sentence()));
    }

    /** Frees the device, once training is over; the weights stay in main memory. */
    synchronized void release() {
        if (network != null && !progress.isTraining()) {
            weights = network.weights();
            network.close();
            network = null;
        }
    }
}
