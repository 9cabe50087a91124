package dev.quire.store.torch;

import dev.quire.QuireException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a pickle of tensors is made of. */
final class Pickled {
    private Pickled() {}

    /** A name that a pickle refers to; only the few that make tensors. */
    record Global(String name) {
        boolean isStorage() {
            return name.startsWith("torch.") && name.endsWith("Storage");
        }
    }

    /** Where the numbers of a tensor lie. */
    record Storage(Global type, String key, long count) {}

    /** A tensor: a view of a storage. */
    record Tensor(Storage storage, long offset, List<Long> sizes, List<Long> strides) {
        /** As {@code torch._utils._rebuild_tensor_v2} is given it. */
        static Tensor of(List<?> arguments) {
            if (arguments.size() >= 4
                    && arguments.get(0) instanceof Storage storage
                    && arguments.get(1) instanceof Long offset) {
                return new Tensor(storage, offset, longs(arguments.get(2)), longs(arguments.get(3)));
            }
            throw new QuireException("it makes a tensor of something else than numbers");
        }

        private static List<Long> longs(@Nullable Object values) {
            if (values instanceof List<?> list && list.stream().allMatch(Long.class::isInstance)) {
                return list.stream().map(Long.class::cast).toList();
            }
            throw new QuireException("it makes a tensor whose sizes are no whole numbers");
        }
    }
}
