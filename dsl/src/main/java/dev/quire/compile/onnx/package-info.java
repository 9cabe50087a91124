/** Prints a graph as an ONNX model, and writes it with its weights. */
@NullMarked
package dev.quire.compile.onnx;

import org.jspecify.annotations.NullMarked;
