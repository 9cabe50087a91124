package dev.quire.compile.torchscript;

import java.util.List;

/**
 * What an optimizer does in one step, as TorchScript. The statements see {@code flat}, all parameters in one tensor,
 * {@code p}, a list of it, {@code g}, its gradient, {@code rate}, the learning rate, and one list for each slot, by its
 * name. They change {@code flat} and the slots in place.
 *
 * @param slots what the optimizer remembers from step to step
 * @param constants statements before the first step, for what does not change
 * @param lines the statements of a step
 */
public record Update(List<Slot> slots, List<String> constants, List<String> lines) {
    public Update {
        slots = List.copyOf(slots);
        constants = List.copyOf(constants);
        lines = List.copyOf(lines);
    }

    /** Without constants. */
    public Update(List<Slot> slots, List<String> lines) {
        this(slots, List.of(), lines);
    }

    /**
     * One thing an optimizer remembers.
     *
     * @param name its name in the statements
     * @param perParameter whether it has one value for each parameter value; else it is one number
     * @param start every value at the start
     */
    public record Slot(String name, boolean perParameter, double start) {}
}
