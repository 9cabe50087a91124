package dev.quire.server.infer;

import dev.quire.data.HostTensor;
import dev.quire.graph.DType;
import dev.quire.inference.Model;
import dev.quire.inference.ModelCard;
import dev.quire.inference.Port;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** A model that doubles each of two numbers, and fails where one is negative. */
public final class Doubling implements Model {
    public final AtomicInteger calls = new AtomicInteger();
    public final AtomicInteger closed = new AtomicInteger();
    public volatile CountDownLatch gate = new CountDownLatch(0);
    volatile float factor = 2;
    volatile int atOnce = 2;
    final Set<String> callers = ConcurrentHashMap.newKeySet();

    static Map<String, Given> row(float first, float second) {
        return Map.of("x", Given.of(HostTensor.of(new float[] {first, second}, 1, 2)));
    }

    @Override
    public int atOnce() {
        return atOnce;
    }

    @Override
    public ModelCard card() {
        return new ModelCard(
                "doubling",
                "doubles",
                List.of(Port.of("x", DType.FLOAT32, List.of(-1L, 2L))),
                List.of(Port.of("y", DType.FLOAT32, List.of(-1L, 2L))),
                List.of(),
                Optional.empty(),
                Map.of(),
                0,
                0,
                Map.of());
    }

    @Override
    public Map<String, HostTensor> run(Map<String, HostTensor> inputs) {
        calls.incrementAndGet();
        callers.add(Thread.currentThread().getName());
        try {
            gate.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        HostTensor x = inputs.get("x");
        float[] values = x.floats();
        for (int i = 0; i < values.length; i++) {
            if (values[i] == -1) {
                throw new IllegalArgumentException("negative");
            }
            if (values[i] == -2) {
                throw new OutOfMemoryError("as if");
            }
            values[i] *= factor;
        }
        return Map.of("y", HostTensor.of(values, x.sizes()));
    }

    @Override
    public void close() {
        closed.incrementAndGet();
    }
}
