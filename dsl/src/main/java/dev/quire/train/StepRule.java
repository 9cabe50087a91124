package dev.quire.train;

import dev.quire.compile.torchscript.Update;
import dev.quire.graph.Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * All that happens to the parameters in a step, as TorchScript: the gradients are clipped, the optimizer moves the
 * parameters, some of them by less or not at all, and an average follows them.
 */
final class StepRule {
    /** The slot that holds the average of the weights. */
    static final String AVERAGE = "average";

    /** How soon the average trusts itself: it keeps n/(n+9) after n steps, until that is more than its decay. */
    private static final int WARM_UP = 9;

    private StepRule() {}

    static Update of(TrainingSpec spec, List<Parameter> parameters) {
        ParameterRule rule = spec.parameters();
        boolean masked = !parameters.stream().allMatch(rule::decays);
        boolean differ = parameters.stream().anyMatch(parameter -> rule.factor(parameter) != 1);
        Update optimizer = spec.optimizer().update(masked);
        List<Update.Slot> slots = new ArrayList<>(optimizer.slots());
        List<String> constants = new ArrayList<>(optimizer.constants());
        List<String> lines = new ArrayList<>();
        spec.gradient()
                .clipValue()
                .ifPresent(value -> lines.add("_ = torch.clamp_(g, " + real(-value) + ", " + real(value) + ")"));
        spec.gradient().clip().ifPresent(norm -> lines.addAll(clipped(norm)));
        if (masked) {
            constants.add("decayed = " + values(parameters, parameter -> rule.decays(parameter) ? 1 : 0));
        }
        if (differ) {
            constants.add("factors = " + values(parameters, rule::factor));
            lines.add("before = torch.clone(flat, memory_format=None)");
        }
        lines.addAll(optimizer.lines());
        if (differ) {
            // With a factor of 0 this gives back exactly what was there before.
            lines.add("_ = torch.copy_(flat, torch.lerp(before, flat, factors))");
        }
        spec.average().ifPresent(decay -> {
            slots.add(new Update.Slot(AVERAGE, true, 0));
            slots.add(new Update.Slot("averaged", false, 0));
            lines.add("kept = torch.clamp(torch.div(averaged[0], torch.add(averaged[0], " + WARM_UP + ")), None, "
                    + real(decay) + ")");
            lines.add("_ = torch.copy_(average[0], torch.lerp(flat, average[0], kept))");
            lines.add("_ = torch.add_(averaged[0], 1)");
        });
        return new Update(slots, constants, lines);
    }

    /** As PyTorch's {@code clip_grad_norm_}. */
    private static List<String> clipped(double limit) {
        return List.of(
                "norm = torch.linalg_vector_norm(g, 2, None, False, dtype=None)",
                "share = torch.clamp(torch.div(torch.full_like(norm, " + real(limit)
                        + "), torch.add(norm, 1e-06)), None, 1.)",
                "torch.mul_(g, share)");
    }

    /** One value for each parameter value, as one flat tensor. */
    private static String values(List<Parameter> parameters, ToDoubleFunction<Parameter> value) {
        return parameters.stream()
                .map(parameter -> "torch.full([" + parameter.type().shape().count() + "], "
                        + real(value.applyAsDouble(parameter))
                        + ", dtype=6, layout=None, device=place, pin_memory=None)")
                .collect(Collectors.joining(", ", "torch.cat([", "], 0)"));
    }

    private static String real(double value) {
        return Double.toString(value).toLowerCase(Locale.ROOT);
    }
}
