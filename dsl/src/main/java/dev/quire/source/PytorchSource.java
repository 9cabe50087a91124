package dev.quire.source;

import dev.quire.data.Field;
import dev.quire.graph.TensorType;
import dev.quire.model.Architecture;
import dev.quire.model.Layer;
import dev.quire.train.Plan;
import java.util.List;

/**
 * A network as Python source: an {@code nn.Module} named {@code Network} as a user of PyTorch writes it, whose parameters
 * have the names they have in Quire's safetensors files, and {@code load(path)}, which reads one.
 */
public final class PytorchSource {
    private PytorchSource() {}

    /**
     * A file that defines the network and loads its weights.
     *
     * @param inputs types of one example, without the batch
     * @throws dev.quire.QuireException when an op has no Python, or a block a name that modules have already
     */
    public static String network(Layer network, List<TensorType> inputs) {
        return file("", PythonNetwork.of(network, inputs, List.of()), "");
    }

    /**
     * As {@link #network}, with a script that repeats how it was trained: the same optimizer, schedule, loss, batches,
     * epochs and seed. It is given examples as the data holds them; {@code prepare} does what is always done to them.
     *
     * @param run what the run is called
     */
    public static String training(String run, Plan plan) {
        List<String> names = plan.data().inputs().stream().map(Field::name).toList();
        return file(
                PythonTraining.head(run, plan),
                PythonNetwork.of(plan.model(), Architecture.inputs(plan.data()), PythonTraining.arguments(names)),
                PythonTraining.of(plan));
    }

    private static String file(String head, String network, String rest) {
        String body = network + "\n\n\n" + PythonLibrary.resource("load.py").strip() + "\n" + rest;
        StringBuilder imports = new StringBuilder("import json\n");
        if (body.contains("OrderedDict(")) {
            imports.append("from collections import OrderedDict\n");
        }
        if (body.contains("reduce(")) {
            imports.append("from functools import reduce\n");
        }
        if (body.contains("math.")) {
            imports.insert("import json\n".length(), "import math\n");
        }
        imports.append("\nimport torch\n");
        if (body.contains("F.")) {
            imports.append("import torch.nn.functional as F\n");
        }
        imports.append("from torch import nn\n");
        return head + imports + "\n\n" + body;
    }
}
