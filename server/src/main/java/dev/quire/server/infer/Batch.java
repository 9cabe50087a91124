package dev.quire.server.infer;

import dev.quire.data.HostTensor;
import dev.quire.inference.Model;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

/** Requests that one call of the model answers. Its memory serves the next batch too. */
final class Batch {
    private final Map<String, ByteBuffer> room = new HashMap<>();
    private final List<Asked> members = new ArrayList<>();
    private int rows;

    /**
     * A request that waits.
     *
     * @param at since when, as {@link System#nanoTime}
     */
    record Asked(Map<String, Given> inputs, int rows, CompletableFuture<Reply> answer, long at) {}

    boolean isEmpty() {
        return members.isEmpty();
    }

    int rows() {
        return rows;
    }

    int size() {
        return members.size();
    }

    /** Whether another fits, of at most so many rows in all. */
    boolean takes(Asked asked, int most) {
        if (members.isEmpty()) {
            return true;
        }
        Map<String, Given> first = members.get(0).inputs();
        return rows + asked.rows() <= most
                && first.size() == asked.inputs().size()
                && asked.inputs().entrySet().stream().allMatch(each -> {
                    Given like = first.get(each.getKey());
                    return like != null && like.isLike(each.getValue());
                });
    }

    void add(Asked asked) {
        members.add(asked);
        rows += asked.rows();
    }

    /** Its members, which it then has no more. */
    List<Asked> release() {
        List<Asked> out = List.copyOf(members);
        members.clear();
        rows = 0;
        return out;
    }

    List<Asked> members() {
        return members;
    }

    /** Calls the model once with all rows. */
    Map<String, HostTensor> run(Model model) {
        Map<String, HostTensor> inputs = new LinkedHashMap<>();
        members.get(0).inputs().keySet().forEach(name -> inputs.put(name, joined(name)));
        return model.run(inputs);
    }

    private HostTensor joined(String name) {
        int bytes = 0;
        for (Asked each : members) {
            bytes += of(each, name).content().remaining();
        }
        ByteBuffer all = room.get(name);
        if (all == null || all.capacity() < bytes) {
            all = ByteBuffer.allocateDirect(bytes);
            room.put(name, all);
        }
        all.clear();
        for (Asked each : members) {
            all.put(of(each, name).content().duplicate());
        }
        all.flip();
        Given first = of(members.get(0), name);
        long[] sizes = first.sizes().clone();
        if (sizes.length > 0) {
            sizes[0] = 0;
            for (Asked each : members) {
                sizes[0] += of(each, name).sizes()[0];
            }
        }
        return HostTensor.of(first.type(), all, sizes);
    }

    private static Given of(Asked asked, String name) {
        return Objects.requireNonNull(asked.inputs().get(name));
    }

    /** What belongs to each member, in order. */
    static List<Map<String, HostTensor>> split(List<Asked> members, Map<String, HostTensor> outputs) {
        List<Map<String, HostTensor>> out = new ArrayList<>(members.size());
        int from = 0;
        for (Asked each : members) {
            int first = from;
            Map<String, HostTensor> own = new LinkedHashMap<>();
            outputs.forEach((name, tensor) -> own.put(name, tensor.rows(first, each.rows())));
            out.add(own);
            from += each.rows();
        }
        return out;
    }
}
