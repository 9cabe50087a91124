package dev.quire.model.json;

import dev.quire.model.Activation;
import dev.quire.model.BatchNorm;
import dev.quire.model.Conv;
import dev.quire.model.Dense;
import dev.quire.model.Dropout;
import dev.quire.model.Elu;
import dev.quire.model.Flatten;
import dev.quire.model.GlobalPool;
import dev.quire.model.Layer;
import dev.quire.model.LayerNorm;
import dev.quire.model.LeakyRelu;
import dev.quire.model.Pool;
import dev.quire.model.Prelu;
import dev.quire.model.Recurrent;
import dev.quire.model.Reshape;
import dev.quire.model.Softmax;
import dev.quire.model.Softplus;
import java.util.Set;

/** What can be told of a layer's output without its input. */
final class Presumed {
    private static final Set<Class<?>> KEEPING = Set.of(
            Activation.class,
            BatchNorm.class,
            Dropout.class,
            Elu.class,
            LayerNorm.class,
            LeakyRelu.class,
            Prelu.class,
            Softmax.class,
            Softplus.class);

    private Presumed() {}

    /**
     * The rank of what a layer gives, the batch counted; -1 where it cannot be told.
     *
     * @param rank of what it is given, or -1
     */
    static int rank(Layer layer, int rank) {
        if (layer instanceof Flatten || layer instanceof GlobalPool) {
            return 2;
        } else if (layer instanceof Conv conv) {
            return conv.window().kernel().size() + 2;
        } else if (layer instanceof Pool pool) {
            return pool.window().kernel().size() + 2;
        }
        return KEEPING.contains(layer.getClass()) || layer instanceof Dense ? rank : -1;
    }

    /** The sizes of one example of what a layer gives; empty where they cannot be told. */
    static long[] sizes(Layer layer, int rank) {
        if (layer instanceof Dense dense && rank == 2) {
            return new long[] {dense.units()};
        } else if (layer instanceof Recurrent recurrent && recurrent.lastState()) {
            return new long[] {(long) recurrent.units() * (recurrent.bidirectional() ? 2 : 1)};
        } else if (layer instanceof Reshape reshape && !reshape.sizes().contains(-1)) {
            return reshape.sizes().stream().mapToLong(Integer::longValue).toArray();
        }
        return new long[0];
    }
}
