package dev.quire.source;

import dev.quire.data.Dataset;
import dev.quire.data.Field;
import dev.quire.data.Split;
import dev.quire.data.transform.Transform;
import dev.quire.graph.DType;
import dev.quire.graph.Graph;
import dev.quire.graph.GraphBuilder;
import dev.quire.graph.Parameter;
import dev.quire.graph.Scope;
import dev.quire.graph.Shape;
import dev.quire.graph.Tensor;
import dev.quire.graph.TensorType;
import dev.quire.train.Loss;
import dev.quire.train.ParameterRule;
import dev.quire.train.Plan;
import dev.quire.train.TrainingSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** How a run was trained, as a script of PyTorch. */
final class PythonTraining {
    private static final Pattern ARGUMENT = Pattern.compile("[a-z][a-z_]{2,}");
    private static final Set<String> RESERVED = Set.of(
            "and", "class", "def", "del", "for", "from", "import", "not", "pass", "self", "torch", "try", "while",
            "with", "yield", "lambda", "return", "global", "assert", "raise");

    /** The datasets that torchvision has: class, and how its pixels become channels first. */
    private static final Map<String, List<String>> VISION = Map.of(
            "mnist", List.of("MNIST", ".unsqueeze(1)"),
            "fashion-mnist", List.of("FashionMNIST", ".unsqueeze(1)"),
            "cifar10", List.of("CIFAR10", ".permute(0, 3, 1, 2)"));

    private PythonTraining() {}

    static String head(String run, Plan plan) {
        return "\"\"\"Run " + run + ", trained with Quire on " + plan.data().name() + ".\n\n"
                + "load(\"model.safetensors\") gives the network with its weights, which is asked about prepare(x), where x"
                + " holds examples\nas the data does. As a script, this trains it again: the same configuration, other"
                + " random draws.\n\"\"\"\n\n";
    }

    /** The names of a network's inputs, where all can be arguments. */
    static List<String> arguments(List<String> names) {
        boolean areGood = names.stream().distinct().count() == names.size()
                && names.stream().allMatch(name -> ARGUMENT.matcher(name).matches() && !RESERVED.contains(name));
        return areGood ? names : List.of();
    }

    static String of(Plan plan) {
        TrainingSpec spec = plan.spec();
        List<String> parts = new ArrayList<>();
        parts.add("CLASSES = "
                + (plan.data().classes().size() > 1000
                        ? "[]  # " + plan.data().classes().size() + " of them"
                        : classes(plan.data())));
        parts.add("EPOCHS = " + spec.epochs() + "\nBATCH = " + spec.batch() + "\nRATE = "
                + Python.real(spec.optimizer().learningRate()) + "\nSEED = " + spec.seed());
        StringBuilder out = new StringBuilder("\n\n" + String.join("\n", parts) + "\n\n\n");
        out.append(prepare(plan.data())).append("\n\n\n");
        out.append(PythonSchedule.of(spec)).append("\n\n\n");
        out.append(loss(plan)).append("\n\n\n");
        out.append(datasets(plan.data())).append("\n\n\n");
        out.append(main(plan)).append("\n\n\nif __name__ == \"__main__\":\n    main()\n");
        return out.toString();
    }

    private static String classes(Dataset data) {
        return Python.call("", data.classes().stream().map(Python::text).toList())
                .replaceFirst("^\\(", "[")
                .replaceFirst("\\)$", "]");
    }

    private static String prepare(Dataset data) {
        GraphBuilder builder = new GraphBuilder(false);
        Field field = data.inputs().get(0);
        Tensor input = builder.input(
                field.name(), new TensorType(field.type(), field.shape().batched()));
        Tensor value = input;
        for (Transform transform : data.pipeline(false)) {
            value = transform.apply(Scope.root(builder), value);
        }
        value = value.dtype() == DType.UINT8 ? value.cast(DType.FLOAT32) : value;
        return "def prepare(x):\n    \"\"\"What is always done to " + field.name() + " before the network.\"\"\"\n"
                + body(builder.build(List.of(value)), Map.of(input, "x"));
    }

    private static String body(Graph graph, Map<Tensor, String> names) {
        return Python.indented(String.join("\n", PythonOps.statements(graph, names)));
    }

    /** The loss; of one's own, from its ops. */
    private static String loss(Plan plan) {
        Shape output = plan.outputShape();
        Field target = plan.data().target();
        String head = "def criterion(output, target):\n";
        boolean areLast = output.rank() > 1
                && output.count() / output.size(-1) == target.shape().count();
        String rows = areLast ? "output.flatten(0, -2), target.flatten()" : "output, target";
        String same = "output, target.reshape(output.shape).to(output.dtype)";
        Loss loss = plan.loss();
        if (loss instanceof Loss.CrossEntropy entropy) {
            return head + "    return "
                    + Python.call(
                            "F.cross_entropy",
                            said(
                                    rows,
                                    entropy.weights().isEmpty()
                                            ? ""
                                            : "weight=torch.tensor(" + entropy.weights() + ", device=output.device)",
                                    entropy.ignore() == Loss.CrossEntropy.IGNORE
                                            ? ""
                                            : "ignore_index=" + entropy.ignore(),
                                    entropy.labelSmoothing() == 0
                                            ? ""
                                            : "label_smoothing=" + Python.real(entropy.labelSmoothing())));
        } else if (loss instanceof Loss.NegativeLogLikelihood) {
            return head + "    return F.nll_loss(" + rows + ")";
        } else if (loss instanceof Loss.MeanSquared) {
            return head + "    return F.mse_loss(" + same + ")";
        } else if (loss instanceof Loss.MeanAbsolute) {
            return head + "    return F.l1_loss(" + same + ")";
        } else if (loss instanceof Loss.Huber huber) {
            return head + "    return F.huber_loss(" + same + ", delta=" + Python.real(huber.delta()) + ")";
        } else if (loss instanceof Loss.SmoothL1 smooth) {
            return head + "    return F.smooth_l1_loss(" + same + ", beta=" + Python.real(smooth.beta()) + ")";
        } else if (loss instanceof Loss.BinaryCrossEntropy) {
            return head + "    return F.binary_cross_entropy_with_logits(" + same + ")";
        } else if (loss instanceof Loss.KullbackLeibler) {
            return head + "    return F.kl_div(" + same + ", reduction=\"batchmean\")";
        }
        GraphBuilder builder = new GraphBuilder(false);
        Tensor said = builder.input("output", new TensorType(DType.FLOAT32, output.batched()));
        Tensor wanted = builder.input(
                "target", new TensorType(target.type(), target.shape().batched()));
        Graph graph = builder.build(List.of(loss.apply(Scope.root(builder), said, wanted)));
        return head + "    \"\"\"" + loss.name() + ", from its ops.\"\"\"\n"
                + body(graph, Map.of(said, "output", wanted, "target"));
    }

    private static List<String> said(String... arguments) {
        return java.util.stream.Stream.of(arguments)
                .filter(each -> !each.isEmpty())
                .toList();
    }

    private static String datasets(Dataset data) {
        String counts = data.splits().entrySet().stream()
                .map(each -> String.format(
                        Locale.ROOT,
                        "%,d %s",
                        each.getValue().count(),
                        each.getKey().name().toLowerCase(Locale.ROOT)))
                .collect(Collectors.joining(", "));
        List<String> vision = VISION.get(data.name());
        String head = "def datasets():\n    \"\"\"Training and test examples, each a list of tensors: inputs, then the"
                + " target. The run had " + counts + ".\"\"\"\n";
        if (vision == null) {
            String fields = data.fields().stream()
                    .map(field -> field.name() + " " + new TensorType(field.type(), field.shape()))
                    .collect(Collectors.joining(", "));
            return head + "    raise SystemExit("
                    + Python.text("put " + data.name() + " into datasets(): for each example " + fields) + ")";
        }
        return head + "    from torchvision import datasets as vision\n\n"
                + "    parts = [vision." + vision.get(0)
                + "(\"data\", train=train, download=True) for train in (True, False)]\n"
                + "    return [[torch.as_tensor(part.data)" + vision.get(1)
                + ", torch.as_tensor(part.targets)] for part in parts]";
    }

    private static String main(Plan plan) {
        TrainingSpec spec = plan.spec();
        List<String> lines = new ArrayList<>();
        notes(plan).forEach(note -> lines.add("# " + note));
        lines.add("torch.manual_seed(SEED)");
        lines.add("device = \"cuda\" if torch.cuda.is_available() else \"cpu\"");
        lines.add("train, test = [[field.to(device) for field in part] for part in datasets()]");
        lines.add("network = Network().to(device)");
        String parameters = "network.parameters()";
        List<String> groups = groups(plan);
        if (!groups.isEmpty()) {
            lines.add("named = dict(network.named_parameters())");
            lines.add("groups = [");
            groups.forEach(group -> lines.add("    " + group + ","));
            lines.add("]");
            parameters = "groups";
        }
        List<String> frozen = plan.parameters().stream()
                .filter(spec.parameters()::isFrozen)
                .map(parameter -> Python.text(parameter.name()))
                .toList();
        if (!frozen.isEmpty()) {
            lines.add("for name in " + Python.tuple(frozen) + ":");
            lines.add("    named[name].requires_grad_(False)");
        }
        lines.add("optimizer = " + PythonSchedule.optimizer(spec.optimizer(), parameters));
        lines.add("steps = EPOCHS * math.ceil(len(train[-1]) / BATCH)");
        lines.add(
                "schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: rate(min(step, steps - 1), steps) / RATE)");
        spec.average()
                .ifPresent(decay -> lines.add("average = torch.optim.swa_utils.AveragedModel(network,"
                        + " multi_avg_fn=torch.optim.swa_utils.get_ema_multi_avg_fn(" + Python.real(decay)
                        + "), use_buffers=True)"));
        lines.add("for epoch in range(1, EPOCHS + 1):");
        lines.add("    network.train()");
        lines.add("    for index in torch.randperm(len(train[-1]), device=device).split(BATCH):");
        step(spec).forEach(line -> lines.add("        " + line));
        String shown = spec.average().isPresent() ? "average" : "network";
        lines.add("    " + shown + ".eval()");
        lines.add("    with torch.no_grad():");
        lines.add("        *inputs, target = test");
        lines.add("        output = " + shown + "(prepare(inputs[0]), *inputs[1:])");
        boolean isClasses = plan.loss() instanceof Loss.CrossEntropy;
        boolean areSecond = isClasses
                && plan.outputShape().rank() > 1
                && plan.outputShape().size(-1) != plan.data().classes().size();
        lines.add("        figures = f\"loss {criterion(output, target).item():.4f}\"");
        if (isClasses) {
            lines.add("        figures += f\", accuracy {(output.argmax(" + (areSecond ? "1" : "-1")
                    + ") == target).float().mean().item():.4f}\"");
        }
        lines.add("    print(f\"epoch {epoch}: {figures}\")");
        lines.add("torch.save(network.state_dict(), \"trained.pth\")");
        return "def main():\n" + Python.indented(String.join("\n", lines));
    }

    private static List<String> step(TrainingSpec spec) {
        List<String> lines = new ArrayList<>();
        int parts = spec.gradient().accumulate();
        boolean isMixed = spec.precision() == TrainingSpec.Precision.BFLOAT16;
        String in = "";
        lines.add("optimizer.zero_grad()");
        if (parts > 1) {
            lines.add("for index in index.chunk(" + parts + "):");
            in = "    ";
        }
        lines.add(in + "*inputs, target = [field[index] for field in train]");
        if (isMixed) {
            lines.add(in + "with torch.autocast(device, torch.bfloat16):");
            lines.add(in + "    output = network(prepare(inputs[0]), *inputs[1:])");
            lines.add(in + "loss = criterion(output.float(), target)" + (parts > 1 ? " / " + parts : ""));
        } else {
            lines.add(in + "loss = criterion(network(prepare(inputs[0]), *inputs[1:]), target)"
                    + (parts > 1 ? " / " + parts : ""));
        }
        lines.add(in + "loss.backward()");
        spec.gradient()
                .clipValue()
                .ifPresent(value ->
                        lines.add("nn.utils.clip_grad_value_(network.parameters(), " + Python.real(value) + ")"));
        spec.gradient()
                .clip()
                .ifPresent(
                        norm -> lines.add("nn.utils.clip_grad_norm_(network.parameters(), " + Python.real(norm) + ")"));
        lines.add("optimizer.step()");
        lines.add("schedule.step()");
        if (spec.average().isPresent()) {
            lines.add("average.update_parameters(network)");
        }
        return lines;
    }

    /** Groups of parameters that are trained alike; none where all are. */
    private static List<String> groups(Plan plan) {
        ParameterRule rule = plan.spec().parameters();
        Map<String, List<String>> groups = new LinkedHashMap<>();
        for (Parameter parameter : plan.parameters()) {
            String options = (rule.decays(parameter) ? "" : ", \"weight_decay\": 0.0")
                    + (rule.factor(parameter) == 1 || rule.isFrozen(parameter)
                            ? ""
                            : ", \"lr\": RATE * " + Python.real(rule.factor(parameter)));
            groups.computeIfAbsent(options, key -> new ArrayList<>()).add(Python.text(parameter.name()));
        }
        boolean isPlain = groups.size() == 1
                && groups.containsKey("")
                && plan.parameters().stream().noneMatch(rule::isFrozen);
        return isPlain
                ? List.of()
                : groups.entrySet().stream()
                        .map(each -> "{\"params\": [named[name] for name in " + Python.tuple(each.getValue()) + "]"
                                + each.getKey() + "}")
                        .toList();
    }

    /** What the run did that this script does not. */
    private static List<String> notes(Plan plan) {
        List<String> notes = new ArrayList<>();
        if (!plan.data().augmentations().isEmpty()) {
            notes.add("The run also changed its training examples at random: "
                    + plan.data().augmentations());
        }
        TrainingSpec spec = plan.spec();
        spec.sampling()
                .mixing()
                .ifPresent(mixing -> notes.add("The run also mixed examples: "
                        + mixing.kind().name().toLowerCase(Locale.ROOT) + "(" + mixing.alpha() + ")"));
        if (spec.sampling().balanced()) {
            notes.add("The run drew as many examples of each class.");
        }
        spec.monitor()
                .earlyStop()
                .ifPresent(early -> notes.add("The run stopped early after " + early.patience()
                        + " epochs without a better " + early.metric() + "."));
        spec.monitor().best().ifPresent(best -> notes.add("The run kept the epoch of the best " + best.metric() + "."));
        spec.limits()
                .batches()
                .ifPresent(most -> notes.add("The run trained on " + most + " batches an epoch at most."));
        spec.limits().seconds().ifPresent(most -> notes.add("The run trained for " + most + " seconds at most."));
        if (plan.data().splits().containsKey(Split.VALIDATION)) {
            notes.add("The run was validated on a split of its own, taken out of the training examples.");
        }
        return notes;
    }
}
