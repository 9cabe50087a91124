package dev.quire.compile.onnx;

import dev.quire.graph.TensorType;
import java.util.List;
import java.util.Map;

/**
 * A printed graph, in the order of its calculation.
 *
 * @param inputs types by name, in order
 * @param outputs likewise
 * @param nodes each after those whose outputs it uses
 * @param initializers what the nodes use besides
 * @param types of values in between, by name
 */
record OnnxGraph(
        Map<String, TensorType> inputs,
        Map<String, TensorType> outputs,
        List<OnnxNode> nodes,
        List<Initializer> initializers,
        Map<String, TensorType> types) {}
