package dev.quire.graph;

import java.util.List;

/**
 * Images in the blocked layout of oneDNN, in which channels lie in groups that fill a vector register. libtorch's own
 * max pooling is scalar in the plain layout; here it is not, and convolutions need not rearrange their operands.
 */
public final class BlockedOps {
    public static final Op TO_BLOCKED = Op.of("to_blocked", Types::same, "torch.to_mkldnn({0}, None)")
            .gradient(b -> List.of(b.gradient().with(BlockedOps.FROM_BLOCKED, Attributes.NONE)));
    public static final Op FROM_BLOCKED = Op.of("from_blocked", Types::same, "torch.to_dense({0})")
            .gradient(b -> List.of(b.gradient().with(TO_BLOCKED, Attributes.NONE)));
    public static final Op BLOCKED_MAX_POOL_BACKWARD = Op.of(
            "blocked_max_pool_backward",
            (inputs, attributes) -> inputs.get(2),
            "torch.mkldnn_max_pool2d_backward({0}, {1}, {2}, {kernel}, {stride}, {padding}, {dilation}, {ceil})");
    /** Keeps what its gradient needs only where it sees that one will be asked for: hence the detached operand. */
    public static final Op BLOCKED_MAX_POOL = Op.of(
                    "blocked_max_pool",
                    PoolingOps::pooled,
                    "torch.detach(torch.mkldnn_max_pool2d(torch.requires_grad_(torch.detach({0}), True), {kernel},"
                            + " {stride}, {padding}, {dilation}, {ceil}))")
            .gradient(b ->
                    List.of(b.gradient().with(BLOCKED_MAX_POOL_BACKWARD, b.attributes(), b.output(0), b.input(0))));

    static final List<Op> ROWS = List.of(TO_BLOCKED, FROM_BLOCKED, BLOCKED_MAX_POOL, BLOCKED_MAX_POOL_BACKWARD);

    private BlockedOps() {}
}
